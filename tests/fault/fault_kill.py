"""Ingest is killed at random moments; what it had told as stored is there, whole, and the end is as if nothing had happened."""
import os
import random
import re
import subprocess
import time

from faults import articles, check, complain, environment, finish, MARSAD, path, remove, run, told, write_articles

KILLS = int(os.environ.get("MARSAD_KILLS", "200"))
ARTICLES = 440
SEED = 20160506

made = articles(ARTICLES)
news = write_articles("news.jsonl", made)
began = time.monotonic()
status, _, err = run("ingest", "--archive", path("whole.marsad"), news)
whole_seconds = time.monotonic() - began
if status != 0:
    complain(f"the undisturbed ingest ends with {status}: {err}")
check(path("whole.marsad"), "undisturbed")
whole = told(path("whole.marsad"))


def told_as_stored(out):
    numbers = re.findall(rb"^stored: (\d+) articles$", out, re.M)
    return int(numbers[-1]) if numbers else 0


def kill_one(archive, after, jobs):
    """Returns whether it came to its end before."""
    with open(path("out"), "wb") as out:
        process = subprocess.Popen([MARSAD, "ingest", "--verbose", "--archive", archive, "--jobs", str(jobs), news], env=environment(), stdout=out,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return process.returncode == 0


dice = random.Random(SEED)
archive = path("killed.marsad")
kills = ends = 0
held = set()
while kills < KILLS:
    after = dice.random() * whole_seconds
    came_to_its_end = kill_one(archive, after, dice.choice((1, 2)))
    kills += not came_to_its_end
    when = f"kill {kills} after {after:.3f} s (seed {SEED})"
    if os.path.exists(archive):
        stored = check(archive, when)
        with open(path("out"), "rb") as out:
            promised = {article["id"] for article in made[:told_as_stored(out.read())]}
        if not promised <= stored:
            complain(f"{when}: {len(promised - stored)} articles were told as stored and are not there")
        if not held <= stored:
            complain(f"{when}: {len(held - stored)} articles that were there are gone")
        held = stored
    if came_to_its_end or len(held) == ARTICLES and dice.random() < 0.2:
        run("ingest", "--archive", archive, news)
        check(archive, when)
        if told(archive) != whole:
            complain(f"{when}: the archive tells something else than one that was never disturbed")
        remove(archive)
        held = set()
        ends += 1
print(f"{KILLS} kills of an ingest of {ARTICLES} articles ({whole_seconds:.2f} s), {ends} archives brought to their end", flush=True)
run("ingest", "--archive", archive, news)
if told(archive) != whole:
    complain("the last archive tells something else than one that was never disturbed")
finish()
