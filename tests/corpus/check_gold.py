#!/usr/bin/env python3
"""The annotations of tests/gold hold together, stand apart from each other, and fit the articles where those are beside this tree.

Of the articles' text the annotations keep only length and hash. Without the articles the second half is skipped.
"""
import json
import os
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
ARTICLES = os.path.join(ROOT, "..", "shared", "data", "news", "dev.jsonl")
GOLD = [os.path.join(ROOT, "tests", "gold", name) for name in ("tune.jsonl", "more.jsonl", "held.jsonl")]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools"))
import gold  # noqa: E402


def texts_inside():
    """No sentence of an article has strayed into the annotations: they are identifiers, numbers and bare names of places."""
    for article in gold.articles(GOLD):
        for record in article["records"]:
            for place in record["places"]:
                if len(place["norm"].split()) > 8:
                    yield f"{article['id']}: a place called '{place['norm']}'"
        if "text" in article or "title" in article:
            yield f"{article['id']}: carries its text"


def main():
    if gold.check(GOLD):
        sys.exit(1)
    strays = list(texts_inside())
    if strays:
        sys.exit("\n".join(strays))
    if not os.path.exists(ARTICLES):
        print("skipped: the articles are not beside this tree")
        return
    pool = {article["id"]: article["text"].encode() for article in map(json.loads, open(ARTICLES, encoding="utf-8"))}
    faults = 0
    for article in gold.articles(GOLD):
        text = pool.get(article["id"], b"")[:article["bytes"]]
        for record in article["records"]:
            for start, end in gold.spans(record):
                try:
                    blank = not text[start:end].decode().strip()
                except UnicodeDecodeError:
                    blank = True
                if blank:
                    faults += 1
                    print(f"{article['id']}: {record['kind']}: {start}..{end} is no word")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
