#!/usr/bin/env python3
"""Whether confidence keeps its word: of the records with about that confidence, how many are right.

usage: reliability.py GOLD.jsonl READING.jsonl

A record counts as right when the gold has one of its kind in the sentence that is not taken by a record whose trigger fits better: what score.py counts as an event.
The last line is the mean distance between confidence and share, weighted by the number of records (expected calibration error).
"""
import sys

import score_errors

EDGES = (0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.95, 1.01)


def verdicts(gold_path, reading_path):
    """(confidence, right) of every record read."""
    readings = score_errors.load(reading_path)
    for article in score_errors.load(gold_path).values():
        for gold, read in score_errors.sentences_of(article, readings.get(article["id"], {}).get("records", [])):
            right = [r for _, r in score_errors.pairs(gold, read)]
            for record in read:
                yield record["confidence"], any(record is r for r in right)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    records = sorted(verdicts(*sys.argv[1:]))
    error, low = 0.0, 0.0
    print("confidence   records  mean  right")
    for high in EDGES:
        some = [(c, right) for c, right in records if low <= c < high]
        if some:
            mean, share = sum(c for c, _ in some) / len(some), sum(right for _, right in some) / len(some)
            error += abs(mean - share) * len(some) / len(records)
            print(f"{low:.2f}..{min(high, 1):.2f} {len(some):9} {mean:6.2f} {share:6.2f}")
        low = high
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
