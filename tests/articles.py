#!/usr/bin/env python3
"""Many articles, as JSON Lines: those of the news corpus beside the tree where there is one, else the samples again and again.

`tests/articles.py COUNT` prints so many; tests take them from news() or samples().
"""
import itertools
import json
import os
import subprocess
import sys
from datetime import date, timedelta

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NEWS = os.path.join(SOURCE, "..", "shared", "data", "news", "bulk.jsonl.zst")
ROUND_DAYS = 40  # copies are sought among articles at most 30 days apart


def samples():
    """The samples without end, each round of them later than copies are sought."""
    once = []
    for name in ("reports.jsonl", "observatory.jsonl"):
        with open(os.path.join(SOURCE, "samples", name), encoding="utf-8") as lines:
            once += [json.loads(line) for line in lines]
    for number, article in enumerate(itertools.cycle(once)):
        later = date.fromisoformat(article["published"]) + timedelta(days=number // len(once) * ROUND_DAYS)
        yield dict(article, id=f"{article['id']}-{number}", published=str(later))


def news(count):
    """Lines, with their ends: of the news as far as they go, then of the samples."""
    taken = 0
    if os.path.exists(NEWS):
        with subprocess.Popen(["zstd", "-dcq", NEWS], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as unpacking:
            for line in itertools.islice(unpacking.stdout, count):
                taken += 1
                yield line.decode()
            unpacking.kill()
    for article in itertools.islice(samples(), count - taken):
        yield json.dumps(article, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.writelines(news(int(sys.argv[1])))
