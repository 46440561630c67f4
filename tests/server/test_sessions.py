"""Sessions: made and ended as they should be, of no use to another page, and passwords that cannot be guessed quickly."""
import re

from serving import API, Server, Session, add_people, check, databases, make_archive, password_of, run, test

SETTING = {"organisation": "Observers"}


def own_requests_alone(server):
    who, other = server.login("keeper"), server.login("keeper")

    def change(what, may=False, **headers):
        kept = {"X-Marsad-CSRF": who.csrf, "Cookie": who.cookie, "Content-Type": "application/json"} | headers
        kept = {name.replace("_", "-"): value for name, value in kept.items()}
        answer = server.ask("PATCH", f"{API}/settings", b'{"organisation":"Observers"}', kept)
        check((answer.status == 204) == may, f"a change with {what}: {answer.status}")
        return answer

    change("all that it needs", may=True)
    change("its own origin", may=True, Sec_Fetch_Site="same-origin")
    for what, value in (("no CSRF value", None), ("an empty one", ""), ("a wrong one", "x" * 43), ("another session's", other.csrf)):
        check(change(what, X_Marsad_CSRF=value).code() == "not-from-here", f"a change with {what} is told otherwise")
    for site in ("cross-site", "same-site"):
        change(f"Sec-Fetch-Site {site}", Sec_Fetch_Site=site)
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", None, "application/jsonp"):
        check(change(f"type {kind}", Content_Type=kind).status == 415, f"a body of type {kind} is taken")
    change("no cookie", Cookie=None)
    change("a cookie of no session", Cookie="marsad=" + "A" * 43)
    change("a token that is none beside the cookie", Authorization="Bearer marsad_" + "A" * 43)
    answer = server.ask("DELETE", f"{API}/session", headers={"Cookie": who.cookie})
    check(answer.status == 403, f"another page can log somebody out: {answer.status}")
    token = server.token("editor", "read,edit")
    answer = server.post("feeds", {"url": "https://a.example/feed"}, token)
    check(answer.status == 200, f"a token needs no CSRF value: {answer.status}")
    check(server.ask("DELETE", f"{API}/session", who=token).status in (401, 403), "a token logs out")
    check(server.get("tokens", token).status in (401, 403), "a token lists tokens")


def logins(server):
    answer = server.post("session", {"name": "coder", "password": password_of("coder")}, headers={"Sec-Fetch-Site": "cross-site"})
    check(answer.status == 403 and answer.header("Set-Cookie") is None, "another page can log somebody in")
    fixed = "marsad=" + "F" * 43
    answer = server.post("session", {"name": "coder", "password": password_of("coder")}, headers={"Cookie": fixed})
    first = Session(answer)
    check(first.cookie != fixed, "the session that was handed in is taken")
    cookie = answer.header("Set-Cookie")
    for flag in ("HttpOnly", "SameSite=Strict", "Path=/"):
        check(flag in cookie, f"the cookie lacks {flag}: {cookie}")
    check("Domain" not in cookie, "the cookie is for other names too")
    check(re.fullmatch(r"marsad=[A-Za-z0-9_-]{43}", first.cookie) is not None, f"the session is no 256 bits: {first.cookie}")
    second = Session(server.post("session", {"name": "coder", "password": password_of("coder")}, first))
    check(second.cookie != first.cookie, "a login keeps the session")
    check(server.get("queue", first).status == 401, "the session before a login lives on")
    check(server.get("queue", second).status == 200, "the session after a login does not live")
    check(server.get("queue", headers={"Cookie": f"{second.cookie}x"}).status == 401, "a session with more behind it is one")
    out = server.ask("DELETE", f"{API}/session", who=second)
    check(out.status == 204 and "Max-Age=0" in out.header("Set-Cookie"), "a logout leaves the cookie")
    check(server.get("queue", second).status == 401, "a session outlives its logout")
    check(server.get("session", second).json()["person"] is None, "a session that has ended is somebody's")


