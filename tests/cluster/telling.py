"""What an archive tells, so that two of them can be compared: the same news tell the same, however they came in.

Exports are compared to the byte. Lists are in the order of storing, which is chance when several store at once: their lines are sorted. Of an article, the time at
which it was stored is left out. Nothing else is left out: ids, days, texts of records and the grounds of incidents must be the same.
"""
import filecmp
import json
import os
import re

import command

FORMATS = ("acled", "ged", "geojson", "plover", "polecat", "gdelt", "hapi", "hxl", "airwars", "airwars-casualties", "airwars-statements", "csv", "jsonl")
PROFILES = ("public", "internal")
TODAY = "2020-09-14"  # delays of publication are counted to it
PLACE = re.compile(r"line (\d+) of '([^']+)'|([^:]+):(\d+):")  # how problems say where they are


def write(archive, folder):
    """Writes all that it tells into files of a new folder."""
    os.mkdir(folder)
    for name in FORMATS:
        for profile in PROFILES:
            file = os.path.join(folder, f"{name}.{profile}")
            command.run("export", "--archive", archive, "--format", name, "--profile", profile, "--today", TODAY, "--losses", f"{file}.losses", "-o", file)
    for table, left_out in (("articles", ["stored"]), ("records", []), ("incidents", [])):
        rows = [json.loads(line) for line in command.run(table, "--archive", archive, "--output", "jsonl").splitlines()]
        for row in rows:
            for column in left_out:
                del row[column]
        with open(os.path.join(folder, table), "w", encoding="utf-8") as out:
            out.writelines(sorted(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def differences(one, other):
    """A sentence for each file of two folders that is not the same."""
    names = sorted(os.listdir(one))
    if names != sorted(os.listdir(other)):
        yield "they do not tell of the same things"
        return
    _, differing, unread = filecmp.cmpfiles(one, other, names, shallow=False)
    for name in differing + unread:
        with open(os.path.join(one, name), encoding="utf-8") as a, open(os.path.join(other, name), encoding="utf-8") as b:
            a, b = a.readlines(), b.readlines()
        at = next((number for number, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        yield f"'{name}' differs at line {at + 1} ({len(a)} and {len(b)} lines):\n  {''.join(a[at:at + 1]).strip()[:600]}\n  {''.join(b[at:at + 1]).strip()[:600]}"


def count(archive, table):
    return len(command.run(table, "--archive", archive, "--output", "jsonl").splitlines())


def unread(archive):
    """The (file, line) of each article that could not be read."""
    places = []
    for line in command.run("problems", "--archive", archive, "--output", "jsonl").splitlines():
        found = PLACE.search(json.loads(line)["reason"])
        places.append((found[2] or found[3], int(found[1] or found[4])))
    return sorted(places)
