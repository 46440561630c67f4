#!/usr/bin/env python3
"""What a reading missed, what it made up, and what it has only half right: by stage, kind and rule, with the sentences.

usage: score_errors.py GOLD.jsonl READING.jsonl [--kind KIND] [--stage STAGE] [--summary]

Records are paired within a sentence by kind: those whose triggers touch and that share most fillers first, close to what score.py does. Stages:
    trigger    the word that names the event was not taken for one, or a word was that is none
    kind       it was taken for another kind; or it is a second record where people wrote one
    phrase     a filler of the gold that no record of the sentence has
    role       a filler that another record of the sentence has, or this one in another role; a filler too many
    party      the right words for another party          place      the right words, a point too far away
    speaker    sources           date      days           figure     what is counted, number or bound
    modality   modality          phase     phase
"""
import argparse
import collections
import json
import math

ROLES = ("actors", "targets", "places")
PLACE_KM = 10


def load(path):
    with open(path, encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, filter(str.strip, lines))}


def touch(a, b):
    return bool(a and b) and a[0] < b[1] and b[0] < a[1]


def sentence_of(sentences, span):
    return next((i for i, (start, end) in enumerate(sentences) if span and start <= span[0] < end), -1)


def sentences_of(article, read):
    """(gold records, read records) of each sentence that has any."""
    by_sentence = collections.defaultdict(lambda: ([], []))
    for side, records in enumerate((article["records"], read)):
        for record in records:
            by_sentence[sentence_of(article["sentences"], record["trigger"])][side].append(record)
    return [by_sentence[number] for number in sorted(by_sentence)]


def affinity(g, r):
    shared = sum(any(touch(a["span"], b["span"]) for b in r[role]) for role in (*ROLES, "sources") for a in g[role])
    return 4 * touch(g["trigger"], r["trigger"]) + shared


def pairs(gold, read):
    """Gold and read records of one sentence that belong together."""
    candidates = sorted(((-affinity(g, r), i, k) for i, g in enumerate(gold) for k, r in enumerate(read) if g["kind"] == r["kind"]))
    taken_gold, taken_read, out = set(), set(), []
    for _, i, k in candidates:
        if i not in taken_gold and k not in taken_read:
            taken_gold.add(i)
            taken_read.add(k)
            out.append((gold[i], read[k]))
    return out


def kilometres(a, b):
    la, lo, lb, lob = map(math.radians, (a["lat"], a["lon"], b["lat"], b["lon"]))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lob - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def rule_of(record):
    rules = record.get("rules") or []
    return next((rule for rule in rules if str(rule).startswith("frame:")), "")


class Report:
    """Errors as (stage, what, kind, rule, words, sentence)."""

    def __init__(self):
        self.errors = []

    def add(self, stage, what, kind, rule, words, sentence):
        self.errors.append((stage, what, kind, rule, words, sentence))

    def table(self, title, key, most=None):
        counts = collections.Counter()
        totals = collections.Counter()
        for error in self.errors:
            counts[key(error), error[1]] += 1
            totals[key(error)] += 1
        print(f"{title:28} missed  spurious  half")
        for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:most]:
            print(f"  {name:26} {counts[name, 'missed']:6} {counts[name, 'spurious']:9} {counts[name, 'half']:5}")
        print()


def fillers(report, words, sentence, g, r, read):
    """What is wrong with the parties and places of a pair."""
    rule = rule_of(r)
    for role in ROLES:
        left = list(r[role])
        for filler in g[role]:
            found = next((f for f in left if touch(f["span"], filler["span"])), None)
            if found is None:
                elsewhere = any(touch(f["span"], filler["span"]) for other in read for name in ROLES for f in other[name])
                report.add("role" if elsewhere else "phrase", "half", g["kind"], rule, f"{role[:-1]} «{words(filler['span'])}» not read", sentence)
                continue
            left.remove(found)
            if role == "places":
                if "lat" in filler and ("lat" not in found or found["lat"] is None or kilometres(filler, found) > filler.get("radius_km", PLACE_KM)):
                    report.add("place", "half", g["kind"], rule, f"«{words(filler['span'])}» is {filler['norm']}, read as {found.get('id') or 'no place'}", sentence)
            elif filler["who"] not in ("other", "unknown") and filler["who"] != found["who"]:
                report.add("party", "half", g["kind"], rule, f"«{words(filler['span'])}» is {filler['who']}, read as {found['who']}", sentence)
        for filler in left:
            report.add("role", "half", g["kind"], rule, f"{role[:-1]} «{words(filler['span'])}» too many", sentence)


