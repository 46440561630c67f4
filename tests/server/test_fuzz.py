"""Requests by chance, shaped by the description: valid, nearly valid, broken. Nothing may fail on the server's side, hang, or end it.

    python3 tests/server/test_fuzz.py [SECONDS [SEED]]
"""
import http.client
import json
import random
import sys
import time
import urllib.parse

from furnished import AGREEMENT, furnish
from serving import API, ROLES, Server, add_people, check, make_archive, test

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 20
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20160508
SLOW = 10  # seconds for an answer
chance = random.Random(SEED)
# Not called by chance: the stream has no end, these would end the session or the account that asks, releases fill the disk.
SPARED = {("get", f"{API}/events"), ("delete", f"{API}/session"), ("post", f"{API}/session/password"), ("post", f"{API}/session"), ("patch", f"{API}/accounts/{{name}}")}
ODD = ["", "0", "-1", "1", "99999999999999999999", "1e308", "NaN", "null", "%", "'", "' OR 1=1 --", "\x00", "\u202e", "é" * 300, "../..", "%2e%2e", "a" * 3000, "{}", "[]"]
ODD += ["2016-02-30", "0000-00-00", "9999-12-31", "-9999-01-01", "shelling,,airstrike", "1,2,3,4", "1,2", "180,90,-180,-90", "inf,nan", "حلب", "\ud7ff", "\ufffe", "\r\nX: y"]
LIKELY = {
    "from": ["2016-05-01", "2013-01-01"],
    "to": ["2016-05-31", "2019-01-01"],
    "known": ["2016-05-10", "2030-01-01"],
    "at": ["2016-05-10"],
    "since": ["2016-05-10"],
    "day": ["2016-05-10", "2016-05-11"],
    "limit": ["1", "2", "100", "1000"],
    "kind": ["shelling", "airstrike,clash", "nothing"],
    "area": ["حلب", "إدلب"],
    "country": ["SY", "YE"],
    "place": ["SY-0084", "خان طومان"],
    "party": ["syria.government", "russia"],
    "grade": ["draft", "weak", "fair"],
    "box": ["35,35,40,40", "-180,-90,180,90"],
    "words": ["حلب", "قصف"],
    "by": ["kind", "party", "grade", "day,place,kind", "accuser"],
    "state": ["new", "accepted", "in work"],
    "agreement": [AGREEMENT, "calm-aleppo-2016-05"],
    "rule": ["allegation", "incident", "nothing"],
    "format": ["csv", "geojson", "jsonl", "json", "acled"],
    "profile": ["public", "internal"],
    "languages": ["ar", "en", "both"],
    "form": ["html", "text", "print"],
    "zone": ["UTC", "Asia/Damascus"],
    "name": ["حلب", "دمشق"],
    "near": ["36.2,37.1"],
    "url": ["https://a.example/feed"],
}


def value_for(name, known):
    ids = [str(value) for value in known.values()]
    likely = LIKELY.get(name) or (ids if name in ("id", "after", "number", "name") else ["x"])
    pick = chance.random()
    return chance.choice(likely) if pick < 0.7 else chance.choice(ids) if pick < 0.8 else chance.choice(ODD)


def odd_text():
    return "".join(chr(chance.choice((chance.randrange(1, 128), chance.randrange(0x600, 0x700), chance.randrange(0x80, 0xD800)))) for _ in range(chance.randrange(0, 40)))


def resolved(schema, schemas):
    return schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def body_for(schema, schemas, known, depth=0):
    """A value of the schema, or now and then of another."""
    schema = resolved(schema, schemas)
    if chance.random() < 0.06 or depth > 6:
        return chance.choice([None, True, 0, -1, 10**18, 1.5, "", [], {}, [[]], {"a": {}}, odd_text(), "x" * 5000])
    kinds = schema.get("type", "string")
    kind = chance.choice(kinds) if isinstance(kinds, list) else kinds
    if "enum" in schema:
        return chance.choice(schema["enum"])
    if kind == "object":
        made = {}
        for name, part in schema.get("properties", {}).items():
            if name in schema.get("required", []) or chance.random() < 0.6:
                made[name] = value_for(name, known) if name in ("id", "day", "agreement", "profile", "from", "to") and chance.random() < 0.8 else body_for(part, schemas, known, depth + 1)
        if chance.random() < 0.05:
            made[odd_text()] = 1
        return made
    if kind == "array":
        return [body_for(schema.get("items", {}), schemas, known, depth + 1) for _ in range(chance.randrange(0, 4))]
    if kind == "integer":
        return chance.choice([0, 1, 2, 30, 366, 10**12])
    if kind in ("boolean", "null"):
        return chance.choice([True, False]) if kind == "boolean" else None
    return chance.choice([odd_text(), *[str(value) for value in known.values()], "kind=shelling", "accept", "2016-05-10", "both", "UTC", chance.choice(ODD)])


