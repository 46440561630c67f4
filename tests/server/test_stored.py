"""What somebody else wrote stays text, wherever it is told: script in articles, titles, addresses, feeds, names and reasons."""
import json

from furnished import AGREEMENT, decide, furnish, rows_of
from serving import API, ROLES, Server, Session, add_people, check, make_archive, path, password_of, run, test

SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(2)>'
BREAKOUT = "</style></title></textarea>--><svg onload=alert(3)>"
LINK = "javascript:alert(4)"
MARKS = ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:', "href='javascript:", "onerror=alert(2)>")


def planted():
    text = (
        f"قال ناشطون {SCRIPT} أمس الاثنين إن ثلاثة مدنيين {HANDLER} قتلوا في قصف على بلدة خان طومان بريف حلب الجنوبي.\n"
        f"وقال {BREAKOUT} إن طائرات حربية {SCRIPT} شنت غارة على مستشفى في مدينة حلب أمس الاثنين."
    )
    article = {"id": f"x{HANDLER}", "source": f"وكالة{SCRIPT}", "published": "2016-05-10", "title": f"عنوان{BREAKOUT}", "url": LINK, "text": text}
    with open(path("script.jsonl"), "w", encoding="utf-8") as out:
        print(json.dumps(article, ensure_ascii=False), file=out)
    return path("script.jsonl")


def json_alone(server, who, known):
    """All answers that tell of it, of the right type, so that no browser reads them as a page."""
    article = next(row["id"] for row in rows_of(server, who, "articles?limit=1000") if SCRIPT in row["outlet"])
    targets = ["articles?limit=1000", f"articles/{article}", f"records?id={article}", "records?limit=1000", "incidents?limit=1000", "queue?limit=1000"]
    targets += ["decisions", "feeds", "accounts", "tokens", "log?limit=1000", "settings", "batches", "problems", "intake", "releases", "proposals"]
    targets += [f"records/{known['record']}", f"truce/candidates?agreement={AGREEMENT}&from=2016-05-01&to=2016-06-01", "session", "summary"]
    found = 0
    for target in targets:
        answer = server.get(target, who)
        check(answer.status == 200 and answer.header("Content-Type") == "application/json", f"{target}: {answer.status} {answer.header('Content-Type')}")
        check(answer.header("X-Content-Type-Options") == "nosniff", f"{target}: a browser may guess")
        answer.json()
        found += b"<script>" in answer.body or b"onerror" in answer.body or b"onload" in answer.body
    check(found >= 8, f"script was found in {found} answers alone: it is not told as it was written")
    evidence = server.get(f"articles/{article}/evidence", who)
    check(evidence.header("Content-Disposition", "").startswith("attachment") and evidence.header("Content-Type") == "application/octet-stream", "evidence is shown")
    for text in (SCRIPT, HANDLER, BREAKOUT):
        answer = server.get(f"records/{''.join(f'%{byte:02x}' for byte in text.encode())}", who)
        check(answer.header("Content-Type") == "application/json" and answer.status == 404, f"a refusal of {text} is a page")


def documents(server, who, number):
    for target in (
        "bulletins/preview?day=2016-05-10&form=html",
        "bulletins/preview?day=2016-05-10&form=print&languages=en",
        f"bulletins/preview?day=2016-05-09&form=html&agreement={AGREEMENT}",
        "bulletins/preview?day=2016-05-10&form=html&profile=internal",
        f"bulletins/{number}?form=html",
        f"bulletins/{number}?form=print",
    ):
        answer = server.get(target, who)
        if not check(answer.status == 200 and answer.header("Content-Type").startswith("text/html"), f"{target}: {answer.status}"):
            continue
        text = answer.body.decode()
        for mark in MARKS:
            check(mark not in text, f"{target}: script stands in the document: {mark}")
        policy = answer.header("Content-Security-Policy")
        check("default-src 'none'" in policy and "script-src" not in policy and "unsafe" not in policy and "sandbox" in policy, f"{target}: {policy}")
        check("allow-scripts" not in policy and "allow-same-origin" not in policy, f"{target}: its frame may run script")
    text = server.get("bulletins/preview?day=2016-05-10&form=text", who)
    check(text.header("Content-Type").startswith("text/plain"), "the bulletin as text is a page")
    told = "".join(server.get(f"bulletins/preview?day=2016-05-{day}&form=html&profile=internal", who).body.decode() for day in ("09", "10", "11"))
    check("&lt;script&gt;" in told, "no document tells of it, so none could be found wrong")


with test():
    archive = make_archive("stored")
    add_people(archive, ["releaser", "all=" + ",".join(ROLES)])
    run("ingest", "--archive", archive, planted())
    server = Server(archive)
    who, signer = server.login("all"), server.login("releaser")
    known = furnish(server, who, signer)
    name = f"amal{SCRIPT}"
    answer = server.post("accounts", {"name": name, "roles": ["coder"]}, who)
    check(answer.status == 201, f"an account of a strange name: {answer.status}")
    session = Session(server.post("session", {"code": answer.json()["code"]}))
    check(server.post("session/password", {"new": password_of("amal")}, session).status == 204, "no password")
    check(server.get("session", session).json()["person"] == name, "the name is another one")
    check(decide(server, session, "reject", known["record"], reason=f"no{SCRIPT}{HANDLER}").status == 200, "nothing was rejected")
    for url in (LINK, "data:text/html,x", "file:///etc/passwd", f"https://a.example/{SCRIPT}"):
        check(server.post("feeds", {"url": url, "name": f"feed{HANDLER}"}, who).status in (200, 400), f"feed {url}")
    feeds = [row["feed"] for row in rows_of(server, who, "feeds")]
    check(not any(feed.startswith(("javascript:", "data:", "file:")) for feed in feeds), f"feeds {feeds}")
    check(server.post("feeds", {"url": "https://b.example/feed", "name": f"feed{HANDLER}"}, who).status == 200, "no feed of a strange name")
    check(server.post("tokens", {"label": f"t{SCRIPT}", "scopes": ["read"], "days": 1}, who).status == 201, "no token of a strange name")
    check(server.ask("PATCH", f"{API}/settings", {"organisation": f"Observers{SCRIPT}{BREAKOUT}"}, who=who).status == 204, "no organisation of a strange name")
    number = server.post("bulletins", {"day": "2016-05-10", "profile": "internal"}, who).json()["number"]
    json_alone(server, who, known)
    documents(server, who, number)
    check(server.stop() == 0, "the server ended badly")
