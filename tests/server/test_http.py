"""HTTP as it should not be: names, paths, bodies and heads that a server must refuse, and what each answer must carry."""
import json
import os

from furnished import AGREEMENT, furnish
from serving import API, ROLES, SOURCE, Server, add_people, check, databases, make_archive, path, releases_of, test

SAFETY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def hold_headers(what, answer):
    for name, value in SAFETY.items():
        check(answer.header_list(name) == [value], f"{what}: {name} is {answer.header_list(name)}")
    policies = answer.header_list("content-security-policy")
    check(len(policies) == 1 and "default-src 'none'" in policies[0], f"{what}: policy {policies}")
    for word in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", " *", "http:", "https:"):
        check(word not in "".join(policies), f"{what}: the policy has {word}")
    check("frame-ancestors" in "".join(policies), f"{what}: others may frame it")
    check("permissions-policy" in [name.lower() for name, _ in answer.headers], f"{what}: no permissions policy")
    check(answer.header("Server") is None and answer.header("Access-Control-Allow-Origin") is None, f"{what}: {answer.headers}")
    if answer.header("Cache-Control", "").find("immutable") < 0:
        check("no-cache" in answer.header("Cache-Control", "") or "no-store" in answer.header("Cache-Control", ""), f"{what}: others may keep it")


def every_answer(server, who):
    for target in ("/", "/incidents", "/assets/none.js", "/health", "/metrics", f"{API}/session", f"{API}/incidents?limit=2", f"{API}/nothing", f"{API}/incidents?wrong=1"):
        hold_headers(target, server.get(target, who))
    hold_headers("401", server.get("accounts"))
    hold_headers("a preview", server.get("bulletins/preview?day=2016-05-10", who))
    hold_headers("a bulletin", server.get("bulletins/1", who))
    hold_headers("an export", server.get("exports/jsonl", who))
    hold_headers("a file of a release", server.get("releases/1/files/LICENCE", who))
    tagged = server.get("incidents?limit=2", who)
    again = server.get("incidents?limit=2", who, headers={"If-None-Match": tagged.header("ETag")})
    check(again.status == 304 and again.body == b"" and again.header("ETag") == tagged.header("ETag"), f"If-None-Match: {again.status}")
    hold_headers("304", again)
    packed = server.get("incidents", who, headers={"Accept-Encoding": "gzip"})
    check(packed.header("Content-Encoding") == "gzip" and packed.body[:2] == b"\x1f\x8b", "nothing is compressed")


def names_of_the_server(server, who):
    """A page whose name was pointed at this machine must not be answered."""
    for host, may in (
        ("127.0.0.1", True),
        ("localhost:8080", True),
        ("[::1]", True),
        ("news.example", True),
        ("news.example:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost.evil.example:80", False),
        ("news.example.evil.example", False),
        ("evil.example:127.0.0.1", False),
        ("", False),
        ("[::1", False),
        ("[127.0.0.1]x", False),
        ("127.0.0.1@evil.example", False),
        ("169.254.169.254", False),
    ):
        answer = server.get("session", who, headers={"Host": host})
        check((answer.status == 200) == may, f"called '{host}': {answer.status}")
        check(may or answer.status in (400, 421), f"called '{host}': {answer.status}")
    for request in (f"GET {API}/session HTTP/1.1\r\n\r\n", f"GET {API}/session HTTP/1.0\r\n\r\n", f"GET {API}/session\r\n\r\n"):
        told = server.raw(request.encode(), patience=3)
        check(b" 200 " not in told[:20], f"no name: {told[:60]}")


def paths(server, who, archive):
    secret = os.path.join(os.path.dirname(releases_of(archive)), "a.marsad")
    if databases.is_one(archive):
        with open(secret, "w", encoding="ascii") as file:
            file.write("nothing for others")
    check(os.path.exists(secret), "nothing to find")
    ways = ("..", "%2e%2e", "%2e%2e%2f", "..%2f", "..%5c", "%252e%252e", ".%00.", "%c0%ae%c0%ae", "....//", "..;")
    targets = []
    for way in ways:
        targets += [f"/{way}/{way}/etc/passwd", f"/assets/{way}/{way}/{way}/etc/passwd", f"{API}/releases/1/files/{way}/{way}/a.marsad"]
        targets += [f"{API}/releases/1/files/{way}%2f{way}%2fa.marsad", f"{API}/releases/{way}/files", f"{API}/releases/{way}/files/a.marsad"]
        targets += [f"{API}/releases/1%2f..%2f1/files", f"{API}/bulletins/{way}", f"{API}/exports/{way}?profile=public"]
    for value in ("../../../etc/passwd", "/etc/passwd", "public.json", "nope", "../safety/public", "./public", ".hidden", "public/../internal"):
        targets += [f"{API}/exports/csv?profile={value}", f"{API}/exports/plan?format=csv&profile={value}", f"{API}/truce?agreement={value}"]
        targets += [f"{API}/bulletins/preview?day=2016-05-10&profile={value}", f"{API}/bulletins/preview?day=2016-05-10&agreement={value}"]
    for target in targets:
        answer = server.get(target, who)
        check(b"root:" not in answer.body and b"SQLite format" not in answer.body, f"{target} leads out")
        is_page = answer.status == 200 and not target.startswith("/api") and answer.header("Content-Type", "").startswith("text/html")
        check(is_page or 400 <= answer.status < 500, f"{target}: {answer.status}")
    for value in ("../../../../etc/passwd", "/etc/passwd"):
        for body in ({"day": "2016-05-10", "profile": value}, {"day": "2016-05-10", "agreement": value}):
            check(server.post("bulletins", body, who).status == 400, f"a bulletin by {body}")
        check(server.post("releases", {"profile": value}, who).status in (400, 409), f"a release by profile {value}")
        check(server.ask("PATCH", f"{API}/settings", {"profile": value}, who=who).status == 400, f"a setting profile {value}")
    check(server.get(f"truce?agreement={AGREEMENT}&from=2016-05-01&to=2016-05-02", who).status == 200, "a name is refused")


