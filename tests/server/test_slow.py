"""Clients that take their time, on purpose or not: others are answered as fast as before, and deadlines end what goes on too long."""
import resource
import socket
import statistics
import time

from serving import API, Server, add_people, check, make_archive, test, within

HELD = 1000
ORDINARY = 0.1  # seconds for an answer beside a thousand slow clients
DEADLINE = 20  # seconds that a request may take to come (src/server/guests.c)
LIMIT = 4096  # connections (src/server/listen.c)


def more_files(count):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= count


def timed(server, target, who):
    """The median of some answers: one may be held up by another program of this machine."""
    took = []
    for _ in range(9):
        began = time.monotonic()
        check(server.get(target, who).status in (200, 404), f"{target} is not answered")
        took.append(time.monotonic() - began)
    return statistics.median(took)


def is_ended(client):
    """Whether the server has closed this connection."""
    client.setblocking(False)
    try:
        while client.recv(65536):
            pass
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True


def unfinished(server, who):
    """Heads and bodies that never end, a byte now and then."""
    head = f"POST {API}/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    clients = []
    for i in range(HELD):
        client = server.connect()
        client.sendall((head if i % 4 else head + "Content-Length: 1000000\r\n\r\n{").encode())
        clients.append(client)
    began = time.monotonic()
    for target in ("/", "/health", f"{API}/session", f"{API}/incidents?limit=50", f"{API}/queue?limit=50"):
        server.get(target, who)
        took = timed(server, target, who)
        print(f"beside {HELD} unfinished requests: {target} in {took * 1000:.1f} ms")
        check(took < ORDINARY, f"{target} takes {took * 1000:.0f} ms beside {HELD} unfinished requests")
    drip_until(clients, began + DEADLINE + 5)
    ended = sum(is_ended(client) for client in clients)
    check(ended == HELD, f"{HELD - ended} of {HELD} unfinished requests live beyond their deadline")
    for client in clients:
        client.close()


def drip_until(clients, end):
    """A byte for each every few seconds, so that none of them is idle."""
    while time.monotonic() < end:
        for client in clients:
            try:
                client.send(b"X")
            except OSError:
                pass
        time.sleep(3)


def slow_readers(server, who):
    """Large answers that nobody takes: they hold memory of the system, and no thread."""
    clients = []
    for _ in range(50):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.sendall(f"GET {API}/records?limit=1000 HTTP/1.1\r\nHost: localhost\r\nCookie: {who.cookie}\r\n\r\n".encode())
        clients.append(client)
    took = timed(server, f"{API}/incidents?limit=50", who)
    print(f"beside 50 readers that do not read: incidents in {took * 1000:.1f} ms")
    check(took < ORDINARY, f"{took * 1000:.0f} ms beside readers that do not read")
    for client in clients:
        client.close()


def too_many(server, who):
    """Beyond the limit nobody is let in; what is there goes on, and when places are free again everybody is."""
    if not more_files(LIMIT + 500):
        print("no test of the limit of connections: this system allows too few files")
        return
    clients = []
    kept = server.connect()
    for _ in range(LIMIT + 200):
        try:
            clients.append(socket.create_connection(("127.0.0.1", server.port), 2))
        except OSError:
            break
    kept.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    kept.settimeout(5)
    check(kept.recv(100).startswith(b"HTTP/1.1 200"), "who was there is not answered while others come")
    check(server.is_alive(), "too many connections ended the server")
    for client in [*clients, kept]:
        client.close()

    def is_answered():
        try:
            return server.get("session", who, patience=2).status == 200
        except OSError:
            return False

    check(within(15, is_answered), "nobody is let in after too many have left")


with test():
    more_files(HELD + 200)
    archive = make_archive("slow")
    add_people(archive, ["reader"])
    server = Server(archive)
    who = server.login("reader")
    unfinished(server, who)
    slow_readers(server, who)
    too_many(server, who)
    check(server.stop() == 0, "the server ended badly")
