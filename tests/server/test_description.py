"""The description of the interface against the server: every operation is called with valid input, and its answer held against what openapi.json says of it."""
import json
import os
import re
import urllib.parse

import jsonschema
from furnished import AGREEMENT, FEED, PLACE_NAME, REPORT, furnish
from serving import API, ROLES, SOURCE, Server, Session, add_people, check, make_archive, test

# A path that stands in no table of the test fails it: {path: query of a GET}.
QUERIES = {
    "/health": "",
    "/metrics": "",
    f"{API}/openapi.json": "",
    f"{API}/session": "",
    f"{API}/events": "",
    f"{API}/incidents": "from=2016-05-01&to=2016-05-31&kind=shelling,airstrike&limit=50",
    f"{API}/incidents/{{id}}": "",
    f"{API}/map": "limit=50000",
    f"{API}/series": "by=kind",
    f"{API}/tallies": "by=day,place,kind,party",
    f"{API}/control": "at=2016-05-10",
    f"{API}/actors": "limit=1000",
    f"{API}/kinds": "",
    f"{API}/places": f"name={PLACE_NAME}",
    f"{API}/articles": "limit=1000",
    f"{API}/articles/{{id}}": "",
    f"{API}/articles/{{id}}/evidence": "",
    f"{API}/records": "limit=1000",
    f"{API}/records/{{id}}": "",
    f"{API}/queue": "limit=1000",
    f"{API}/decisions": "",
    f"{API}/truce": f"agreement={AGREEMENT}&from=2016-03-01&to=2016-06-01",
    f"{API}/truce/agreements": "",
    f"{API}/truce/candidates": f"agreement={AGREEMENT}&from=2016-03-01&to=2016-06-01",
    f"{API}/bulletins": "",
    f"{API}/bulletins/preview": f"day=2016-05-10&languages=both&form=html&agreement={AGREEMENT}",
    f"{API}/bulletins/{{number}}": "form=html",
    f"{API}/exports/formats": "",
    f"{API}/exports/plan": "format=csv&profile=public",
    f"{API}/exports/{{format}}": "profile=public&from=2016-05-01",
    f"{API}/releases": "",
    f"{API}/releases/{{number}}/files": "",
    f"{API}/releases/{{number}}/files/{{name}}": "",
    f"{API}/summary": "",
    f"{API}/intake": "",
    f"{API}/feeds": "",
    f"{API}/problems": "",
    f"{API}/batches": "",
    f"{API}/tombstones": "",
    f"{API}/log": "limit=1000",
    f"{API}/proposals": "",
    f"{API}/accounts": "",
    f"{API}/tokens": "",
    f"{API}/settings": "",
}
MAY_BE_EMPTY = {f"{API}/problems"}


def changes(known):
    """What is sent, in an order in which each is allowed: (method, path, parts of the path, query, body)."""
    return [
        ("POST", f"{API}/decisions", {}, "", {"what": "accept", "id": known["record"], "reason": "read twice"}),
        (
            "POST",
            f"{API}/truce/marks",
            {},
            "",
            {"agreement": AGREEMENT, "record": known["candidate"], "mark": "insufficient", "reason": "one report"},
        ),
        ("POST", f"{API}/bulletins", {}, "", {"day": "2016-05-12", "languages": "ar", "profile": "public", "zone": "UTC"}),
        ("POST", f"{API}/bulletins/{{number}}/sign", {"number": known["number"]}, "", {}),
        ("POST", f"{API}/releases", {}, "", {"profile": "public", "title": "Second", "licence": "CC-BY-4.0"}),
        ("POST", f"{API}/feeds", {}, "", {"url": "https://other.example/feed.xml", "name": "other", "pages": False}),
        ("DELETE", f"{API}/feeds", {}, f"url={FEED}", None),
        ("POST", f"{API}/imports", {}, "", dict(REPORT, dry=True)),
        ("POST", f"{API}/accounts", {}, "", {"name": "nobody", "roles": ["reader"]}),
        ("PATCH", f"{API}/accounts/{{name}}", {"name": "nobody"}, "", {"roles": ["coder", "reader"], "active": False}),
        ("POST", f"{API}/tokens", {}, "", {"label": "map", "scopes": ["read", "code"], "days": 30}),
        ("DELETE", f"{API}/tokens/{{id}}", {"id": known["token"]}, "", None),
        ("PATCH", f"{API}/settings", {}, "", {"organisation": "Observers", "zone": "Asia/Damascus", "profile": "public", "languages": "ar"}),
        ("POST", f"{API}/verify", {}, "", {}),
        ("POST", f"{API}/session", {}, "", {"name": "all", "password": "correct horse of all"}),
        ("POST", f"{API}/session/password", {}, "", {"old": "correct horse of all", "new": "another horse of all"}),
        ("DELETE", f"{API}/session", {}, "", None),  # the last
    ]


