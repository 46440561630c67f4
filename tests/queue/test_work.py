"""Two workers side by side leave what one ingest leaves, to the byte; what cannot be read is a dead letter; what is told of it all."""
import json
import urllib.request

from queues import (Broker, Worker, articles, check, dead_letters, enqueue, exported, free_port, ingested, path, run, status, test, wait_for,
                    write_articles)

COUNT = 600


def metrics(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        lines = answer.read().decode().splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if not line.startswith("#")}


with test():
    made = articles(COUNT)
    file = write_articles("news.jsonl", made)
    want = ingested("plain.marsad", file)
    broker = Broker().start()

    # An outbox that is not sent yet; then it is; sending once more sends nothing.
    run("enqueue", "--archive", path("a.marsad"), file)
    told = status(broker, "a.marsad")
    check(told["unsent"] == COUNT and told["sent"] == 0 and "messages" not in told, f"nothing is sent, and no stream made: {told}")
    enqueue(broker, "a.marsad")
    told = status(broker, "a.marsad")
    check(told["unsent"] == 0 and told["sent"] == COUNT and told["messages"] == COUNT, f"all is sent: {told}")
    enqueue(broker, "a.marsad", file)
    check(status(broker, "a.marsad")["messages"] == COUNT, "the same file again sends nothing")

    # Two workers.
    port = free_port()
    first = Worker(broker, "a.marsad", "--until-empty", "--jobs", "2", "--metrics", f"127.0.0.1:{port}")
    second = Worker(broker, "a.marsad", "--until-empty", "--batch", "16")
    wait_for(lambda: len(first.lines("batch")) > 0, "a batch is stored")
    seen = metrics(port)
    check(seen['marsad_work_articles_total{result="stored"}'] > 0 and seen["marsad_work_commit_seconds_count"] > 0, f"figures: {seen}")
    check(seen['marsad_work_cpu_seconds_total{stage="read"}'] > 0, "reading takes time")
    outs = [first.end(), second.end()]
    stored = sum(line.get("stored", 0) for w in (first, second) for line in w.lines("batch"))
    check(stored == COUNT, f"each article is stored once: {stored} of {COUNT}")
    check(all(line.get("stored", 0) <= 16 for line in second.lines("batch")), "a batch is no larger than was asked")
    check(sum(int(out.split()[0]) for out in outs) == COUNT, f"the workers tell so: {outs}")
    check(exported("a.marsad") == want, "two workers leave what one ingest leaves")
    told = status(broker, "a.marsad")
    check(told["sent"] == told["messages"] == told["ack_pending"] == 0, f"nothing is left: {told}")
    words = {word for article in made[:55] for word in article["title"].split() if len(word) > 3}
    check(not any(word in w.log() for w in (first, second) for word in words), "no word of an article stands in the log")

    # What was read already costs nothing but time: into the outbox it comes, for it knows nothing of articles, and no further.
    enqueue(broker, "a.marsad", "--no-resume", file)
    again = Worker(broker, "a.marsad", "--until-empty")
    again.end()
    check(sum(line["stored"] for line in again.lines("batch")) == 0, "nothing is stored twice")
    check(exported("a.marsad") == want, "the archive is the same")

    # What cannot be read.
    with open(path("poison.jsonl"), "w", encoding="utf-8") as out:
        print('{"id": "x", "text": ', file=out)
        print(json.dumps({"id": "empty", "source": "s", "text": ""}), file=out)
        print(json.dumps(dict(made[0], id="behind", published="2031-01-01"), ensure_ascii=False), file=out)
    enqueue(broker, "a.marsad", path("poison.jsonl"))
    worker = Worker(broker, "a.marsad", "--until-empty")
    worker.end()
    dead = dead_letters("a.marsad")
    check(len(dead) == 2 and all(letter["reason"] for letter in dead), f"two dead letters with reasons: {dead}")
    check(len(worker.lines("buried")) == 2 and sum(line["stored"] for line in worker.lines("batch")) == 1, "the one between is stored")
    check(status(broker, "a.marsad")["dead_letters"] == 2, "they are counted")
    enqueue(broker, "a.marsad", "--no-resume", path("poison.jsonl"))
    Worker(broker, "a.marsad", "--until-empty").end()
    check(len(dead_letters("a.marsad")) == 2, "a dead letter is not put into the outbox again")

    # ... unless somebody wants it.
    done = run("dead-letters", "back", "--archive", path("a.marsad"), dead[0]["id"])
    check(done.stdout == "1 dead letters are in the outbox again\n", f"one is put back: {done.stdout}")
    done = run("dead-letters", "back", "--archive", path("a.marsad"))
    check(done.stdout == "1 dead letters are in the outbox again\n" and dead_letters("a.marsad") == [], f"the others too: {done.stdout}")
    told = status(broker, "a.marsad")
    check(told["dead_letters"] == 0 and told["unsent"] == 2, f"they wait in the outbox: {told}")
    enqueue(broker, "a.marsad")
    Worker(broker, "a.marsad", "--until-empty").end()
    check(sorted(letter["id"] for letter in dead_letters("a.marsad")) == sorted(letter["id"] for letter in dead), "and are read once more, as before")

    # It waits at an empty queue, takes what comes, and leaves when it is told.
    waiting = Worker(broker, "a.marsad")
    wait_for(lambda: waiting.lines("connected"), "it is connected")
    enqueue(broker, "a.marsad", write_articles("late.jsonl", [dict(made[1], id="late", published="2032-01-01")]))
    wait_for(lambda: sum(line["stored"] for line in waiting.lines("batch")) == 1, "what comes late is stored")
    waiting.stop()
    check(status(broker, "a.marsad")["ack_pending"] == 0, "what was stored is acknowledged")

    # Settings that are wrong.
    run("work", "--archive", path("a.marsad"), expect=2)
    run("work", "--archive", path("none.marsad"), "--nats", broker.url, expect=3)
    run("work", "--archive", path("a.marsad"), "--nats", broker.url, "--jobs", "0", expect=2)
    done = run("work", "--archive", path("a.marsad"), "--nats", broker.url, "--replicas", "3", expect=3)
    check("replicas is 1, not 3" in done.stderr, f"a stream with other settings is told of: {done.stderr}")
    done = run("work", "--archive", path("a.marsad"), "--nats", broker.url, "--ack-wait", "7", expect=3)
    check("time to answer" in done.stderr, f"a consumer with other settings is told of: {done.stderr}")
