"""What the tests of faults share: articles, a command, and an archive looked at from outside.

An archive is opened here by SQLite alone, so that a fault of Marsad's own cannot hide itself.
"""
import hashlib
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from articles import samples

MARSAD = os.path.realpath(os.environ.get("MARSAD", "build/release/marsad"))
SOURCE = os.environ.get("MARSAD_SOURCE_DIR", ".")
NOW = 1_600_000_000

work = tempfile.mkdtemp(prefix="marsad-fault.")
faults = []


def complain(what):
    faults.append(what)
    print(what, flush=True)


def finish():
    shutil.rmtree(work, ignore_errors=True)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


def path(name):
    return os.path.join(work, name)


def articles(count):
    return list(itertools.islice(samples(), count))


def write_articles(name, made):
    with open(path(name), "w", encoding="utf-8") as out:
        for article in made:
            print(json.dumps(article, ensure_ascii=False), file=out)
    return path(name)


def environment(now=NOW):
    return dict(os.environ, SOURCE_DATE_EPOCH=str(now))


def start(*arguments, now=NOW, **more):
    """The command, its messages in a file: `errors`."""
    process = subprocess.Popen([MARSAD, *arguments], env=environment(now), stderr=open(path("err"), "w+b"), **more)
    return process


def run(*arguments, now=NOW, **more):
    """Status, output and messages."""
    done = subprocess.run([MARSAD, *arguments], env=environment(now), stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    return done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace")


def told(archive):
    """What the archive tells of its articles, records and incidents, whichever way it came to it."""
    tables = []
    for table in ("articles", "records", "incidents"):
        status, out, err = run(table, "--archive", archive, "-f", "jsonl")
        if status != 0:
            complain(f"'{table}' ends with {status}: {err}")
        tables.append("\n".join(sorted(out.splitlines())))
    return "\n\n".join(tables)


# --- an archive from outside ---------------------------------------------------------------------------------------------


def log_hash(before, line, time, what, subject, detail):
    parts = (str(line), str(time), what, subject, detail)
    return hashlib.sha256(before + b"".join(part.encode() + b"\0" for part in parts)).digest()


def check_log(db, complain_of):
    """The chain of hashes; returns the lines of articles, by id."""
    before, newest, lines = bytes(32), 0, {}
    for number, (line, time, what, subject, detail, hashed) in enumerate(db.execute("SELECT line, time, what, subject, detail, hash FROM log ORDER BY line"), 1):
        if line != number:
            complain_of(f"log line {number} is missing")
            return lines
        if hashed != log_hash(before, line, time, what, subject, detail):
            complain_of(f"log line {line} does not follow from the line before")
        if time < newest:
            complain_of(f"log line {line} goes back in time")
        before, newest = hashed, time
        if what == "article":
            lines[subject] = detail
    return lines


def digest(db, key):
    """As an article's line of the log has it: over ids and bodies in the order of the ids."""
    hashed = hashlib.sha256()
    for record, body in db.execute("SELECT id, body FROM record WHERE article = ? ORDER BY id", (key,)):
        hashed.update(record.encode() + b"\0" + body.encode() + b"\0")
    return hashed.hexdigest()


def check_articles(db, lines, complain_of):
    stored = db.execute("SELECT a.key, a.id, hex(a.evidence), hex(a.text_sha256), (SELECT count(*) FROM record r WHERE r.article = a.key),"
                        " (SELECT count(*) FROM copy_band c WHERE c.article = a.key) FROM article a").fetchall()
    for key, article, evidence, text, records, bands in stored:
        want = f"records {records} {digest(db, key)} evidence {evidence.lower()} text {text.lower()}"
        if not lines.pop(article, "").endswith(want):
            complain_of(f"article {article} is not as the log tells")
        if bands == 0:
            complain_of(f"article {article} has no place among copies")
    for article in lines:
        complain_of(f"article {article} is in the log and not in the archive")
    words = db.execute("SELECT count(*) FROM article_words_docsize").fetchone()[0]
    if words != len(stored):
        complain_of(f"{words} articles are indexed, {len(stored)} are stored")


def check(archive, when):
    """Whole by itself; returns the given ids of its articles."""
    def complain_of(what):
        complain(f"{when}: {what}")
    db = sqlite3.connect(archive)
    try:
        for (fault,) in db.execute("PRAGMA integrity_check").fetchall():
            if fault != "ok":
                complain_of(fault)
        for fault in db.execute("PRAGMA foreign_key_check").fetchall():
            complain_of(f"points at nothing: {fault}")
        if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            return set()
        check_articles(db, check_log(db, complain_of), complain_of)
        status, out, err = run("verify", "--archive", archive)
        if status != 0:
            complain_of(f"verify ends with {status}: {out}{err}")
        return {row[0] for row in db.execute("SELECT given_id FROM article")}
    except sqlite3.Error as error:
        complain_of(f"SQLite: {error}")
        return set()
    finally:
        db.close()


def remove(archive):
    for ending in ("", "-wal", "-shm"):
        if os.path.exists(archive + ending):
            os.remove(archive + ending)