def parts_of(route, known):
    """What stands for the braces of a path that is read."""
    owner = next((word for word in ("incident", "article", "record") if f"/{word}s/" in route), None)
    return {"id": known.get(owner), "number": 1, "name": known["file"], "format": "csv"}


def fill(route, parts):
    return re.sub(r"{(\w+)}", lambda found: str(parts[found.group(1)]), route)


class Description:
    def __init__(self, whole):
        self.paths = whole["paths"]
        self.store = whole
        self.schemas = whole["components"]["schemas"]
        self.held = set()
        for name, schema in self.schemas.items():
            jsonschema.Draft202012Validator.check_schema(schema)
            check(self.is_closed(schema), f"schema {name} lets in what it does not name")

    @staticmethod
    def is_closed(schema):
        return not name_needed(schema) or schema.get("additionalProperties") is False

    def hold(self, what, schema, value):
        """`value` against a schema of the description, whose references lead into the whole of it."""
        for found in re.findall(r"#/components/schemas/([^\"]+)", json.dumps(schema)):
            self.use(found)
        rooted = dict(schema, **{"components": self.store["components"]})
        first = next(iter(jsonschema.Draft202012Validator(rooted).iter_errors(value)), None)
        check(first is None, f"{what}: {'' if first is None else f'{list(first.absolute_path)}: {first.message[:300]}'}")

    def use(self, name):
        if name not in self.held:
            self.held.add(name)
            for found in re.findall(r"#/components/schemas/([^\"]+)", json.dumps(self.schemas.get(name, {}))):
                self.use(found)


def name_needed(schema):
    return schema.get("type") == "object" and "properties" in schema and "openapi" not in schema["properties"]


def expected_of(operation):
    """(status as a pattern, media type or None, schema or None) of the answer that is no refusal."""
    status, answer = next((s, a) for s, a in operation["responses"].items() if s != "default")
    content = answer.get("content", {})
    check(len(content) <= 1, f"several media types: {operation['summary']}")
    media = next(iter(content), None)
    return status, media, content[media].get("schema") if media else None


def is_status(pattern, status):
    return status // 100 == int(pattern[0]) if pattern.endswith("XX") else status == int(pattern)


def hold_answer(description, what, operation, answer):
    pattern, media, schema = expected_of(operation)
    if not check(is_status(pattern, answer.status), f"{what}: {answer.status}, not {pattern}: {answer.body[:300]}"):
        return
    told = (answer.header("Content-Type") or "").split(";")[0] or None
    check(told == media, f"{what}: is {told}, not {media}")
    if schema is not None:
        description.hold(what, schema, answer.json())
    if answer.status == 204:
        check(answer.body == b"", f"{what}: 204 with a body")


def call_reads(server, who, description, known):
    for route, query in QUERIES.items():
        operation = description.paths.get(route, {}).get("get")
        if not check(operation is not None, f"GET {route} is not described"):
            continue
        check_parameters(route, operation, query)
        if route.endswith("/events"):
            check(list(operation["responses"]["200"]["content"]) == ["text/event-stream"], "events are no stream")
            continue
        answer = server.get(fill(route, parts_of(route, known)) + ("?" + query if query else ""), who)
        hold_answer(description, f"GET {route}", operation, answer)
        if answer.status == 200 and answer.header("Content-Type") == "application/json" and "rows" in answer.json() and route not in MAY_BE_EMPTY:
            check(answer.json()["rows"], f"GET {route}: no row to hold the schema against")


