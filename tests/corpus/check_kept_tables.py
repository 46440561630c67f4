#!/usr/bin/env python3
"""Keep the observatory's reports in an archive: its tables are what they were, whatever the order in which the reports came in.

    tests/corpus/check_kept_tables.py            the test: tables as in tests/samples/observatory/, and byte for byte the same for shuffled reports taken in by parts
    tests/corpus/check_kept_tables.py --renew    writes tests/samples/observatory/ anew: look at its diff before you keep it

$MARSAD names the command.
"""
import argparse
import difflib
import os
import random
import sys
import tempfile

import kept

FOLDER = os.path.join(kept.ROOT, "tests", "samples", "observatory")
TRUCE = ("--agreement", "calm-aleppo-2016-05")
TABLES = {
    "incidents.jsonl": ("incidents", "--output", "jsonl"),
    "tallies-day.jsonl": ("tallies", "--by", "day", "--output", "jsonl"),
    "tallies-area-party.jsonl": ("tallies", "--by", "area,party,kind", "--output", "jsonl"),
    "control.jsonl": ("control", "--output", "jsonl"),
    "control-known-0508.jsonl": ("control", "--as-known-on", "2016-05-08", "--output", "jsonl"),
    "truce.jsonl": ("truce", *TRUCE, "--output", "jsonl"),
    "candidates.jsonl": ("truce", "candidates", *TRUCE, "--output", "jsonl"),
    "export.jsonl": ("export", "--format", "jsonl", "--profile", "internal"),
}
KEPT = [name for name in TABLES if name != "export.jsonl"]  # the export is large, and its layout has golden files of its own
ORDERS = 6


def tables_of(folder, name, parts):
    """{table: bytes} of an archive that takes in `parts`, lists of lines, one after the other."""
    archive = kept.Archive(os.path.join(folder, name + ".marsad"))
    for part in parts:
        archive.ingest(part)
    return {table: archive.run(*words) for table, words in TABLES.items()}


def shuffled(lines, seed):
    """The lines in another order, cut into one to five parts."""
    chance = random.Random(seed)
    mixed = chance.sample(lines, len(lines))
    cuts = sorted(chance.sample(range(1, len(lines)), chance.randrange(5)))
    return [mixed[first:end] for first, end in zip([0, *cuts], [*cuts, len(lines)])]


def differences(name, want, got):
    lines = difflib.unified_diff(want.decode().splitlines(), got.decode().splitlines(), "tests/samples/observatory/" + name, "now", lineterm="", n=0)
    return [line[:400] for line in lines][:12]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--renew", action="store_true")
    arguments = parser.parse_args()
    lines, faults = kept.lines_of(kept.OBSERVATORY), []
    with tempfile.TemporaryDirectory() as folder:
        tables = tables_of(folder, "as-written", [lines])
        if arguments.renew:
            os.makedirs(FOLDER, exist_ok=True)
            for name in KEPT:
                with open(os.path.join(FOLDER, name), "wb") as file:
                    file.write(tables[name])
            return 0
        for name in KEPT:
            with open(os.path.join(FOLDER, name), "rb") as file:
                faults += differences(name, file.read(), tables[name])
        for seed in range(ORDERS):
            other = tables_of(folder, f"order-{seed}", shuffled(lines, seed))
            for name in TABLES:
                if other[name] != tables[name]:
                    faults += [f"in order {seed} {name} is another:"] + differences(name, tables[name], other[name])
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
