#!/usr/bin/env python3
"""What a server does not take: one article of a batch, as a problem of its own; texts and names that are long, in the measure that it does; rows that could not be sent."""
import json
import os
import random
import re
import shutil
import subprocess

from judged import check, finish, need

need(os.path.join(os.environ.get("MARSAD_POSTGRES_PROGRAMS", "/usr/lib/postgresql/15/bin"), "initdb"))
import articles  # noqa: E402
import belongings  # noqa: E402
import command  # noqa: E402
from postgres import Postgres  # noqa: E402

PATIENCE = 120  # seconds, of anything
ARTICLES = 60
REFUSING = "ALTER TABLE marsad.article ADD CONSTRAINT of_the_test CHECK (strpos(given_id, 'REFUSED') = 0)"

# A library in which rows cannot be sent: as libpq when memory is out.
UNSENT = "int PQputCopyData(void *link, const char *bytes, int size) { (void)link; (void)bytes; (void)size; return -1; }\n"


def write(folder, name, made):
    file = os.path.join(folder, name)
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in made)
    return file


def contents(archive):
    """What it holds, whatever the order of storing was."""
    return [sorted(command.run(table, "--archive", archive, "--output", "jsonl").splitlines()) for table in ("articles", "records", "incidents")]


def rows(*words):
    return [json.loads(line) for line in command.run(*words, "--output", "jsonl").splitlines()]


def archive_of(cluster, name):
    archive = cluster.database(name)
    command.run("archive", "init", archive)
    return archive


def ingest(archive, file, **more):
    done = subprocess.run([command.MARSAD, "ingest", "--archive", archive, file], capture_output=True, text=True, timeout=PATIENCE, check=False,
                          env=dict(command.ENVIRONMENT, **more))
    return done.returncode, done.stdout, done.stderr


def test_one_of_many(cluster, folder):
    """Two articles that the schema does not take, among others: those are told and kept as problems, and the others are stored."""
    good = [article for article, _ in zip(articles.samples(), range(ARTICLES))]
    bad = [dict(good[at], id=f"REFUSED-{at}", title=f"عنوان {at}") for at in (3, 41)]
    mixed = good[:20] + bad[:1] + good[20:] + bad[1:]
    plain = os.path.join(folder, "good.marsad")
    command.run("ingest", "--archive", plain, write(folder, "good.jsonl", good))
    archive = archive_of(cluster, "mixed")
    cluster.sql(REFUSING, "mixed")
    status, printed, said = ingest(archive, write(folder, "mixed.jsonl", mixed))
    check(status == 1, f"what is refused makes the status 1, not {status}")
    counts = tuple(map(int, re.findall(r"(\d+) (?:articles added|known already|could not be read)", printed)))
    check(counts == (ARTICLES, 0, 2), f"{counts} is told: {printed}")
    check(said.count("is not stored") == 2 and "'REFUSED-3'" in said and "'REFUSED-41'" in said, f"both are told: {said}")
    check(contents(archive) == contents(plain), "the others are stored, and nothing else")
    problems = rows("problems", "--archive", archive)
    check(sorted(problem["place"] for problem in problems) == ["REFUSED-3", "REFUSED-41"], f"both are kept as problems: {problems}")
    check(all("of_the_test" in problem["reason"] for problem in problems), "with the server's reason")
    cluster.sql("ALTER TABLE marsad.article DROP CONSTRAINT of_the_test", "mixed")
    command.run("verify", "--archive", archive)


def test_long(cluster, folder):
    """More words than a row of search words takes, counted once and counted each time; an outlet longer than what is sorted by."""
    chance = random.Random(1)
    outlet = "".join(chance.choice("ابتثجحخدذرزسشصضطظعغفقكلمنهوي") for _ in range(3001))
    numbers = " ".join(str(n) for n in range(100000, 300000))
    made = [{"id": "many", "source": outlet, "published": "2016-05-10", "title": "عنوان", "text": f"قصفت طائرات مدينة حلب.\n{numbers}"},
            {"id": "again", "source": "وكالة", "published": "2016-05-10", "title": "آخر", "text": "أعلنت وكالة الأنباء في بيان لها. " * 30000}]
    file, plain = write(folder, "long.jsonl", made), os.path.join(folder, "long.marsad")
    command.run("ingest", "--archive", plain, file)
    archive = archive_of(cluster, "long")
    status, _, said = ingest(archive, file)
    check(status == 0, f"long texts and names are stored: {said}")
    copied = cluster.database("copied")
    command.run("archive", "copy", plain, copied)
    want = contents(plain)
    check(sorted(len(row["outlet"].encode()) for row in rows("articles", "--archive", plain)) == [10, 500], "an outlet has 500 bytes at most")
    for where in (archive, copied):
        check(contents(where) == want, "a server holds what a file holds")
    for where in (plain, archive, copied):
        command.run("verify", "--archive", where)
        for word, found in (("حلب", ["many"]), ("123456", ["many"]), ("299999", []), ("الأنباء", ["again"])):
            given = [row["title"] for row in rows("articles", "--archive", where, "--words", word)]
            check(given == [{"many": "عنوان", "again": "آخر"}[name] for name in found], f"'{word}' finds {given} in {where}")


def test_unsent(cluster, folder):
    """Rows that cannot be sent are a failure, and not the end of all answers."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not check(compiler is not None, "there is a compiler"):
        return
    with open(os.path.join(folder, "unsent.c"), "w", encoding="utf-8") as out:
        out.write(UNSENT)
    library = os.path.join(folder, "unsent.so")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, os.path.join(folder, "unsent.c")], check=True)
    archive = archive_of(cluster, "unsent")
    try:
        status, _, said = ingest(archive, os.path.join(folder, "good.jsonl"), LD_PRELOAD=library)
        check(status == 1 and "is not stored" in said, f"rows that could not be sent are told: {status}, {said}")
    except subprocess.TimeoutExpired:
        check(False, "rows that could not be sent are waited for")
    check(contents(archive) == [[], [], []], "nothing of them is stored")


def main():
    folder = belongings.folder("refusal")
    cluster = Postgres(fsync=False)
    test_one_of_many(cluster, folder)
    test_long(cluster, folder)
    test_unsent(cluster, folder)
    cluster.stop()
    finish()


if __name__ == "__main__":
    main()