def passwords(server, archive):
    here, elsewhere, stranger = server.login("editor"), server.login("editor"), server.login("coder")
    fresh = "a much longer password"
    for body, status in (({"old": "not it at all", "new": fresh}, 401), ({"old": password_of("editor"), "new": "short"}, 400), ({"old": "x"}, 400)):
        check(server.post("session/password", body, here).status == status, f"a change of password by {list(body)}: not {status}")
    answer = server.post("session/password", {"old": password_of("editor"), "new": fresh}, here)
    check(answer.status == 204 and answer.header("Set-Cookie") is None, f"a change of password: {answer.status} {answer.headers}")
    check(server.get("queue", here).status == 200, "who changes their password is logged out")
    check(server.get("queue", elsewhere).status == 401, "another session outlives the password")
    check(server.get("queue", stranger).status == 200, "another person's session ends with it")
    check(server.post("session", {"name": "editor", "password": password_of("editor")}).status == 401, "the old password is good")
    server.login("editor", fresh)

    answer = server.post("accounts", {"name": "newcomer", "roles": ["keeper", "editor"]}, server.login("keeper"))
    code = answer.json()["code"]
    new = Session(server.post("session", {"code": code}))
    check(new.answer.json()["must_change"] and new.answer.json()["rights"] == [], "whoever came by a code need not choose a password")
    check(server.post("session", {"code": code}).status == 401, "a code is good twice")
    answer = server.post("tokens", {"label": "way around", "scopes": ["read", "edit"], "days": 3}, new)
    check(answer.code() == "must-change", f"a token comes before the password: {answer.status}")
    check(server.post("session/password", {"new": "chosen by myself"}, new).status == 204, "no password after a code")
    check(server.get("session", new).json()["must_change"] is False, "a password was chosen, and must be chosen")
    check(server.get("accounts", new).status == 200, "no rights after the password was chosen")

    leaver = server.login("coder")
    token = server.token("coder", "read")
    answer = server.ask("PATCH", f"{API}/accounts/coder", {"active": "no"}, who=server.login("keeper"))
    check(answer.status == 400 and server.get("queue", leaver).status == 200, f"what is no truth value passes for one: {answer.status}")
    run("account", "close", "coder", "--archive", archive)
    check(server.get("queue", leaver).status == 401 and server.get("queue", token).status == 401, "a closed account reads")


def guessing(server):
    """From addresses of their own, so that one part is not slowed by another."""

    def guess(name, source, password="wrong password"):
        return server.post("session", {"name": name, "password": password}, source=source)

    for name, source in (("reader", "127.0.0.2"), ("nobody at all", "127.0.0.3")):
        answers = [guess(name, source) for _ in range(8)]
        told = [answer.status for answer in answers]
        check(told[:5] == [401] * 5, f"{name}: the first attempts: {told}")
        check(429 in told, f"{name}: never slowed: {told}")
        waits = [answer.header("Retry-After") for answer in answers if answer.status == 429]
        check(all(wait is not None and wait.isdigit() and 0 < int(wait) <= 900 for wait in waits), f"{name}: Retry-After {waits}")
        if name == "reader":
            check(guess(name, source, password_of(name)).status == 429, "the right password is looked at while it must wait")
        bodies = {answer.body for answer in answers if answer.status == 401}
        check(len(bodies) == 1, f"{name}: answers that differ")
    check(guess("reader", "127.0.0.4", password_of("reader")).status == 200, "whoever guesses locks the account for others")
    check(guess("verifier", "127.0.0.2", password_of("verifier")).status == 200, "another account is slowed")
    same = [guess("reader", "127.0.0.5").body, guess("no such person", "127.0.0.5").body]
    check(same[0] == same[1], "an answer tells whether there is such an account")
    codes = [server.post("session", {"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}, source="127.0.0.6").status for _ in range(25)]
    check(429 in codes, f"codes are guessed at any speed: {codes}")
    for body in ({}, {"name": "reader"}, {"name": 5, "password": "x"}, {"code": ["x"]}, {"name": "reader", "password": None}):
        check(server.post("session", body, source="127.0.0.7").status == 400, f"a login by {body}")


def nothing_told(server, archive):
    """Neither the log of requests nor the archive holds what somebody could come in with, or from where."""
    who = server.login("verifier")
    server.get("articles?words=%D8%AD%D9%84%D8%A8", who)
    server.get("records/R-0123456789abcdef", who)
    log = server.log()
    if databases.is_one(archive):
        stored = databases.content(archive)
    else:
        with open(archive, "rb") as file:
            stored = file.read()
    for secret in (who.cookie.split("=")[1], who.csrf, password_of("verifier"), "wrong password"):
        check(secret not in log, "the log of requests holds a secret")
        check(secret.encode() not in stored, "the archive holds a secret")
    for told in ("127.0.0", "words", "R-0123456789abcdef", "verifier"):
        check(told not in log, f"the log of requests tells '{told}'")
    check("GET /api/v1/records/{id} 404" in log, "the log of requests does not tell the route")
    check(b"127.0.0." not in stored, "the archive holds an address")


with test():
    archive = make_archive("sessions")
    add_people(archive)
    server = Server(archive)
    own_requests_alone(server)
    logins(server)
    passwords(server, archive)
    guessing(server)
    nothing_told(server, archive)
    check(server.stop() == 0, "the server ended badly")
