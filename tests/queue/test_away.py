"""A queue that is away keeps nobody from anything else: who leads goes on to make views, and sends when it is back."""
import contextlib
import sqlite3

from queues import Broker, Worker, articles, check, enqueue, path, run, status, test, wait_for, write_articles


def stale(archive, more=""):
    with contextlib.closing(sqlite3.connect(path(archive), timeout=30)) as db:
        if more:
            db.execute(more)
            db.commit()
        return db.execute("SELECT count(*) FROM stale").fetchone()[0]


with test():
    broker = Broker().start()
    made = articles(40)
    enqueue(broker, "a.marsad", write_articles("first.jsonl", made[:20]))
    worker = Worker(broker, "a.marsad")
    wait_for(lambda: sum(line["stored"] for line in worker.lines("batch")) == 20, "what is sent is stored")

    # Nobody sends these, and the leading worker cannot.
    broker.kill()
    run("enqueue", "--archive", path("a.marsad"), write_articles("later.jsonl", made[20:]))
    wait_for(lambda: any("pause_seconds" not in line for line in worker.lines("queue away")), "who leads wants to send", 60)
    check(stale("a.marsad", "INSERT OR IGNORE INTO stale(area, day) SELECT DISTINCT area, day FROM record") > 0, "there are views to make")
    wait_for(lambda: stale("a.marsad") == 0, "who leads makes them though it cannot send", 60)
    check(worker.lines("sent from the outbox") == [], "and tells of nothing sent")

    broker.start()
    wait_for(lambda: sum(line["stored"] for line in worker.lines("batch")) == 40, "when the queue is back, what waited is sent, and stored", 90)
    check(sum(line["parcels"] for line in worker.lines("sent from the outbox")) >= 20, "by the worker that leads")
    worker.stop()
    told = status(broker, "a.marsad")
    check(told["unsent"] == told["sent"] == 0, f"nothing is left: {told}")
