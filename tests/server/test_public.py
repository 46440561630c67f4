"""Whoever is not logged in: what the safety profile withholds is planted, and then looked for in every answer that they can get."""
import datetime
import json
import urllib.parse

from furnished import AGREEMENT
from serving import API, Server, add_people, check, make_archive, path, run, test

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
QUARTER = {"id": "SY-1209", "lat": 36.187, "lon": 37.127, "name": "صلاح الدين"}  # told by its district alone
NAME = "الطبيب زيد الخفاجي المخفي"
ADDRESS = "https://secret-address.example/story"
# What must not be told: (what it is, as it would stand in an answer).
WITHHELD = (
    ("a person's name", "الخفاجي"),
    ("a person's name", "المخفي"),
    ("the address of a report whose place is coarsened", "secret-address"),
    ("the id of a quarter", QUARTER["id"] + '"'),
    ("the point of a quarter", "36.187"),
    ("the point of a quarter", "37.127"),
    ("the name of a quarter", QUARTER["name"]),
    ("the name of a quarter", "Salah al-Din quarter"),
    ("the title of a report", "عنوان لا يقال"),
)
# Answers that are the same whatever the archive holds: agreements and gazetteers are published by others.
OPEN = (f"{API}/truce/agreements", f"{API}/places")


def report(name, published, text):
    return {"id": name, "source": "عينة", "published": str(published), "title": "عنوان لا يقال", "url": f"{ADDRESS}/{name}", "text": text}


def plant():
    """A file of articles: an old one whose place and names are coarsened, and one of yesterday that is held back for a week."""
    old = report("old", "2016-05-10", f"قال ناشطون إن {NAME} وثلاثة مدنيين قتلوا أمس الاثنين في قصف على حي صلاح الدين في مدينة حلب.")
    new = report("new", TODAY, f"قال ناشطون إن مسلحين اعتقلوا أمس {NAME} وأربعة مدنيين في بلدة كفرنبل بريف إدلب.")
    with open(path("planted.jsonl"), "w", encoding="utf-8") as out:
        for one in (old, new):
            print(json.dumps(one, ensure_ascii=False), file=out)
    return path("planted.jsonl")


def all_pages(server, target):
    """Every row of a table, page by page."""
    rows, after = [], None
    while True:
        answer = server.get(target + (f"&after={after}" if after else ""))
        if not check(answer.status == 200, f"{target}: {answer.status} {answer.body[:200]}"):
            return rows
        rows += answer.json()["rows"]
        after = answer.json()["next"]
        if after is None:
            return rows


def search(what, text, withheld):
    for secret, words in withheld:
        if words in text:
            at = text.index(words)
            check(False, f"{what} tells {secret}: …{text[max(0, at - 80):at + 60]}…")


def public_answers(server):
    """(what, text) of every answer that is not refused, by the routes of the description."""
    incidents = all_pages(server, f"{API}/incidents?limit=200")
    yield "incidents", json.dumps(incidents, ensure_ascii=False)
    for row in incidents:
        yield "an incident", server.get(f"incidents/{row['id']}").body.decode()
    formats = server.get("exports/formats").json()
    check(formats["profiles"] == ["public"], f"profiles {formats['profiles']}")
    queries = {
        "incidents": ["?format=geojson", "?limit=1000&from=2016-05-01"],
        "map": ["?limit=50000"],
        "series": ["?by=kind", "?by=party", "?by=grade"],
        "tallies": ["?by=day,place,area,kind,party,accuser"],
        "control": ["", "?at=2016-05-10"],
        "truce": [f"?agreement={AGREEMENT}&from=2016-03-01&to=2016-06-01"],
        "exports/plan": [f"?format={form['name']}" for form in formats["formats"]],
    }
    for route, choices in queries.items():
        for query in choices:
            answer = server.get(route + query)
            check(answer.status == 200, f"{route}{query}: {answer.status} {answer.body[:200]}")
            yield route + query, answer.body.decode()
    for form in formats["formats"]:
        yield f"export {form['name']}", server.get(f"exports/{form['name']}").body.decode()
    for release in server.get("releases").json()["rows"]:
        for file in server.get(f"releases/{release['number']}/files").json()["files"]:
            yield f"file {file['name']}", server.get(f"releases/{release['number']}/files/{file['name']}").body.decode()


