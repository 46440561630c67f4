"""Two programs write at once, readers beside them; and the clock goes back."""
import sqlite3
import subprocess

from faults import articles, check, complain, environment, finish, MARSAD, NOW, path, run, told, write_articles

made = articles(440)
news = write_articles("news.jsonl", made)
halves = [write_articles("even.jsonl", made[::2]), write_articles("odd.jsonl", made[1::2])]
run("ingest", "--archive", path("whole.marsad"), news)
whole = told(path("whole.marsad"))

# --- two halves, and then the whole by three at once ------------------------------------------------------------------------------


def ingest_at_once(archive, files):
    writers = [subprocess.Popen([MARSAD, "ingest", "--archive", archive, file], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
               for file in files]
    reads = 0
    while any(writer.poll() is None for writer in writers):
        status, _, err = run("incidents", "--archive", archive, "-f", "jsonl")
        if status != 0 and "no archive" not in err:
            complain(f"reading beside writers ends with {status}: {err}")
        reads += 1
    for writer in writers:
        _, err = writer.communicate()
        if writer.returncode != 0:
            complain(f"one of {len(files)} writers ends with {writer.returncode}: {err.decode()}")
    return reads


reads = ingest_at_once(path("shared.marsad"), halves)
check(path("shared.marsad"), "two writers")
if told(path("shared.marsad")) != whole:
    complain("what two writers wrote tells something else than what one wrote")
print(f"two writers, {reads} readings beside them", flush=True)
ingest_at_once(path("same.marsad"), [news, news, news])
check(path("same.marsad"), "three writers of the same")
if told(path("same.marsad")) != whole:
    complain("what three writers wrote of the same tells something else than what one wrote")

# --- somebody waits for news with the archive open: others write --------------------------------------------------------------------

waiting = subprocess.Popen([MARSAD, "ingest", "--input", "jsonl", "--archive", path("waiting.marsad"), "-"], env=environment(), stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
with open(halves[0], "rb") as lines:
    waiting.stdin.write(lines.readline())
waiting.stdin.flush()
status, _, err = run("ingest", "--archive", path("waiting.marsad"), halves[1])
if status != 0:
    complain(f"beside one that waits, ingest ends with {status}: {err}")
waiting.communicate()
if waiting.returncode != 0:
    complain(f"the one that waits ends with {waiting.returncode}")
check(path("waiting.marsad"), "one that waits")

# --- the clock goes back ------------------------------------------------------------------------------------------------------------

for now, file in ((NOW, halves[0]), (NOW - 86400, halves[1])):
    status, _, err = run("ingest", "--archive", path("clock.marsad"), file, now=now)
    if status != 0:
        complain(f"at {now}, ingest ends with {status}: {err}")
check(path("clock.marsad"), "the clock goes back")
db = sqlite3.connect(path("clock.marsad"))
if db.execute("SELECT count(*) FROM log WHERE what = 'clock' AND detail LIKE '%86400 seconds%'").fetchone()[0] == 0:
    complain("the log does not tell that the clock went back")
if db.execute("SELECT count(*) FROM log WHERE time < ?", (NOW,)).fetchone()[0] != 0:
    complain("a line of the log is before the line before it")
db.close()
finish()
