"""What a test says: what is going on, and what is not as it must be. It goes on after a fault, and tells all of them."""
import os
import sys
import time

_begin = time.monotonic()
_faults = []


def say(what):
    print(f"{time.monotonic() - _begin:6.1f} s  {what}", flush=True)


def complain(what):
    _faults.append(what)
    say(f"not so: {what}")


def check(is_so, what):
    if not is_so:
        complain(what)
    return is_so


def skip(reason):
    print(reason)
    sys.exit(77)  # what ctest takes for it


def finish():
    say(f"{len(_faults)} faults")
    sys.exit(1 if _faults else 0)


def number(name, otherwise):
    """A number from the environment."""
    return int(os.environ.get(name, otherwise))
