#!/usr/bin/env python3
"""What a reading missed and what it made up, grouped by kind, with the sentences.

usage: score_errors.py GOLD.jsonl READING.jsonl [--kind KIND]

A record counts as right here if the other side has one of its kind whose trigger touches it, or else one of its kind in the sentence
that is not taken yet: close to what score.py counts as an event. A record of another kind on the same trigger is shown as "read as" or "gold says".
"""
import argparse
import collections
import json


def load(path):
    with open(path, encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, filter(str.strip, lines))}


def touch(a, b):
    return bool(a and b) and a[0] < b[1] and b[0] < a[1]


def sentence_of(sentences, span):
    return next((i for i, (start, end) in enumerate(sentences) if span and start <= span[0] < end), None)


def unmatched(gold, read):
    """The records of one sentence without a partner: (missed, spurious)."""
    missed, spurious = list(gold), list(read)
    for same in (lambda g, r: touch(g["trigger"], r.get("trigger")), lambda g, r: True):
        for g in list(missed):
            for r in spurious:
                if g["kind"] == r["kind"] and same(g, r):
                    missed.remove(g)
                    spurious.remove(r)
                    break
    return missed, spurious


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("gold")
    parser.add_argument("reading")
    parser.add_argument("--kind", help="this kind alone")
    options = parser.parse_args()
    readings = load(options.reading)

    groups = collections.defaultdict(list)
    for article in load(options.gold).values():
        text = article["text"].encode()
        sentences = article["sentences"]
        read = readings.get(article["id"], {}).get("records", [])
        by_sentence = collections.defaultdict(lambda: ([], []))
        for record in article["records"]:
            by_sentence[sentence_of(sentences, record["trigger"])][0].append(record)
        for record in read:
            by_sentence[sentence_of(sentences, record.get("trigger"))][1].append(record)

        def words(span):
            return text[span[0]:span[1]].decode(errors="replace").replace("\n", " ") if span else "?"

        for number, (gold, got) in sorted(by_sentence.items(), key=lambda item: -1 if item[0] is None else item[0]):
            missed, spurious = unmatched(gold, got)
            sentence = words(sentences[number]) if number is not None else "?"
            for what, records, others, verdict in (("missed", missed, got, "read as"), ("spurious", spurious, gold, "gold says")):
                for record in records:
                    other = sorted({o["kind"] for o in others if touch(o.get("trigger"), record.get("trigger"))})
                    note = f" ({verdict} {', '.join(other)})" if other else ""
                    rules = f" [{', '.join(map(str, record['rules']))}]" if record.get("rules") else ""
                    groups[record["kind"], what].append(f"  {article['id']}  «{words(record.get('trigger'))}»{note}{rules}\n      {sentence}")

    for (kind, what), lines in sorted(groups.items()):
        if options.kind in (None, kind):
            print(f"{kind}: {what} {len(lines)}")
            print("\n".join(lines))


if __name__ == "__main__":
    main()
