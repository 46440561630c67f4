#!/usr/bin/env python3
"""Run the commands of docs/tour.md, and compare what they print with what stands below them.

    tests/corpus/check_tour.py            the test
    tests/corpus/check_tour.py --renew    writes the outputs of docs/tour.md anew: look at its diff before you keep it

A block of commands begins with ```sh, and the block right behind it, which begins with ```, is what they print (with messages). They run in a folder of their own, one after the other,
with the samples beside them, $COLUMNS 120, the clock at 2016-06-01. Marks of direction, which cannot be seen, are left out. $MARSAD names the command.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile

import kept

TOUR = os.path.join(kept.ROOT, "docs", "tour.md")
PAIR = re.compile(r"^```sh\n(.*?)^```\n\n```\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printed(commands, folder):
    """What `commands` print, in a shell of their own."""
    program = os.path.abspath(os.environ.get("MARSAD") or os.path.join(kept.ROOT, "build", "release", "marsad"))
    environment = {name: value for name, value in os.environ.items() if name != "MARSAD_DATA"}
    environment |= {"PATH": os.path.dirname(program) + ":" + environment["PATH"], "XDG_DATA_HOME": folder, "COLUMNS": "120", "SOURCE_DATE_EPOCH": kept.NOW}
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, env=environment, check=False)
    text = UNSEEN.sub("", done.stdout.decode())
    if done.returncode:
        text += f"ended with {done.returncode}\n"
    text = re.sub(r", \d+\.\d s$", ", 0.1 s", text, flags=re.MULTILINE)  # how long it took
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--renew", action="store_true")
    arguments = parser.parse_args()
    with open(TOUR, encoding="utf-8") as file:
        tour = file.read()
    faults, count = [], 0
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(kept.ROOT, "samples"), os.path.join(folder, "samples"))

        def run(pair):
            nonlocal count
            count += 1
            got = printed(pair.group(1), folder)
            faults.extend(line for line in difflib.unified_diff(pair.group(2).splitlines(), got.splitlines(), "docs/tour.md", pair.group(1).strip(), lineterm="", n=1))
            return f"```sh\n{pair.group(1)}```\n\n```\n{got}```\n"

        renewed = PAIR.sub(run, tour)
    if arguments.renew:
        with open(TOUR, "w", encoding="utf-8") as file:
            file.write(renewed)
        return 0
    if count != tour.count("```sh\n"):
        faults.append(f"docs/tour.md: {tour.count('```sh')} blocks of commands, {count} with their output")
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
