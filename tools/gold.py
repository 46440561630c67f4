#!/usr/bin/env python3
"""Annotated articles without their text, and with it again.

usage: gold.py strip GOLD.jsonl... > STRIPPED.jsonl           leave out what belongs to the publisher
       gold.py join ARTICLES.jsonl STRIPPED.jsonl... > GOLD.jsonl   put the text back: the first `bytes` of it, and the same by `sha256`
       gold.py check STRIPPED.jsonl...                        what can be told without the text

A stripped article: {"id", "published", "bytes", "sha256", "sentences": [[start, end]...], "records": [...]}; spans are bytes of the article's UTF-8 text. An article that
ARTICLES has not, or has with another text, is told and left out with status 1.
"""
import hashlib
import json
import sys

KINDS = set("clash airstrike shelling bombing attack killing destruction abduction detention siege abuse capture hold advance withdraw deploy "
            "military_aid truce talks agreement aid displacement release protest demand accuse threaten reject support sanction".split())
MODALITIES = set("asserted planned denied possible".split())


def articles(paths):
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            yield from map(json.loads, filter(str.strip, lines))


def put(article):
    print(json.dumps(article, ensure_ascii=False, separators=(",", ":")))


def strip(paths):
    for article in articles(paths):
        text = article["text"].encode()
        put({"id": article["id"], "published": article["published"], "bytes": len(text), "sha256": hashlib.sha256(text).hexdigest(),
             "sentences": article["sentences"], "records": article["records"]})
    return 0


def join(paths):
    pool = {article["id"]: article for article in articles(paths[:1])}
    status = 0
    for stripped in articles(paths[1:]):
        article = pool.get(stripped["id"])
        text = article["text"].encode()[:stripped["bytes"]] if article else b""
        if hashlib.sha256(text).hexdigest() != stripped["sha256"]:
            print(f"gold: {stripped['id']}: {'another text' if article else 'no such article'}", file=sys.stderr)
            status = 1
            continue
        put({"id": stripped["id"], "source": article["source"], "published": stripped["published"], "title": article.get("title", ""), "text": text.decode(),
             "sentences": stripped["sentences"], "records": stripped["records"]})
    return status


def spans(record):
    yield record["trigger"]
    for role in ("actors", "targets", "places", "figures", "sources"):
        yield from (filler["span"] for filler in record[role])
    if record.get("when"):
        yield record["when"]["span"]


def faults(article):
    for record in article["records"]:
        where = f"{article['id']} {record['kind']} {record['trigger']}"
        if record["kind"] not in KINDS or record["modality"] not in MODALITIES:
            yield f"{where}: kind or modality"
        if not any(start <= record["trigger"][0] < end for start, end in article["sentences"]):
            yield f"{where}: the trigger stands in no sentence"
        for span in spans(record):
            if not (len(span) == 2 and 0 <= span[0] < span[1] <= article["bytes"]):
                yield f"{where}: {span} is no span of {article['bytes']} bytes"


def check(paths):
    seen, count, records = set(), 0, 0
    for article in articles(paths):
        problems = list(faults(article)) + ([f"{article['id']}: twice"] if article["id"] in seen else [])
        seen.add(article["id"])
        records += len(article["records"])
        count += len(problems)
        for problem in problems:
            print(f"gold: {problem}", file=sys.stderr)
    print(f"{len(seen)} articles, {records} records, {count} faults")
    return int(count > 0)


def main():
    verbs = {"strip": strip, "join": join, "check": check}
    if len(sys.argv) < 3 or sys.argv[1] not in verbs:
        print(__doc__, file=sys.stderr)
        return 2
    return verbs[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
