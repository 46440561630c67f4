"""What is new, told as it happens: streams begin, are told of a change within two seconds, and end with the server."""
import json
import time

from furnished import decide, rows_of
from serving import API, Server, add_people, check, make_archive, test

STREAMS = 300
LIMIT = 256  # src/server/events.c


class Stream:
    def __init__(self, server, who):
        self.socket = server.connect(10)
        self.socket.sendall(f"GET {API}/events HTTP/1.1\r\nHost: localhost\r\nCookie: {who.cookie}\r\n\r\n".encode())
        self.got = b""
        self.read_until(b"\r\n\r\n", 10)
        self.status = int(self.got.split()[1]) if self.got else 0

    def read_until(self, end, seconds):
        """True when `end` has come; what was read goes into `got`."""
        until = time.monotonic() + seconds
        while end not in self.got and time.monotonic() < until:
            self.socket.settimeout(max(0.01, until - time.monotonic()))
            try:
                part = self.socket.recv(4096)
            except TimeoutError:
                return False
            except OSError:
                return False
            if not part:
                return False
            self.got += part
        return end in self.got

    def lines(self):
        return [json.loads(part.split(b"\n")[0])["line"] for part in self.got.split(b"data: ")[1:]]

    def is_ended(self, seconds):
        self.socket.settimeout(seconds)
        try:
            while self.socket.recv(4096):
                pass
            return True
        except TimeoutError:
            return False
        except OSError:
            return True


with test():
    archive = make_archive("events")
    add_people(archive, ["coder"])
    server = Server(archive)
    who = server.login("coder")
    one = Stream(server, who)
    check(one.status == 200 and b"text/event-stream" in one.got, f"no stream: {one.got[:80]}")
    check(one.read_until(b"}\n\n", 2), "nothing is told at the beginning")
    record = rows_of(server, who, "records?limit=1")[0]["id"]
    first = one.lines()[0]
    one.got = b""
    began = time.monotonic()
    check(decide(server, who, "accept", record).status == 200, "nothing was decided")
    check(one.read_until(b"}\n\n", 2), "a change is not told within two seconds")
    print(f"a change was told after {time.monotonic() - began:.2f} s")
    check(one.lines()[-1] > first, f"line {one.lines()} after {first}")

    more = [Stream(server, who) for _ in range(STREAMS - 1)]
    statuses = [stream.status for stream in more]
    check(statuses.count(200) == LIMIT - 1, f"{statuses.count(200) + 1} streams at once")
    check(statuses.count(503) == STREAMS - LIMIT, f"refused otherwise than by 503: {set(statuses)}")
    check(server.get("incidents?limit=1", who).status == 200, "streams keep others out")
    for stream in more[:100]:
        stream.socket.close()
    time.sleep(1.5)
    record = rows_of(server, who, "records?limit=2")[1]["id"]
    check(decide(server, who, "accept", record).status == 200, "nothing was decided beside streams")
    told = [stream for stream in more[100:] if stream.status == 200]
    last = one.lines()[-1]
    late = [stream for stream in told if not stream.read_until(b"data: {\"line\":%d}" % (last + 1), 3) and max(stream.lines(), default=0) <= last]
    check(not late, f"{len(late)} of {len(told)} streams were not told")
    check(Stream(server, who).status == 200, "who left a stream leaves no room")
    began = time.monotonic()
    check(server.stop() == 0, "a server with streams does not end well")
    check(time.monotonic() - began < 5, f"streams hold up the end by {time.monotonic() - began:.1f} s")
    check(all(stream.is_ended(2) for stream in [one, *told]), "a stream goes on without its server")
