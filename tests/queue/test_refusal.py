"""What cannot be stored stops no worker: an article that the archive does not take, a parcel whose row is damaged. And a sender that memory is out for ends and says so."""
import os
import random
import shutil
import sqlite3
import subprocess
import sys

from queues import (SOURCE, Broker, Worker, articles, check, dead_letters, enqueue, environment, exported, ingested, path, run, status, test, wait_for,
                    write_articles)

sys.path.append(os.path.join(SOURCE, "tests", "cluster"))
from postgres import PROGRAMS, Postgres  # noqa: E402

COUNT = 40
SHORT = ("--ack-wait", "2")
REFUSING = "ALTER TABLE marsad.article ADD CONSTRAINT of_the_test CHECK (strpos(given_id, 'REFUSED') = 0)"
LARGE = 40000  # bytes that no compression makes few

# A library that has no memory for a certain name.
FORGETFUL = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
char *strdup(const char *text)
{
    char *(*next)(const char *);
    *(void **)&next = dlsym(RTLD_NEXT, "strdup");
    return strstr(text, "forgotten.jsonl") != NULL ? NULL : next(text);
}
"""


def stored_by(worker):
    return sum(line["stored"] for line in worker.lines("batch"))


def large(article):
    """An article whose parcel takes several pages."""
    chance = random.Random(7)
    return dict(article, id="large", text=article["text"] + "\n" + "".join(chance.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(LARGE)))


def refused_articles(broker, cluster, made):
    """The server takes all articles of a batch but two: these are put off, then buried with its reason."""
    good = made[:COUNT]
    bad = [dict(made[COUNT + at], id=f"REFUSED-{at}") for at in range(2)]
    want = ingested("good.marsad", write_articles("good.jsonl", good))
    archive = cluster.database("refused")
    run("archive", "init", archive)
    cluster.sql(REFUSING, "refused")
    enqueue(broker, archive, "--stream", "REFUSED", write_articles("mixed.jsonl", good[:7] + bad[:1] + good[7:] + bad[1:]))
    worker = Worker(broker, archive, "--stream", "REFUSED", "--until-empty", "--deliveries", "2", *SHORT)
    worker.end()
    check(stored_by(worker) == COUNT, f"the others are stored: {stored_by(worker)} of {COUNT}")
    check(not worker.lines("archive away"), "an archive that refuses is not taken for one that is away")
    check(len(worker.lines("refused")) == 4, f"each is refused twice: {worker.lines('refused')}")
    dead = dead_letters(archive)
    check(len(dead) == 2 and all("does not take it" in letter["reason"] and "of_the_test" in letter["reason"] for letter in dead), f"dead letters: {dead}")
    check(all(letter["deliveries"] == 2 for letter in dead), f"at their second delivery: {dead}")
    check(exported(archive) == want, "what is stored is what it is without them")


def damaged_row_on_server(broker, cluster, made):
    """A row of which a part is missing: it is put off, then buried without its bytes."""
    archive = cluster.database("damaged")
    run("archive", "init", archive)
    run("enqueue", "--archive", archive, write_articles("large.jsonl", made[:5] + [large(made[5])] + made[6:10]))
    toast = cluster.sql("SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 'marsad.outbox'::regclass", "damaged").strip()
    cluster.sql(f"CREATE EXTENSION pg_surgery; SELECT heap_force_kill('{toast}', ARRAY['(0,1)']::tid[])", "damaged")
    enqueue(broker, archive, "--stream", "DAMAGED")
    worker = Worker(broker, archive, "--stream", "DAMAGED", "--until-empty", "--deliveries", "2", *SHORT)
    worker.end()
    check(stored_by(worker) == 9, f"the others are stored: {stored_by(worker)}")
    dead = dead_letters(archive)
    check(len(dead) == 1 and "chunk" in dead[0]["reason"], f"one dead letter: {dead}")
    check(cluster.sql("SELECT length(bytes), given FROM marsad.dead_letter", "damaged").split() == ["0", "{}"], "without what cannot be read")


def damaged_row_in_file(broker, made):
    """A row that cannot even be taken away stays, and is told; the others are stored, and the worker works on."""
    enqueue(broker, "damaged.marsad", "--stream", "TORN", write_articles("large.jsonl", made[:5] + [large(made[5])] + made[6:10]))
    file = sqlite3.connect(path("damaged.marsad"))
    size, = file.execute("PRAGMA page_size").fetchone()
    kept, = file.execute("SELECT bytes FROM outbox ORDER BY length(bytes) DESC LIMIT 1").fetchone()
    file.execute("VACUUM")  # no page is left that held the row before
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()
    with open(path("damaged.marsad"), "r+b") as whole:
        at = whole.read().index(kept[3 * size:3 * size + 64])
        whole.seek(at // size * size)
        whole.write(b"\xff\xff\xff\xff")  # the next page of the row
    worker = Worker(broker, "damaged.marsad", "--stream", "TORN", "--deliveries", "2", *SHORT)
    wait_for(lambda: stored_by(worker) == 9, "the others are stored")
    wait_for(lambda: len(worker.lines("damaged")) >= 3, "what is damaged is told, and tried again")
    enqueue(broker, "damaged.marsad", "--stream", "TORN", write_articles("late.jsonl", made[10:20]))
    wait_for(lambda: stored_by(worker) == 19, "what comes later is stored")
    check(not worker.lines("archive away"), "it is not taken for an archive that is away")
    worker.stop()
    told = status(broker, "damaged.marsad", "--stream", "TORN")
    check(told["sent"] == 1 and told["dead_letters"] == 0, f"the damaged one stays: {told}")


def forgetful_sender(broker, made):
    write_articles("forgotten.jsonl", made[:3])
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not check(compiler is not None, "there is a compiler"):
        return
    with open(path("forgetful.c"), "w", encoding="utf-8") as out:
        out.write(FORGETFUL)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", path("forgetful.so"), path("forgetful.c"), "-ldl"], check=True)
    environment["LD_PRELOAD"] = path("forgetful.so")
    done = run("enqueue", "--archive", path("forgotten.marsad"), "--nats", broker.url, path("forgotten.jsonl"), expect=1)
    del environment["LD_PRELOAD"]
    check("out of memory" in done.stderr, f"it says so: {done.stderr}")


with test():
    made = articles(COUNT + 20)
    broker = Broker().start()
    forgetful_sender(broker, made)
    damaged_row_in_file(broker, made)
    if os.path.exists(os.path.join(PROGRAMS, "initdb")):
        cluster = Postgres(fsync=False)
        refused_articles(broker, cluster, made)
        damaged_row_on_server(broker, cluster, made)
        cluster.stop()
    else:
        print("without PostgreSQL")