def bytes_of(body):
    sent = json.dumps(body, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    for _ in range(chance.randrange(1, 4) if chance.random() < 0.1 else 0):
        at = chance.randrange(0, len(sent) + 1)
        sent = sent[:at] + bytes([chance.randrange(256)]) * chance.randrange(0, 3) + sent[at + chance.randrange(0, 3) :]
    return sent


def request_for(method, route, operation, schemas, known):
    target = route
    query = []
    for parameter in operation["parameters"]:
        value = value_for(parameter["name"], known)
        if parameter["in"] == "path":
            target = target.replace("{" + parameter["name"] + "}", urllib.parse.quote(value.encode("utf-8", "surrogatepass"), safe="") or "x")
        elif chance.random() < (0.9 if parameter["name"] in ("agreement", "format", "day") else 0.35):
            query.append(f"{parameter['name']}={urllib.parse.quote(value.encode('utf-8', 'surrogatepass'), safe=',')}")
    if chance.random() < 0.1:  # what is no list of names and values
        query.append(chance.choice(["=1", "=", "", "&", "limit", "limit=1&limit=2", "%00=1", "%ff=%ff", "=limit=1", "limit%20=1", "a" * 3000]))
    if query:
        target += "?" + "&".join(query)
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    body = None if content is None else bytes_of(body_for(content["schema"], schemas, known))
    if route.endswith("/imports") and body is not None and chance.random() < 0.9:
        body = json.dumps({"form": chance.choice(["csv", "jsonl", "text", "html"]), "content": odd_text() * 5, "dry": True, "name": "x"}).encode()
    return target, body


class Asker:
    """One connection as long as it lasts."""

    def __init__(self, server, headers):
        self.server, self.headers, self.connection = server, headers, None

    def ask(self, method, target, body):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=SLOW)
        headers = dict(self.headers, **({"Content-Type": "application/json"} if body is not None else {}))
        try:
            self.connection.request(method.upper(), target, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), answer.read()
        except TimeoutError:
            self.connection = None
            return 0, "no answer", b""
        except (OSError, http.client.HTTPException) as e:
            self.connection = None
            return -1, str(e), b""


with test():
    archive = make_archive("fuzz")
    add_people(archive, ["releaser", "all=" + ",".join(ROLES)])
    server = Server(archive)
    who = server.login("all")
    known = furnish(server, who, server.login("releaser"))
    description = server.get("openapi.json").json()
    schemas = description["components"]["schemas"]
    operations = [(m, r, o) for r, path_ in description["paths"].items() for m, o in path_.items() if (m, r) not in SPARED]
    asker = Asker(server, {"Cookie": who.cookie, "X-Marsad-CSRF": who.csrf})
    seen, count, until, strange = {}, 0, time.monotonic() + SECONDS, 0
    releases = 0
    while time.monotonic() < until and strange < 20 and server.is_alive():
        method, route, operation = operations[count % len(operations)] if count < len(operations) else chance.choice(operations)
        count += 1
        if (method, route) == ("post", f"{API}/releases"):
            releases += 1
            if releases > 5:
                continue
        target, body = request_for(method, route, operation, schemas, known)
        status, kind, told = asker.ask(method, target, body)
        seen.setdefault((method, route), set()).add(status)
        is_json = kind != "application/json" or json.loads(told) is not None
        if status in (0, -1) or status >= 500 or not is_json:
            strange += 1
            check(False, f"seed {SEED}, request {count}: {method} {target[:300]} {(body or b'')[:300]}: {status} {kind} {told[:300]}")
    check(server.is_alive(), f"seed {SEED}: the server ended, status {server.process.poll()}")
    check(server.get("session", who).json()["person"] == "all", "the session is lost")
    answered = [key for key, statuses in seen.items() if any(200 <= status < 300 for status in statuses)]
    print(f"{count} requests of {len(seen)} operations, {len(answered)} answered with what was asked for")
    check(len(seen) == len(operations), f"{len(operations) - len(seen)} operations were not asked")
    check(len(answered) > 30, f"only {len(answered)} operations did what was asked: the requests are too wild")
    check(server.stop() == 0, "the server ended badly")
