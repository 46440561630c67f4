"""The end of a server: asked for, it answers what it has begun; killed, it has kept what it told was done."""
import http.client
import json
import random
import signal
import socket
import threading
import time

from furnished import rows_of
from serving import API, Server, add_people, check, make_archive, run, test, within

ROUNDS, CLIENTS = 10, 4
chance = random.Random(20160508)


def asked_to_stop(archive):
    """SIGTERM while an export is on its way to somebody who reads slowly: it comes whole."""
    server = Server(archive)
    who = server.login("coder")
    whole = server.get("records?limit=1000", who).body
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
    client.connect(("127.0.0.1", server.port))
    client.sendall(f"GET {API}/records?limit=1000 HTTP/1.1\r\nHost: localhost\r\nCookie: {who.cookie}\r\nConnection: close\r\n\r\n".encode())
    got = client.recv(1000)
    waiting = [server.connect() for _ in range(3)]  # their requests come when it is told to stop
    server.process.send_signal(signal.SIGTERM)
    until = time.monotonic() + 5
    while time.monotonic() < until:  # slowly, then at once
        got += client.recv(4096)
        time.sleep(0.005 if len(got) < 300_000 else 0)
        if got.endswith(whole[-20:]):
            break
    body = got.split(b"\r\n\r\n", 1)[1]
    check(body == whole, f"{len(body)} of {len(whole)} bytes came of an answer that was begun")
    check(server.stop() == 0, "the server ended badly")
    for one in [*waiting, client]:
        one.close()
    try:
        socket.create_connection(("127.0.0.1", server.port), 1).close()
        check(False, "a server that has ended takes connections")
    except OSError:
        pass


def export_and_stop(archive):
    """SIGTERM while a release's worth of work is being done: whoever asked is answered."""
    server = Server(archive)
    who = server.login("coder")
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(server.get("exports/jsonl", who))) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.15)
    check(server.stop() == 0, "the server ended badly amid exports")
    for thread in threads:
        thread.join()
    check(len(answers) == 4, f"{len(answers)} of 4 exports were answered")
    for answer in answers:
        is_whole = answer.status == 200 and all(json.loads(line) for line in answer.body.splitlines()) and len(answer.body) > 100_000
        check(is_whole or answer.status == 503, f"an export when the server stops: {answer.status}, {len(answer.body)} bytes")


def decide_until_end(server, who, records, kept):
    """Decisions one after another on a connection; those that were answered go into `kept`."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    headers = {"Cookie": who.cookie, "X-Marsad-CSRF": who.csrf, "Content-Type": "application/json"}
    try:
        for record in records:
            body = json.dumps({"what": "cannot-verify", "id": record, "reason": f"kept {record}"})
            connection.request("POST", f"{API}/decisions", body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                kept.append(record)
    except (OSError, http.client.HTTPException):
        pass
    finally:
        connection.close()


def killed(archive):
    kept = []
    server = Server(archive)
    records = [row["id"] for row in rows_of(server, server.login("coder"), "records?limit=1000")]
    server.stop()
    chance.shuffle(records)
    for at in range(ROUNDS):
        server = Server(archive)
        who = server.login("coder")
        mine = records[at * 40 : at * 40 + 40]
        clients = [threading.Thread(target=decide_until_end, args=(server, who, mine[i::CLIENTS], kept)) for i in range(CLIENTS)]
        before = len(kept)
        for client in clients:
            client.start()
        within(10, lambda: len(kept) > before, 0.002)
        time.sleep(chance.uniform(0, 0.25))
        server.kill()
        for client in clients:
            client.join()
        check(len(kept) > before, f"round {at}: nothing was decided before the end")
    server = Server(archive)
    told, after = [], "0"
    while after is not None:
        page = server.get(f"decisions?limit=1000&after={after}", server.login("coder")).json()
        told, after = told + page["rows"], page["next"]
    server.stop()
    there = {row["record"] for row in told if row["reason"] == f"kept {row['record']}"}
    print(f"{len(kept)} decisions were answered in {ROUNDS} rounds, {len(there)} are there")
    check(set(kept) <= there, f"{len(set(kept) - there)} decisions that were told to be made are not there")
    run("verify", "--archive", archive)  # breaks off if it finds a fault


with test():
    archive = make_archive("stop")
    add_people(archive, ["coder"])
    asked_to_stop(archive)
    export_and_stop(archive)
    killed(archive)
