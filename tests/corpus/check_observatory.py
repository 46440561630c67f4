#!/usr/bin/env python3
"""Check the tables of tests/observatory against each other and against samples/observatory.jsonl.

They were written by hand and are what people expect of the reports (tests/observatory/README.md). Checked here: form, days, order of figures, that every report that is
named exists and speaks of the place on or after the day, that control has no gap and no overlap within a town, that an incident named elsewhere exists, and that tallies.tsv
is the sum of incidents.tsv. Prints file:line of whatever is wrong. Exit 0 when all is well, 1 otherwise.
"""
import collections
import datetime
import os
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import annotate  # noqa: E402

HEADERS = {
    "incidents": "incident kind place governorate first_day last_day dated actors targets low best high open part_of counts reports speakers chains denied_by note",
    "control": "town first_day last_day state holder claimants reports note",
    "truce": "report agreement place day act accuser accused in_area in_window party candidate incident note",
    "agreements": "agreement event day report speaker parties area excluded hours note",
    "tallies": "governorate day_known incidents low best high open",
}
VALUES = {"dated": "stated carried none", "day_known": "yes no", "open": "yes no", "counts": "yes no", "state": "held contested", "in_area": "yes no unknown", "in_window": "yes no unknown",
          "party": "bound excluded mixed unknown", "candidate": "yes no unknown"}
WINDOW = ("2016-04-28", "2016-05-14")


def table(name, faults):
    """[(where, {column: cell})]; an empty cell is written as -."""
    path = f"tests/observatory/{name}.tsv"
    with open(os.path.join(ROOT, path), encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    if lines.pop():
        faults.append(f"{path}: the last line has no end")
    columns = HEADERS[name].split()
    if lines[0].split("\t") != columns:
        faults.append(f"{path}:1: other columns than {columns}")
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells, where = line.split("\t"), f"{path}:{number}"
        if len(cells) != len(columns) or not all(cells):
            faults.append(f"{where}: {len(cells)} cells, or an empty one")
            continue
        row = {column: "" if cell == "-" else cell for column, cell in zip(columns, cells)}
        faults += [f"{where}: {column} is {row[column]!r}" for column, values in VALUES.items() if column in row and row[column] not in values.split()]
        for column in ("first_day", "last_day", "day"):
            try:
                datetime.date.fromisoformat(row.get(column) or "2016-05-01")
            except ValueError:
                faults.append(f"{where}: {column} is no day")
        rows.append((where, row))
    return rows


def check_reports(rows, articles, faults):
    """Every report named exists, was not published before what it tells, and has the name of a place of the row."""
    for where, row in rows:
        named = (row.get("reports") or row.get("report")).split()
        for name in named:
            if name not in articles:
                faults.append(f"{where}: there is no report {name}")
            elif articles[name]["published"] < (row.get("first_day") or row.get("day") or "") and row.get("event") not in ("planned", "ends"):
                faults.append(f"{where}: {name} was published before the day")
        words = [word for word in (row.get("place") or row.get("town") or "").split() if len(word) > 2]
        texts = [articles[name]["text"] for name in named if name in articles]
        if words and not any(word in text for word in words for text in texts):
            faults.append(f"{where}: no report of the row speaks of {' '.join(words)}")


def check_incidents(rows, faults):
    labels = [row["incident"] for _, row in rows]
    for where, row in rows:
        figures = [row["low"], row["best"], row["high"]]
        if any(figures) and not (all(figures) and int(row["low"]) <= int(row["best"]) <= int(row["high"])):
            faults.append(f"{where}: figures {figures}")
        if labels.count(row["incident"]) > 1 or row["part_of"] and row["part_of"] not in labels:
            faults.append(f"{where}: label {row['incident']}, part of {row['part_of']}")
        if (row["dated"] == "none") != (not row["first_day"]) or row["first_day"] > row["last_day"]:
            faults.append(f"{where}: dated {row['dated']}, {row['first_day']} to {row['last_day']}")
        if row["kind"] not in annotate.KINDS:
            faults.append(f"{where}: kind {row['kind']}")
        if row["counts"] == "yes" and (row["part_of"] or not row["best"]):
            faults.append(f"{where}: counts, but is a part of another or has no figure")
    return set(labels)


def check_control(rows, faults):
    """Spans of a town follow each other day by day; a contested town has no holder, and a holder contests nothing."""
    last = {}
    for where, row in rows:
        if (row["state"] == "contested") == bool(row["holder"]):
            faults.append(f"{where}: {row['state']} with holder {row['holder']!r}")
        first = datetime.date.fromisoformat(row["first_day"])
        if row["town"] in last and first - last[row["town"]] != datetime.timedelta(1):
            faults.append(f"{where}: does not begin on the day after the row before")
        last[row["town"]] = datetime.date.fromisoformat(row["last_day"])
    faults += [f"tests/observatory/control.tsv: {town} ends on {day}" for town, day in last.items() if day.isoformat() != WINDOW[1]]


def check_tallies(rows, incidents, faults):
    sums = collections.defaultdict(lambda: [0, 0, 0, 0, "no"])
    for _, row in incidents:
        inside = row["dated"] == "none" or WINDOW[0] <= row["first_day"] and row["last_day"] <= WINDOW[1]
        if row["counts"] == "yes" and inside:
            tally = sums[row["governorate"], "no" if row["dated"] == "none" else "yes"]
            tally[0] += 1
            for at, column in enumerate(("low", "best", "high"), 1):
                tally[at] += int(row[column])
            tally[4] = "yes" if row["open"] == "yes" else tally[4]
    told = {(row["governorate"], row["day_known"]): [int(row[column]) for column in ("incidents", "low", "best", "high")] + [row["open"]] for _, row in rows}
    if told != dict(sums):
        faults.append(f"tests/observatory/tallies.tsv: is not the sum of the incidents, {dict(sums)}")


def main():
    faults = []
    articles = annotate.read_articles(os.path.join(ROOT, "samples", "observatory.jsonl"))
    tables = {name: table(name, faults) for name in HEADERS}
    for name in ("incidents", "control", "truce", "agreements"):
        check_reports(tables[name], articles, faults)
    labels = check_incidents(tables["incidents"], faults)
    faults += [f"{where}: there is no incident {row['incident']}" for where, row in tables["truce"] if row["incident"] and row["incident"] not in labels]
    check_control(tables["control"], faults)
    check_tallies(tables["tallies"], tables["incidents"], faults)
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
