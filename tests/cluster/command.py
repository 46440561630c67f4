"""The command under test."""
import os
import subprocess

import belongings

MARSAD = os.path.realpath(os.environ.get("MARSAD", "build/release/marsad"))
NOW = 1_600_000_000  # when everything is stored: what is told of an archive holds it
ENVIRONMENT = dict(os.environ, SOURCE_DATE_EPOCH=str(NOW))


def run(*words, fine=(0,)):
    """What it prints, in bytes; raises with its messages when its status is none of `fine`."""
    done = subprocess.run([MARSAD, *words], env=ENVIRONMENT, capture_output=True, check=False)
    if done.returncode not in fine:
        said = (done.stderr or done.stdout).decode("utf-8", "replace")
        raise RuntimeError(f"marsad {' '.join(words)} ends with {done.returncode}: {said[-1000:]}")
    return done.stdout


def start(*words, messages):
    """A process of the test's, whose output and messages are added to the file `messages`."""
    with open(messages, "ab") as out:
        return belongings.start([MARSAD, *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
