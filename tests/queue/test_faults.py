"""Workers, broker and archive that go away in the middle: nothing is lost, nothing is stored twice, and one bad parcel takes nobody with it."""
import os
import shutil
import sqlite3
import subprocess
import time

from queues import (Broker, Worker, articles, check, children, dead_letters, enqueue, environment, exported, ingested, path, run, status, test,
                    wait_for, write_articles, MARSAD)

COUNT = 400
SHORT = ("--ack-wait", "2")  # seconds until what a dead worker had goes to another

# A library that ends the program where JSON holds a certain word: a parser with a fault, as far as the worker can tell.
CRASHING = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <string.h>
#include <jansson.h>
json_t *json_loadb(const char *bytes, size_t size, size_t flags, json_error_t *error)
{
    json_t *(*next)(const char *, size_t, size_t, json_error_t *);
    *(void **)&next = dlsym(RTLD_NEXT, "json_loadb");
    if (memmem(bytes, size, "\"CRASH-HERE\"", 12) != NULL)
        raise(SIGSEGV);
    return next(bytes, size, flags, error);
}
"""


def crashing_library():
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    with open(path("crashing.c"), "w", encoding="utf-8") as out:
        out.write(CRASHING)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", path("crashing.so"), path("crashing.c"), "-ldl"], check=True)
    return path("crashing.so")


def stored_by(*workers):
    return sum(line["stored"] for worker in workers for line in worker.lines("batch"))


def killed_worker(broker, want, file):
    """kill -9 in the middle: another one takes over what it had."""
    enqueue(broker, "killed.marsad", "--stream", "KILLED", file)
    victim = Worker(broker, "killed.marsad", "--stream", "KILLED", "--batch", "8", *SHORT)
    wait_for(lambda: len(victim.lines("batch")) >= 5, "it is in the middle")
    victim.kill()
    check(0 < status(broker, "killed.marsad", "--stream", "KILLED")["sent"] < COUNT, "it was killed in the middle")
    heir = Worker(broker, "killed.marsad", "--stream", "KILLED", "--until-empty")
    heir.end()
    check(exported("killed.marsad") == want, "after kill -9 nothing is missing and nothing is twice")


def poisoned_worker(broker, made):
    """A parcel that ends the program ends as a dead letter; those that were fetched with it are read."""
    library = crashing_library()
    if not check(library is not None, "there is a compiler"):
        return
    good = made[:60]
    file = write_articles("poison.jsonl", good[:20] + [dict(made[60], id="CRASH-HERE")] + good[20:])
    want = ingested("good.marsad", write_articles("good.jsonl", good))
    enqueue(broker, "poison.marsad", "--stream", "POISON", file)
    options = ("--stream", "POISON", "--batch", "32", "--until-empty", "--deliveries", "3", *SHORT)
    deaths = 0
    worker = Worker(broker, "poison.marsad", *options, preload=library)
    while worker.process.wait(timeout=60) != 0 and deaths < 5:
        deaths += 1
        worker = Worker(broker, "poison.marsad", *options, preload=library)
    check(deaths == 1, f"it ends the program once, and not again: {deaths}")
    dead = dead_letters("poison.marsad")
    check(len(dead) == 1 and "signal 11" in dead[0]["reason"], f"one dead letter: {dead}")
    check(exported("poison.marsad") == want, "those that were with it are stored")


def broker_that_comes_late(want, file):
    """Down at the start; killed in the middle; back without anything: workers and senders wait."""
    broker = Broker("late")
    run("enqueue", "--archive", path("late.marsad"), file)
    worker = Worker(broker, "late.marsad", "--batch", "8", "--until-empty", *SHORT)
    sender = subprocess.Popen([MARSAD, "enqueue", "--archive", path("late.marsad"), "--nats", broker.url], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children.append(sender)
    wait_for(lambda: worker.lines("queue away"), "it tells that the queue is away")
    broker.start()
    check(sender.wait(timeout=60) == 0, "the sender waits for the broker")
    wait_for(lambda: stored_by(worker) > 20, "it works")
    broker.kill()
    time.sleep(1)
    broker.start()
    worker.end()
    check(exported("late.marsad") == want, "a broker that was away costs nothing")


def broker_that_forgets(want, file):
    """The store alone makes the stream again: by --resend, and by a worker that finds none."""
    broker = Broker("forgets").start()
    enqueue(broker, "forgot.marsad", file)
    broker.kill()
    broker.lose_all()
    broker.start()
    told = status(broker, "forgot.marsad")
    check(told["sent"] == COUNT and "messages" not in told, f"the stream is gone: {told}")
    enqueue(broker, "forgot.marsad", "--resend")
    check(status(broker, "forgot.marsad")["messages"] == COUNT, "the outbox makes it again")
    worker = Worker(broker, "forgot.marsad", "--batch", "8", "--until-empty", *SHORT)
    wait_for(lambda: stored_by(worker) > 20, "it works")
    broker.kill()
    broker.lose_all()
    broker.start()
    worker.end()
    check(worker.lines("sent from the outbox"), "the worker has sent again what was lost")
    check(exported("forgot.marsad") == want, "a broker that forgets costs nothing")


def archive_that_is_busy(broker, want, file):
    """Another program holds the archive for longer than a commit waits: the worker goes on trying, and the queue hears that it lives."""
    enqueue(broker, "busy.marsad", "--stream", "BUSY", file)
    worker = Worker(broker, "busy.marsad", "--stream", "BUSY", "--batch", "8", "--until-empty", *SHORT)
    wait_for(lambda: stored_by(worker) > 20, "it works")
    holder = sqlite3.connect(path("busy.marsad"), timeout=30, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    wait_for(lambda: worker.lines("archive away"), "it tells that the archive is away", 40)
    before = status(broker, "busy.marsad", "--stream", "BUSY")["redelivered"]
    holder.execute("ROLLBACK")
    holder.close()
    worker.end()
    check(before == 0, f"what waits for the archive is not delivered again: {before}")
    check(exported("busy.marsad") == want, "an archive that was away costs nothing")


with test():
    environment.setdefault("LC_ALL", "C.UTF-8")
    made = articles(COUNT)
    file = write_articles("news.jsonl", made)
    want = ingested("plain.marsad", file)
    broker = Broker().start()
    killed_worker(broker, want, file)
    poisoned_worker(broker, made)
    broker_that_comes_late(want, file)
    broker_that_forgets(want, file)
    archive_that_is_busy(broker, want, file)
    check(os.path.exists(path("plain.marsad")), "all of it was done")
