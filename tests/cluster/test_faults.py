"""Nodes and workers are killed and PostgreSQL is restarted while workers read: the archive is as if nothing had happened.

Each fault comes when the first articles of its part of the news are stored, while the rest is still enqueued and read.
MARSAD_CLUSTER_ARTICLES: how many articles (1,500).
"""
import time

import judging
import news
from checking import check, complain, finish, number, say
from run import Run, STREAM

PAUSE = 2  # seconds that something stays away


def kill_follower(run):
    node = run.nats.followers(STREAM)[0]
    say(f"kill -9 of a follower, {node.name}")
    absent(run, node)


def kill_leader(run):
    node = run.nats.leader(STREAM)
    say(f"kill -9 of the stream's leader, {node.name}")
    absent(run, node)


def absent(run, node):
    run.nats.kill(node)
    time.sleep(PAUSE)
    run.nats.start(node)


def kill_workers(run):
    """The first, which leads perhaps, and another a little later."""
    for worker in (0, 2):
        say(f"kill -9 of worker {worker}")
        run.kill_worker(worker)
        time.sleep(PAUSE)
        run.start_worker(worker)


def restart_postgres(run):
    say("PostgreSQL restarts")
    run.postgres.stop()
    time.sleep(PAUSE)
    run.postgres.start()


def kill_postgres(run):
    say("kill -9 of PostgreSQL")
    run.postgres.kill()
    run.postgres.start()


FAULTS = (kill_follower, kill_workers, kill_leader, restart_postgres, kill_postgres)


def disturb(run, files):
    run.start_workers()
    for file, fault in zip(files, FAULTS):
        before = run.stored()
        process = run.enqueue(file)
        run.something_waits()
        run.wait_until_stored(before + 1)
        fault(run)
        run.enqueued(process, file)
        run.nats.wait_until_whole(STREAM)
        say(f"{run.stored()} articles are stored, '{fault.__name__}' is over")
    run.wait_until_done()


def main():
    articles = number("MARSAD_CLUSTER_ARTICLES", 1500)
    run = Run()
    files = news.parts(run.folder, articles, len(FAULTS))
    alone = judging.expect(run, files)
    say(f"one program alone has read {articles} articles")
    begin = time.monotonic()
    disturb(run, files)
    say(f"all is stored after {time.monotonic() - begin:.1f} s; the longest time in which nothing was stored: {run.longest_rest:.1f} s")
    run.stop()
    judging.judge(run, alone)
    finish()


if __name__ == "__main__":
    main()
