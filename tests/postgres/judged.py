"""What tests of a cluster share: checks, and a cluster of their own."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "..", "cluster"), os.path.join(HERE, "..")]

SKIPPED = 77
faults = []


def check(is_so, what):
    """One thing that must be so. The test goes on, and tells all that was not."""
    if not is_so:
        faults.append(what)
        print(f"not so: {what}", flush=True)
    return is_so


def finish():
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def need(program):
    if not os.path.exists(program):
        print(f"skipped: there is no '{program}'")
        sys.exit(SKIPPED)
