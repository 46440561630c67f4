"""Archives of the samples for tests: made anew with the built command, asked as JSON Lines. $MARSAD names the command."""
import json
import os
import subprocess
import sys

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
OBSERVATORY = os.path.join(ROOT, "samples", "observatory.jsonl")
NOW = "1464739200"  # 2016-06-01, so that an archive is made the same whenever the test runs


class Archive:
    """An archive in the file `path`."""

    def __init__(self, path):
        self.path = path
        self.command = os.path.abspath(os.environ.get("MARSAD") or os.path.join(ROOT, "build", "release", "marsad"))
        self.environment = {name: value for name, value in os.environ.items() if name != "MARSAD_DATA"} | {"SOURCE_DATE_EPOCH": NOW}

    def run(self, *words, given=None):
        """What `marsad words...` prints, in bytes; ends the test where it fails."""
        done = subprocess.run([self.command, *words, "--archive", self.path], input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment, check=False)
        if done.returncode or b"Sanitizer" in done.stderr:
            sys.exit(f"marsad {' '.join(words)} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout

    def ingest(self, lines):
        """Takes articles in, lines of JSON as bytes, in this order."""
        self.run("ingest", "--input", "jsonl", "-", given=b"".join(lines))

    def rows(self, *words):
        """The rows of a table."""
        return [json.loads(line) for line in self.run(*words, "--output", "jsonl").decode().splitlines()]

    def incidents(self):
        """Incidents with all their statements, as an export for those who keep the archive gives them."""
        return [json.loads(line) for line in self.run("export", "--format", "jsonl", "--profile", "internal").decode().splitlines()]


def lines_of(path):
    """The lines of a file, with their ends."""
    with open(path, "rb") as file:
        return file.readlines()
