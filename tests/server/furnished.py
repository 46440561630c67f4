"""An archive in which something was done: every table has rows, every path of the interface leads somewhere."""
from serving import check

AGREEMENT = "syria-coh-2016-02-27"
PLACE_NAME = "%D8%AD%D9%84%D8%A8"
FEED = "https://news.example/feed.xml"
REPORT = {
    "form": "text",
    "name": "report-1",
    "content": "قال ناشطون أمس الأحد إن ثلاثة مدنيين قتلوا في قصف على بلدة خان طومان بريف حلب الجنوبي.",
    "outlet": "وكالة",
    "published": "2016-05-09",
}


def expect(answer, *statuses):
    check(answer.status in statuses, f"{answer.status} instead of {statuses}: {answer.body[:300]}")
    return answer


def rows_of(server, who, target):
    return expect(server.get(target, who), 200).json()["rows"]


def decide(server, who, what, id_, **more):
    return server.post("decisions", {"what": what, "id": id_, **more}, who)


def furnish(server, who, signer):
    """`who` has all roles; `signer` is a releaser's session. What there is, by the names of the paths' parts."""
    known = {}
    records = rows_of(server, who, "records?limit=300")
    claims = [row for row in records if row["incident"] is not None]
    for at, (what, reason) in enumerate((("take", None), ("reject", "not an event"), ("cannot-verify", "one report"), ("accept", None))):
        expect(decide(server, who, what, claims[at]["id"], **({"reason": reason} if reason else {})), 200)
    edited = next(row for row in claims[5:] if row["kind"] == "shelling")
    expect(decide(server, who, "edit", edited["id"], reason="the sentence says so", changes=["kind=airstrike"]), 200)
    incidents = [row["id"] for row in rows_of(server, who, "incidents?from=2016-05-01&to=2016-05-31")]
    expect(decide(server, who, "merge", incidents[0], **{"with": incidents[1], "reason": "one event"}), 200, 409)
    expect(server.post("feeds", {"url": FEED, "name": "feed", "pages": True}, who), 200)
    expect(server.post("imports", REPORT, who), 200)
    candidates = rows_of(server, who, f"truce/candidates?agreement={AGREEMENT}&from=2016-03-01&to=2016-06-01")
    known["candidate"] = candidates[0]["record"]
    expect(server.post("bulletins", {"day": "2016-05-10", "languages": "both", "agreement": AGREEMENT, "profile": "public", "zone": "UTC"}, who), 201)
    known["number"] = expect(server.post("bulletins", {"day": "2016-05-11"}, who), 201).json()["number"]
    expect(server.post("bulletins/1/sign", {}, signer), 204)
    expect(server.post("releases", {"profile": "public", "title": "First", "licence": "CC-BY-4.0", "from": "2016-05-01", "to": "2016-05-31"}, who), 201)
    files = expect(server.get("releases/1/files", who), 200).json()["files"]
    known["file"] = files[0]["name"]
    known["token"] = expect(server.post("tokens", {"label": "map", "scopes": ["read"], "days": 3}, who), 201).json()["id"]
    expect(server.ask("PATCH", "/api/v1/settings", {"organisation": "Observers"}, who=who), 204)
    known["incident"] = next(row["incident"] for row in claims[10:] if row["lat" if "lat" in row else "place"] is not None)
    known["record"] = claims[10]["id"]
    known["article"] = claims[10]["article"]
    known["edited"] = edited["id"]
    return known