def sizes(server, who):
    big = b'{"what":"' + b"x" * 70_000 + b'"}'
    for target in ("decisions", "session", "settings", "accounts"):
        method = "PATCH" if target == "settings" else "POST"
        answer = server.ask(method, f"{API}/{target}", big, {"Content-Type": "application/json"}, who)
        check(answer.status == 413, f"{target}: 70 kB are answered with {answer.status}")
    head = f"POST {API}/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n"
    check(b" 413 " in server.raw(head.encode(), patience=3)[:20], "100 GB are waited for")
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    head = f"POST {API}/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    check(b" 413 " in server.raw(head.encode() + chunk * 4 + b"0\r\n\r\n", patience=3)[:20], "chunks without an end are taken")
    for target in ("incidents?words=" + "x" * 40_000, "x" * 40_000, "incidents?" + "&".join(f"words={i}" for i in range(5000))):
        check(server.raw(f"GET {API}/{target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(), patience=3)[9:12] in (b"400", b"414", b"431"), f"{target[:30]}: taken")
    check(server.get("incidents?" + "&".join(["limit=1"] * 33), who).status == 400, "33 parameters are taken")
    for query in ("=1", "=", "lim=1", "mit=1", "limit%20after=1", " =1".replace(" ", "%20")):  # no name, a part of one, several
        check(server.get(f"incidents?{query}", who).status == 400, f"the query '{query}' is taken")
    many = "".join(f"X-{i}: y\r\n" for i in range(4000))
    told = server.raw(f"GET {API}/session HTTP/1.1\r\nHost: localhost\r\n{many}\r\n".encode(), patience=3)
    check(b" 200 " not in told[:20], "4,000 headers are taken")


def bodies(server, who):
    deep = 200_000 // 8
    wrong = {
        "nothing": b"",
        "no JSON": b"what=accept",
        "half of it": b'{"what":"accept"',
        "more behind it": b'{"what":"accept","id":"x"} {}',
        "a list": b"[]",
        "a text": b'"x"',
        "twice the same": b'{"what":"accept","what":"reject","id":"x"}',
        "no UTF-8": b'{"what":"accept","id":"\xff\xfe"}',
        "half a pair": b'{"what":"accept","id":"\\ud800"}',
        "a zero in a text": b'{"what":"accept","id":"x\\u0000y"}',
        "deep lists": b'{"changes":' + b"[" * deep + b"]" * deep + b"}",
        "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        "a number beyond all": b'{"what":1e999999}',
        "an integer beyond all": b'{"what":' + b"9" * 400 + b"}",
        "another type": b'{"what":["accept"],"id":"x"}',
        "what is not known": b'{"what":"accept","id":"x","whta":1}',
        "changes that are no texts": b'{"what":"edit","id":"x","changes":[1]}',
        "what is missing": b'{"what":"accept"}',
    }
    for what, body in wrong.items():
        answer = server.ask("POST", f"{API}/decisions", body, {"Content-Type": "application/json"}, who)
        check(answer.status in (400, 413) and answer.code() in ("bad-request", "too-large"), f"a body with {what}: {answer.status} {answer.body[:100]}")
    for word in ("session", "session/password", "imports", "accounts", "tokens", "feeds", "bulletins", "releases", "truce/marks", "verify"):
        for body in (b"[]", b"{", b'{"\xff":1}', b'{"":null}'):
            answer = server.ask("POST", f"{API}/{word}", body, {"Content-Type": "application/json"}, who)
            check(400 <= answer.status < 500, f"{word} {body}: {answer.status}")
    check(server.is_alive(), "a body ended the server")


def told_in_json(server):
    """What is refused is told as JSON in UTF-8, whatever was asked."""
    for head in (
        b"GET /api/v1/incidents?%ff%fe=1 HTTP/1.1\r\nHost: localhost",
        b"GET /api/v1/incidents?words=%ff HTTP/1.1\r\nHost: localhost",
        b"GET /api/v1/incidents?" + "%D8%AD".encode() * 300 + b"=1 HTTP/1.1\r\nHost: localhost",
        b"GET /api/v1/records/%ff HTTP/1.1\r\nHost: localhost",
        b"GET /api/v1/session HTTP/1.1\r\nHost: \xff\xfe",
        b'GET /api/v1/session HTTP/1.1\r\nHost: "<script>',
        b"GE\xffT /api/v1/session HTTP/1.1\r\nHost: localhost",
        b"\x1b[2J /api/v1/session HTTP/1.1\r\nHost: localhost",
    ):
        told = server.raw(head + b"\r\nConnection: close\r\n\r\n", patience=3)
        start, _, body = told.partition(b"\r\n\r\n")
        if b"application/json" not in start:  # refused by the HTTP library
            check(told == b"" or start.split()[1][:1] == b"4", f"{head[:50]}: {start[:50]}")
            continue
        try:
            check(json.loads(body.decode("utf-8"))["error"]["message"] != "", f"{head[:50]}: no reason")
        except (UnicodeDecodeError, ValueError) as e:
            check(False, f"{head[:50]}: {e}")
    check(all(c.isprintable() or c == "\n" for c in server.log()), "a client writes what it likes into the log of requests")


def smuggled(server, who):
    """Two who read one request in two ways must not be possible: what could be read so is refused, or the connection ends behind it."""
    second = f"GET /smuggled-{os.getpid()} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    start = f"POST {API}/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    chunked = f"0\r\n\r\n{second}"
    shapes = {
        "two lengths": f"{start}Content-Length: 0\r\nContent-Length: {len(second)}\r\n\r\n{second}",
        "length and chunks": f"{start}Content-Length: {len(chunked)}\r\nTransfer-Encoding: chunked\r\n\r\n{chunked}",
        "chunks and length": f"{start}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n{chunked}",
        "chunks twice": f"{start}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n{chunked}",
        "another coding": f"{start}Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n{second}",
        "a blank before the colon": f"{start}Content-Length : {len(second)}\r\n\r\n{second}",
        "a length that is none": f"{start}Content-Length: +0\r\n\r\n{second}",
        "a negative length": f"{start}Content-Length: -1\r\n\r\n{second}",
        "a length in words": f"{start}Content-Length: 0x10\r\n\r\n{second}",
        "a folded header": f"{start}X: y\r\n Content-Length: {len(second)}\r\n\r\n{second}",
        "a chunk of no size": f"{start}Transfer-Encoding: chunked\r\n\r\nzz\r\n{second}",
        "a chunk beyond all": f"{start}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{second}",
        "bare line feeds": start.replace("\r\n", "\n") + f"Content-Length: 0\n\n{second}",
    }
    for what, request in shapes.items():
        told = server.raw(request.encode(), patience=2)
        statuses = [line.split()[1] for line in told.split(b"\r\n") if line.startswith(b"HTTP/1.")]
        check(not told.startswith(b"HTTP/1.1 2"), f"{what}: {told[:40]}")
        check(b"smuggled" not in told and b"404" not in statuses, f"{what}: what came behind it is answered")
        if what not in ("a length that is none", "a negative length", "a length in words"):  # the HTTP library tells its own 400 with two heads, and closes
            check(len(statuses) <= 1, f"{what}: answered {statuses}")
    check(server.get("session", who).status == 200, "a shape of a request ended the server")


def methods(server, who):
    head, whole = server.ask("HEAD", f"{API}/incidents?limit=2", who=who), server.get("incidents?limit=2", who)
    check(head.status == 200 and head.body == b"" and head.header("Content-Type") == whole.header("Content-Type"), f"HEAD: {head.status}")
    check(server.ask("HEAD", "/", who=who).status == server.get("/", who).status, "HEAD of the page")
    check(server.ask("HEAD", f"{API}/accounts").status == 401, "HEAD without a session")
    check(server.ask("HEAD", f"{API}/events", who=who).status == 200, "HEAD of the stream")
    for method in ("OPTIONS", "TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND", "get", "GETX"):
        for target in ("/", f"{API}/incidents", "/health"):
            answer = server.ask(method, target, who=who)
            check(answer.status in (400, 404, 405, 501), f"{method} {target}: {answer.status}")
            check(b"X-Marsad" not in answer.body and b"Cookie" not in answer.body, f"{method} sends the request back")
    for request in (b"\r\n\r\n", b"\x00" * 100, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"SSH-2.0-x\r\n"):
        server.raw(request, patience=1)
    check(server.is_alive() and server.get("session", who).status == 200, "a method ended the server")


with test():
    archive = make_archive("http")
    add_people(archive, ["releaser", "all=" + ",".join(ROLES)])
    server = Server(archive, "--host", "news.example")
    who = server.login("all")
    furnish(server, who, server.login("releaser"))
    every_answer(server, who)
    names_of_the_server(server, who)
    paths(server, who, archive)
    sizes(server, who)
    bodies(server, who)
    told_in_json(server)
    smuggled(server, who)
    methods(server, who)
    check(server.stop() == 0, "the server ended badly")