def check_parameters(route, operation, query):
    described = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
    for name in re.findall(r"(?:^|&)(\w+)=", query):
        check(name in described, f"{route}: parameter {name} is not described")
    in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
    check(in_path == set(re.findall(r"{(\w+)}", route)), f"{route}: parts of the path {in_path}")


def call_changes(server, who, signer, description, known):
    called = set()
    for method, route, parts, query, body in changes(known):
        operation = description.paths.get(route, {}).get(method.lower())
        called.add((route, method.lower()))
        if not check(operation is not None, f"{method} {route} is not described"):
            continue
        if body is not None:
            schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            if check(schema is not None, f"{method} {route}: its body is not described"):
                description.hold(f"body of {method} {route}", schema, body)
        answer = server.ask(method, fill(route, parts) + ("?" + query if query else ""), body, who=signer if route.endswith("/sign") else who)
        hold_answer(description, f"{method} {route}", operation, answer)
        if (method, route) == ("POST", f"{API}/session"):
            who = Session(answer)  # the one before has ended
    return called


def wrong_parameters(server, who, description):
    """What is described as a number or a choice is refused where it is none."""
    for route, operations in description.paths.items():
        for parameter in operations.get("get", {}).get("parameters", []):
            schema = parameter["schema"]
            if parameter["in"] != "query" or not ({"enum", "pattern", "format"} & set(schema) or schema["type"] != "string"):
                continue
            query = "&".join([q for q in QUERIES.get(route, "").split("&") if q and not q.startswith(parameter["name"] + "=")] + [parameter["name"] + "=wrong"])
            answer = server.get(fill(route, {"id": "x", "number": 1, "name": "x", "format": "csv"}) + "?" + query, who)
            check(answer.status in (400, 404), f"GET {route}: {parameter['name']}=wrong is answered with {answer.status}")


def pages(server, who, description):
    """Page by page, a table has the rows that it has at once, in that order."""
    for route, operations in description.paths.items():
        names = {p["name"] for p in operations.get("get", {}).get("parameters", [])}
        if not {"after", "limit"} <= names:
            continue
        query = "&".join(q for q in QUERIES[route].split("&") if q and not q.startswith("limit="))
        target = f"{route}?{query}&" if query else f"{route}?"
        whole = server.get(f"{target}limit=1000", who).json()["rows"]
        some, after = [], ""
        for _ in range(4):
            page = server.get(f"{target}limit=2{after}", who)
            if not check(page.status == 200, f"{target}limit=2{after}: {page.status} {page.body[:200]}"):
                break
            some += page.json()["rows"]
            if page.json()["next"] is None:
                break
            after = f"&after={urllib.parse.quote(page.json()['next'], safe='')}"
        check(some == whole[: len(some)] and len(some) >= min(len(whole), 8), f"{route}: pages tell {len(some)} rows, not those of the table ({len(whole)})")


def routes_of_source():
    """The table itself, so that neither it nor the description holds a route of its own."""
    with open(os.path.join(SOURCE, "src/server/routes.c"), encoding="utf-8") as file:
        found = re.findall(r'^    {"([A-Z]+)", (API )?"([^"]+)",', file.read(), re.M)
    return {((API if api else "") + route, method.lower()) for method, api, route in found if route != "/{path}"}


with test():
    archive = make_archive("described")
    add_people(archive, ["releaser", "all=" + ",".join(ROLES)])
    server = Server(archive)
    who, signer = server.login("all"), server.login("releaser")
    known = furnish(server, who, signer)
    description = Description(server.get("openapi.json").json())
    described = {(route, method) for route, operations in description.paths.items() for method in operations}
    check(described == routes_of_source(), f"the description and the table of routes differ: {described ^ routes_of_source()}")
    call_reads(server, who, description, known)
    wrong_parameters(server, who, description)
    pages(server, who, description)
    refusal = server.get("incidents?limit=0", who)
    description.hold("a refusal", {"$ref": "#/components/schemas/Error"}, refusal.json())
    called = call_changes(server, who, signer, description, known) | {(route, "get") for route in QUERIES}
    check(described == called, f"described and not called: {described - called}")
    check(set(description.schemas) == description.held | {"Error"}, f"schemas that nothing uses: {set(description.schemas) - description.held}")
    check(server.get("nothing/here", who).status == 404, "a path that is not described is there")
    check(server.stop() == 0, "the server ended badly")