def every_other_route_is_closed(server, seen):
    for route, operations in server.get("openapi.json").json()["paths"].items():
        allow = operations.get("get", {}).get("x-allow")
        if allow == "public" and "{" not in route:
            name = route.removeprefix(API + "/")
            known = route in OPEN or name in ("actors", "kinds", "exports/formats", "releases") or any(what.startswith(name) for what in seen)
            check(known, f"{route} is public and was not searched")


def no_way_around(server, held, coarse):
    """Asking for it finds nothing either: by words, by the point, by the place, by its id, at another day of knowledge."""
    quarter = urllib.parse.quote(QUARTER["name"])
    box = f"{QUARTER['lon'] - 0.005},{QUARTER['lat'] - 0.005},{QUARTER['lon'] + 0.005},{QUARTER['lat'] + 0.005}".replace(" ", "")
    for route in ("incidents", "map", "series", "tallies", "exports/csv", "incidents?format=geojson"):
        mark = "&" if "?" in route else "?"
        for query in (f"words={urllib.parse.quote('المخفي')}", f"place={QUARTER['id']}", f"place={quarter}", f"box={box}"):
            answer = server.get(f"{route}{mark}{query}")
            check(answer.status in (200, 400), f"{route} {query}: {answer.status}")
            told = answer.body.decode()
            check(coarse not in told and held not in told, f"{route} finds what is withheld by {query}")
    for target in (f"incidents/{held}", f"incidents/{held}?known={TODAY}", f"incidents/{held}?known=2030-01-01"):
        answer = server.get(target)
        check(answer.status == 404 and answer.body.count(held.encode()) == 1, f"{target}: {answer.status} {answer.body[:200]}")
    absent = server.get("incidents/I-0000000000000000")
    check(absent.status == server.get(f"incidents/{held}").status, "what is held back is told from what is not there")
    for profile in ("internal", "../safety/internal", "PUBLIC", "internal.json"):
        answer = server.get(f"exports/jsonl?profile={profile}")
        check(answer.status in (400, 401, 403), f"profile {profile}: {answer.status}")
    token = server.token("releaser", "release")  # may not read: to be treated as anybody else
    search("an export by a token that may not read", server.get("exports/jsonl", token).body.decode(), WITHHELD)


with test():
    archive = make_archive("public")
    add_people(archive, ["releaser", "editor"])
    run("ingest", "--archive", archive, plant())
    team = Server(archive)
    who = team.login("releaser")
    check(team.post("releases", {"profile": "internal", "title": "For partners", "licence": "none"}, who).status == 201, "no internal release")
    check(team.post("releases", {"profile": "public", "title": "For all", "licence": "CC-BY-4.0"}, who).status == 201, "no public release")
    whole = team.get("incidents?limit=1000", who).json()["rows"]
    coarse = next(row["id"] for row in whole if row["place"] == QUARTER["name"] and row["first_day"] == "2016-05-09")
    held = next(row["id"] for row in whole if row["first_day"] >= str(TODAY - datetime.timedelta(days=2)) and row["kind"] in ("detention", "abduction"))
    inside = team.get(f"incidents/{coarse}", who).body.decode() + team.get(f"articles?limit=1000", who).body.decode()
    for secret, words in WITHHELD:
        if "point" not in secret and "id of" not in secret and words != "Salah al-Din quarter":
            check(words in inside, f"{secret} '{words}' was not planted: nothing could be found")
    check(team.stop() == 0, "the server ended badly")

    server = Server(archive, "--public")
    seen = []
    for what, text in public_answers(server):
        seen.append(what)
        search(what, text, (*WITHHELD, ("an incident that is held back", held)))
    check(len(seen) > 300 and sum(what.startswith("file ") for what in seen) > 10, f"only {len(seen)} answers were searched")
    every_other_route_is_closed(server, seen)
    no_way_around(server, held, coarse)
    numbers = [row["number"] for row in server.get("releases").json()["rows"]]
    check(numbers == [2], f"releases {numbers} are shown, of which the first is internal")
    for target in ("releases/1/files", "releases/1/files/incidents.jsonl", "releases/+1/files", "releases/01/files", "releases/ 1/files"):
        check(server.get(urllib.parse.quote(target, safe="/")).status in (400, 404), f"{target}: an internal release is told")
    check(server.get("releases/1/files", server.login("editor")).status == 200, "who may read sees no internal release")
    check(server.stop() == 0, "the server ended badly")
