"""Who may do what: each route, asked by everybody, in each way that a server is run. What the table below does not allow must be refused."""
import os
import re

from furnished import AGREEMENT, PLACE_NAME, furnish
from serving import API, ROLES, SOURCE, Server, add_people, check, make_archive, password_of, run, test

TRUCE = f"?agreement={AGREEMENT}&from=2016-05-01&to=2016-05-11"
# (method, route): who may, and a request that changes nothing where it is allowed: (what stands for the braces and after the path, body).
ROUTES = {
    ("GET", "/health"): ("all", "", None),
    ("GET", "/metrics"): ("read", "", None),
    ("GET", "/openapi.json"): ("all", "", None),
    ("GET", "/session"): ("all", "", None),
    ("POST", "/session"): ("login", "", {}),
    ("DELETE", "/session"): ("self", "", None),
    ("POST", "/session/password"): ("self", "", {}),
    ("GET", "/events"): ("read", "", None),
    ("GET", "/incidents"): ("public", "?limit=1&from=2016-05-08&to=2016-05-09", None),
    ("GET", "/incidents/{id}"): ("public", "incident", None),
    ("GET", "/map"): ("public", "?limit=1&from=2016-05-08&to=2016-05-09", None),
    ("GET", "/series"): ("public", "?from=2016-05-08&to=2016-05-09", None),
    ("GET", "/tallies"): ("public", "?by=kind&from=2016-05-08&to=2016-05-09", None),
    ("GET", "/control"): ("public", "?at=2016-05-08", None),
    ("GET", "/actors"): ("public", "?limit=1", None),
    ("GET", "/kinds"): ("public", "", None),
    ("GET", "/places"): ("public", f"?name={PLACE_NAME}", None),
    ("GET", "/articles"): ("read", "?limit=1", None),
    ("GET", "/articles/{id}"): ("read", "article", None),
    ("GET", "/articles/{id}/evidence"): ("read", "article", None),
    ("GET", "/records"): ("read", "?limit=1", None),
    ("GET", "/records/{id}"): ("read", "record", None),
    ("GET", "/queue"): ("read", "?limit=1", None),
    ("POST", "/decisions"): ("review", "", {}),
    ("GET", "/decisions"): ("read", "", None),
    ("GET", "/truce"): ("public", TRUCE, None),
    ("GET", "/truce/agreements"): ("public", "", None),
    ("GET", "/truce/candidates"): ("read", TRUCE, None),
    ("POST", "/truce/marks"): ("edit", "", {}),
    ("GET", "/bulletins"): ("read", "", None),
    ("GET", "/bulletins/preview"): ("read", "?day=2016-05-10&form=text&languages=en", None),
    ("POST", "/bulletins"): ("edit", "", {}),
    ("GET", "/bulletins/{number}"): ("read", "1", None),
    ("POST", "/bulletins/{number}/sign"): ("release", "999", {}),
    ("GET", "/exports/formats"): ("public", "", None),
    ("GET", "/exports/plan"): ("public", "?format=csv&from=2016-05-08&to=2016-05-09", None),
    ("GET", "/exports/{format}"): ("public", "csv?from=2016-05-08&to=2016-05-09", None),
    ("GET", "/releases"): ("public", "", None),
    ("POST", "/releases"): ("release", "", {"from": "no day"}),
    ("GET", "/releases/{number}/files"): ("public", "1", None),
    ("GET", "/releases/{number}/files/{name}"): ("public", "1 LICENCE", None),
    ("GET", "/summary"): ("read", "", None),
    ("GET", "/intake"): ("read", "", None),
    ("GET", "/feeds"): ("read", "", None),
    ("POST", "/feeds"): ("edit", "", {}),
    ("DELETE", "/feeds"): ("edit", "", None),
    ("GET", "/problems"): ("read", "", None),
    ("GET", "/batches"): ("read", "", None),
    ("GET", "/tombstones"): ("read", "", None),
    ("GET", "/log"): ("read", "?limit=1", None),
    ("GET", "/proposals"): ("read", "", None),
    ("POST", "/imports"): ("edit", "", {}),
    ("GET", "/accounts"): ("keep", "", None),
    ("POST", "/accounts"): ("keep", "", {}),
    ("PATCH", "/accounts/{name}"): ("keep", "nobody", {}),
    ("GET", "/tokens"): ("own", "", None),
    ("POST", "/tokens"): ("own", "", {}),
    ("DELETE", "/tokens/{id}"): ("own", "T-0000000000000000", None),
    ("GET", "/settings"): ("read", "", None),
    ("PATCH", "/settings"): ("keep", "", {}),
    ("POST", "/verify"): ("keep", "", {"no": "such member"}),
    ("GET", "/{path}"): ("all", "", None),
}
TOKENS = ("read", "code", "verify", "edit", "release", "read,release")
EVERYBODY = {"anonymous", "closed", "newcomer", *ROLES, *(f"token {scopes}" for scopes in TOKENS)}
READERS = {*ROLES, "token read", "token read,release"}
TEAM = {
    "all": EVERYBODY,
    "login": EVERYBODY,
    "public": READERS,
    "read": READERS,
    "self": {*ROLES, "newcomer"},
    "own": {*ROLES},
    "review": {"coder", "verifier", "editor", "token code", "token verify", "token edit"},
    "edit": {"editor", "token edit"},
    "release": {"releaser", "token release", "token read,release"},
    "keep": {"keeper"},
    "internal": {"releaser", "token read,release"},  # what another profile than the public one lets out
}
NOBODY = {word: set() for word in TEAM}
MODES = {
    (): TEAM,
    ("--public",): dict(TEAM, public=EVERYBODY),
    ("--read-only",): dict(NOBODY, all=EVERYBODY, public=EVERYBODY, read=EVERYBODY),
    ("--public", "--read-only"): dict(NOBODY, all=EVERYBODY, public=EVERYBODY),
}
CODING = ("take", "leave", "accept", "edit", "reject", "duplicate", "needs-source", "cannot-verify", "contradict")
DECISIONS = {
    "coder": CODING,
    "editor": (*CODING, "merge", "split", "reopen"),
    "verifier": ("take", "leave", "verify"),
    "reader": (),
    "releaser": (),
    "keeper": (),
}


