"""One run: PostgreSQL, nodes of NATS, and workers that read into the archive what is enqueued, while a test breaks some of it."""
import os
import signal
import subprocess
import time

import belongings
import command
import nats
import postgres
from checking import check, say

STREAM = "MARSAD"
PATIENCE = 240  # seconds that may pass without anything happening: more than all outages that follow each other


class Run:
    LOOK = 0.05  # seconds between looks at how far it is

    def __init__(self, nodes=3, workers=4, place=None, work_options=(), fsync=True):
        self.folder = belongings.folder("run")
        self.postgres = postgres.Postgres(fsync=fsync)
        self.archive = self.postgres.database("news")
        command.run("archive", "init", self.archive)
        self.nats = nats.Cluster(nodes, place)
        self.queue_options = ["--archive", self.archive, "--nats", self.nats.urls, "--stream", STREAM, "--replicas", str(nodes)]
        self.work_options = list(work_options)
        self.prepare(workers)

    def prepare(self, workers):
        """So many workers are to be; none is started."""
        self.workers = [None] * workers
        self.longest_rest = 0.0  # seconds without anything stored, while something waited
        self._stored, self._moved = 0, time.monotonic()

    def options_of(self, who):
        """Where a command finds archive and queue; `who`: enqueue, worker or status."""
        del who  # all may do everything here
        return self.queue_options

    def path(self, name):
        return os.path.join(self.folder, name)

    # --- workers ---------------------------------------------------------------------------------------------------------

    def start_worker(self, number, *options):
        self.workers[number] = command.start("work", *self.options_of("worker"), *self.work_options, *options, messages=self.path(f"worker-{number}"))

    def start_workers(self):
        for number in range(len(self.workers)):
            self.start_worker(number)

    def kill_worker(self, number):
        """kill -9."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()

    def stop_workers(self):
        """Asks them to end, which they must do well."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        for number, worker in enumerate(self.workers):
            try:
                status = worker.wait(30)
            except subprocess.TimeoutExpired:
                worker.kill()
                status = "after 30 seconds not at all"
            check(status == 0, f"worker {number}, asked to end, ends with {status}: {self.said(f'worker-{number}')}")

    def said(self, name):
        """The last that a process said."""
        with open(self.path(name), encoding="utf-8", errors="replace") as lines:
            return lines.read()[-1000:].strip()

    # --- what comes in ---------------------------------------------------------------------------------------------------

    def enqueue(self, file):
        """Begins to."""
        return command.start("enqueue", *self.options_of("enqueue"), file, messages=self.path(f"enqueue-{os.path.basename(file)}"))

    def enqueued(self, process, file):
        """Waits until everything of the file is in the archive's keeping and in the stream."""
        status = process.wait(PATIENCE)
        check(status == 0, f"'{file}' is not enqueued: {status}: {self.said(f'enqueue-{os.path.basename(file)}')}")

    # --- how far it is ---------------------------------------------------------------------------------------------------

    def figure(self, query):
        """A number that the database holds; None while it is away. Asked beside the program, so that this cannot hide its own faults."""
        try:
            return int(self.postgres.sql(query, "news"))
        except belongings.Failed as fault:
            if fault.status == postgres.AWAY:
                return None
            raise

    def stored(self):
        """Articles in the archive; None while the database is away."""
        number = self.figure("SELECT count(*) FROM article")
        now = time.monotonic()
        if number is not None and number > self._stored:
            self.longest_rest = max(self.longest_rest, now - self._moved)
            self._stored, self._moved = number, now
        return number

    def something_waits(self):
        """Call it when more was enqueued: the time in which nothing waited was no rest."""
        self._moved = time.monotonic()

    def wait_until_stored(self, least):
        """Returns how many are."""
        return self._wait(f"{least} articles are not stored", lambda: self.stored() or 0, lambda number: number >= least)

    def wait_until_read(self):
        """Until the outbox is empty."""
        self._wait("the outbox does not get empty", lambda: (self.stored(), self.figure("SELECT count(*) FROM outbox"))[1], lambda number: number == 0)

    def wait_until_done(self):
        """And until incidents are made of all records."""
        self.wait_until_read()
        self._wait("incidents are not made of all records", lambda: self.figure("SELECT count(*) FROM stale"), lambda number: number == 0)

    def _wait(self, fault, ask, is_enough):
        before, moved = None, time.monotonic()
        while True:
            number = ask()
            if number is not None and is_enough(number):
                return number
            if number != before:
                before, moved = number, time.monotonic()
            for at, worker in enumerate(self.workers):
                if worker.poll() is not None:
                    raise RuntimeError(f"worker {at} has ended with {worker.returncode}: {self.said(f'worker-{at}')}")
            if time.monotonic() - moved > PATIENCE:
                raise RuntimeError(f"{fault}: {number}; worker 0 says: {self.said('worker-0')}")
            time.sleep(self.LOOK)

    # --- the end ---------------------------------------------------------------------------------------------------------

    def stop(self):
        """The workers; PostgreSQL goes on, to be asked what came of it."""
        self.stop_workers()
        status = command.run("queue-status", *self.options_of("status"), "--output", "json").decode().strip()
        say(f"at the end: {status}")

    def end(self):
        """Everything; for who makes several runs."""
        self.nats.stop()
        self.postgres.stop_at_once()
