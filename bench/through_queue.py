#!/usr/bin/env python3
"""Measure reading through the queue into PostgreSQL; `script/bench queue` calls it. bench/README.md says what is timed.

MARSAD_BENCH_ARTICLES   how many articles (20,000)
MARSAD_BENCH_WORKERS    up to how many workers (4)
"""
import os
import re
import resource
import subprocess
import sys
import time
import urllib.request

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "cluster"))
import belongings
import command
import news
import ports
from checking import finish, number, say
from projection import project
from run import Run

STAGES = ("read", "queue", "store")
FIGURE = re.compile(r"^(\w+)(?:\{\w+=\"(\w+)\"\})? ([0-9.e+-]+)$", re.MULTILINE)
SIZE = "SELECT pg_database_size(current_database())"
COSTS = ("read", "queue", "store", "workers", "postgres", "nats", "enqueue")  # seconds of the processor


def figures(port):
    """What a worker tells of itself: {name: value} and {(name, label): value}."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return {(name, label) if label else name: float(value) for name, label, value in FIGURE.findall(answer.read().decode())}


def seconds_of_ended():
    """Of the processor, by the programs that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def alone(file, articles, jobs):
    """Articles a second of `marsad ingest` into a file of SQLite."""
    archive = os.path.join(belongings.folder("alone"), "alone.marsad")
    begin = time.monotonic()
    command.run("ingest", "--jobs", str(jobs), "--archive", archive, file, fine=(0, 1))
    return articles / (time.monotonic() - begin)


class MeasuredRun(Run):
    """Asks the database in one session: a program for each look would take a quarter of the processors that are measured."""

    LOOK = 0.1

    def __init__(self, nodes, workers):
        super().__init__(nodes=nodes, workers=workers, work_options=["--jobs", "1"])
        self.session = self.postgres.session("news", stdout=subprocess.PIPE, text=True, bufsize=1)

    def figure(self, query):
        self.session.stdin.write(f"{query};\n")
        return int(self.session.stdout.readline())


class LockWatch:
    """Looks again and again, in one session, whether somebody holds the lock under which articles are stored."""

    LOOK = "SELECT count(*) FILTER (WHERE granted), count(*) FILTER (WHERE NOT granted) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1"

    def __init__(self, run):
        self.file = run.path("looks")
        with open(self.file, "wb") as out:
            self.process = run.postgres.session("news", stdout=out, stderr=subprocess.DEVNULL)
        self.process.stdin.write(f"{self.LOOK} \\watch 0.01\n".encode())
        self.process.stdin.flush()

    def end(self):
        """(share of the time that it was held, how many waited for it on the average)."""
        self.process.kill()
        self.process.wait()
        with open(self.file, encoding="ascii", errors="replace") as lines:
            looks = [tuple(map(int, line.split())) for line in lines if re.fullmatch(r"\d+\t\d+\n", line)]
        return sum(held for held, _ in looks) / len(looks), sum(waiting for _, waiting in looks) / len(looks)


def together(file, articles, nodes, workers):
    """One measurement: {what: number}. Costs are seconds of an article."""
    run = MeasuredRun(nodes, workers)
    out = {"nodes": nodes, "workers": workers}
    empty = run.figure(SIZE)
    before, begin = seconds_of_ended(), time.monotonic()
    run.enqueued(run.enqueue(file), file)
    out["enqueued"] = articles / (time.monotonic() - begin)
    out["cpu enqueue"] = (seconds_of_ended() - before) / articles

    listening = [ports.free() for _ in range(workers)]
    postgres, brokers = run.postgres.processor_seconds(), run.nats.processor_seconds()
    watch = LockWatch(run)
    begin = time.monotonic()
    for at, port in enumerate(listening):
        run.start_worker(at, "--metrics", f"127.0.0.1:{port}")
    run.something_waits()
    run.wait_until_read()
    seconds = time.monotonic() - begin
    share, out["waiting"] = watch.end()
    run.wait_until_done()
    out["stored"], out["done"] = articles / seconds, articles / (time.monotonic() - begin)
    out["share"], out["held"] = share, share * seconds / articles
    told = [figures(port) for port in listening]
    run.stop_workers()
    time.sleep(1)  # until PostgreSQL has counted the sessions that have ended
    for stage in STAGES:
        out[f"cpu {stage}"] = sum(one["marsad_work_cpu_seconds_total", stage] for one in told) / articles
    out["cpu workers"] = sum(one["process_cpu_seconds_total"] for one in told) / articles
    out["cpu postgres"] = (run.postgres.processor_seconds() - postgres) / articles
    out["cpu nats"] = (run.nats.processor_seconds() - brokers) / articles
    out["bytes"] = (run.figure(SIZE) - empty) / articles
    run.end()
    return out


def show(results, best):
    print(f"\n{'nodes':>5} {'workers':>8} {'enqueued/s':>11} {'stored/s':>9} {'of alone':>9} {'lock held':>10} {'waiting':>8}   ms of the processor an article: "
          + " ".join(f"{cost:>8}" for cost in COSTS))
    for one in results:
        print(f"{one['nodes']:5} {one['workers']:8} {one['enqueued']:11.0f} {one['done']:9.0f} {one['done'] / best:9.0%} {one['share']:10.0%} {one['waiting']:8.1f}"
              + " " * 35 + " ".join(f"{one[f'cpu {cost}'] * 1000:8.2f}" for cost in COSTS))


def main():
    articles, most = number("MARSAD_BENCH_ARTICLES", 20000), number("MARSAD_BENCH_WORKERS", 4)
    folder = belongings.folder("news")
    (file,) = news.parts(folder, articles, 1)
    rates = {jobs: alone(file, articles, jobs) for jobs in (1, 2)}
    for jobs, rate in rates.items():
        say(f"one program into SQLite, {jobs} job{'s' if jobs > 1 else ''}: {rate:.0f} articles/s")
    results = []
    for nodes in (1, 3):
        for workers in range(1, most + 1):
            results.append(together(file, articles, nodes, workers))
            say(f"{nodes} node{'s' if nodes > 1 else ''} of NATS, {workers} worker{'s' if workers > 1 else ''}: {results[-1]['done']:.0f} articles/s")
    show(results, max(rates.values()))
    for one in results:
        if one["workers"] == 1:
            project(one, os.cpu_count())
    finish()


if __name__ == "__main__":
    main()