def routes_of_source():
    with open(os.path.join(SOURCE, "src/server/routes.c"), encoding="utf-8") as file:
        return {(method, route) for method, route in re.findall(r'^    {"([A-Z]+)", (?:API )?"([^"]+)",', file.read(), re.M)}


def target_of(route, rest, known):
    api = "" if route in ("/health", "/metrics", "/{path}") else API
    for part in re.findall(r"{\w+}", route):
        word, _, rest = rest.partition(" ")
        word, mark, query = word.partition("?")
        rest = rest + mark + query
        route = route.replace(part, str(known.get(word, word)), 1)
    return api + route + rest


def status_of_stream(server, who):
    cookie = f"Cookie: {who.cookie}\r\n" if hasattr(who, "cookie") else f"Authorization: Bearer {who}\r\n" if who else ""
    with server.connect() as s:
        s.sendall(f"GET {API}/events HTTP/1.1\r\nHost: localhost\r\n{cookie}\r\n".encode())
        return int(s.recv(64).split()[1])


def status_of(server, method, route, request, who, name):
    if route == "/events":
        return status_of_stream(server, who)
    if (method, route) == ("DELETE", "/session") and hasattr(who, "cookie") and name != "closed" and "--read-only" not in server.options:
        who = server.login(name)  # one that may end
    return server.ask(method, request[0], request[1], who=who).status


def is_refused(status):
    return status in (401, 403)


def hold(server, allowed, people, known, mode):
    for (method, route), (word, rest, body) in ROUTES.items():
        target = target_of(route, rest, known)
        for name, who in people.items():
            status = status_of(server, method, route, (target, body), who, name)
            may = name in allowed[word]
            check(is_refused(status) != may, f"{mode or 'team'}: {name}: {method} {target}: {status}, {'may' if may else 'may not'}")
            check(status < 500, f"{mode}: {name}: {method} {target}: {status}")
    for target in ("exports/csv?profile=internal", "exports/plan?format=csv&profile=internal", "bulletins/preview?day=2016-05-10&form=text&profile=internal"):
        for name, who in people.items():
            status = server.get(target, who).status
            check(is_refused(status) != (name in allowed["internal"]), f"{mode or 'team'}: {name}: {target}: {status}")


def hold_decisions(server, people):
    whats = {what for may in DECISIONS.values() for what in may}
    for name, may in DECISIONS.items():
        for what in sorted(whats):
            status = server.post("decisions", {"what": what, "id": "R-0000000000000000", "reason": "none"}, people[name]).status
            check(is_refused(status) != (what in may), f"{name} {what}: {status}")
        check(server.post("decisions", {"what": "destroy", "id": "x"}, people[name]).status in (400, 403), f"{name}: a decision that there is not")


def people_of(server, archive):
    """Everybody, by name: None, a Session, or a token."""
    people = {"anonymous": None} | {role: server.login(role) for role in ROLES}
    people |= {f"token {scopes}": server.token("all", scopes) for scopes in TOKENS}
    people["newcomer"] = server.login("newcomer")
    check(people["newcomer"].answer.json()["must_change"], "whom another person gave a password need not choose one")
    people["closed"] = server.login("closed")
    run("account", "close", "closed", "--archive", archive)
    return people


with test():
    check(set(ROUTES) == routes_of_source(), f"this test and the table of routes differ: {set(ROUTES) ^ routes_of_source()}")
    archive = make_archive("rights")
    add_people(archive, [*ROLES, "closed=coder", "all=" + ",".join(ROLES)])
    run("account", "add", "newcomer", "--archive", archive, "--roles", "keeper,editor", "--person", "keeper", text=password_of("newcomer"))
    people = known = None
    for options, allowed in MODES.items():
        server = Server(archive, *options)
        server.options = options
        if people is None:
            known = furnish(server, server.login("all"), server.login("releaser"))
            people = people_of(server, archive)
            hold_decisions(server, people)
        hold(server, allowed, people, known, " ".join(options))
        told = server.get("session").json()
        check(told["public"] == ("--public" in options) and told["mode"] == ("read-only" if "--read-only" in options else "team"), f"{options}: {told}")
        check(server.stop() == 0, f"{options}: the server ended badly")
