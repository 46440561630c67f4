#!/usr/bin/env python3
"""What is learned holds for all parties alike: no feature of lexicon/ar/weights.tsv names one, by its name or by the adjective of a state."""
import csv
import glob
import os
import sys

TABLES = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "lexicon", "ar"))


def rows(pattern):
    for path in sorted(glob.glob(os.path.join(TABLES, pattern))):
        with open(path, encoding="utf-8", newline="") as table:
            lines = (line for line in table if line.strip() and not line.startswith("#"))
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def main():
    parties = {row["lemma"] for row in rows("demonyms.tsv")}
    for row in rows("actors-*.tsv"):
        parties.update([row["name"], *row["aliases"].split("|")])
    parties.discard("")
    features = [row["feature"] for row in rows("weights.tsv")]
    named = [feature for feature in features for part in feature.split("|") if part.partition("=")[2] in parties]
    print(f"{len(features)} features, {len(parties)} names of parties, {len(named)} that name one")
    if not features or not parties or named:
        sys.exit("\n".join(named) or "nothing to compare")


if __name__ == "__main__":
    main()