def rest(report, words, sentence, g, r):
    """What is wrong with sources, days, figures, modality and phase of a pair."""
    rule = rule_of(r)
    for filler in g["sources"]:
        if not any(touch(f["span"], filler["span"]) or words(f["span"]) == words(filler["span"]) for f in r["sources"]):
            report.add("speaker", "half", g["kind"], rule, f"«{words(filler['span'])}» not read; read {[words(f['span']) for f in r['sources']]}", sentence)
    if len(r["sources"]) > len(g["sources"]):
        report.add("speaker", "half", g["kind"], rule, f"too many: {[words(f['span']) for f in r['sources']]}", sentence)
    days = [(w["start"], w["end"]) if w else None for w in (g.get("when"), r.get("when"))]
    if days[0] != days[1]:
        report.add("date", "half", g["kind"], rule, f"{days[0]} read as {days[1]}", sentence)
    counted = [sorted((f["of"], f["value"] if f["value"] is not None else -1, f["bound"]) for f in record["figures"]) for record in (g, r)]
    if counted[0] != counted[1]:
        report.add("figure", "half", g["kind"], rule, f"{counted[0]} read as {counted[1]}", sentence)
    for field in ("modality", "phase"):
        if (g.get(field) or None) != (r.get(field) or None):
            report.add(field, "half", g["kind"], rule, f"«{words(g['trigger'])}» is {g.get(field)}, read as {r.get(field)}", sentence)


def compare(report, article, read):
    text = article["text"].encode()

    def words(span):
        return text[span[0]:span[1]].decode(errors="replace").replace("\n", " ")

    for gold, got in sentences_of(article, read):
        number = sentence_of(article["sentences"], (gold + got)[0]["trigger"])
        sentence = f"{article['id']}: {words(article['sentences'][number]) if number >= 0 else '?'}"
        together = pairs(gold, got)
        for what, records, others in (("missed", gold, got), ("spurious", got, gold)):
            for record in records:
                if any(record is g or record is r for g, r in together):
                    continue
                kinds = sorted({o["kind"] for o in others if touch(o["trigger"], record["trigger"])})
                note = f" ({'read as' if what == 'missed' else 'gold says'} {', '.join(kinds)})" if kinds else ""
                report.add("kind" if kinds else "trigger", what, record["kind"], rule_of(record), f"«{words(record['trigger'])}»{note}", sentence)
        for g, r in together:
            fillers(report, words, sentence, g, r, got)
            rest(report, words, sentence, g, r)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("reading")
    parser.add_argument("--kind", help="this kind alone")
    parser.add_argument("--stage", help="this stage alone")
    parser.add_argument("--summary", action="store_true", help="counts, no sentences")
    options = parser.parse_args()
    report = Report()
    readings = load(options.reading)
    for article in load(options.gold).values():
        compare(report, article, readings.get(article["id"], {}).get("records", []))

    report.errors = [e for e in report.errors if options.kind in (None, e[2]) and options.stage in (None, e[0])]
    report.table("by stage", lambda e: e[0])
    report.table("by kind", lambda e: e[2])
    report.table("by rule (the 40 first)", lambda e: e[3] or "none", 40)
    if options.summary:
        return
    groups = collections.defaultdict(list)
    for stage, what, kind, rule, told, sentence in report.errors:
        groups[stage, what, kind].append(f"  {told}{'  [' + rule + ']' if rule else ''}\n      {sentence}")
    for (stage, what, kind), lines in sorted(groups.items()):
        print(f"{stage}: {what} {kind} {len(lines)}")
        print("\n".join(lines))


if __name__ == "__main__":
    main()
