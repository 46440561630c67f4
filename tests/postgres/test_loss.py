#!/usr/bin/env python3
"""The connection is lost: while articles are stored, between questions, while the archive is served. What is stored and told is what it is without."""
import http.client
import os
import re
import subprocess
import time

from judged import check, finish, need

need(os.path.join(os.environ.get("MARSAD_POSTGRES_PROGRAMS", "/usr/lib/postgresql/15/bin"), "initdb"))
import articles  # noqa: E402
import belongings  # noqa: E402
import command  # noqa: E402
from postgres import Postgres  # noqa: E402

ARTICLES = 600
PATIENCE = 120  # seconds, of anything


def contents(archive):
    """What it holds, whatever the order of storing was."""
    return [sorted(command.run(table, "--archive", archive, "--output", "jsonl").splitlines()) for table in ("articles", "records", "incidents")]


def counts(text):
    found = re.search(r"(\d+) articles added, (\d+) known already, (\d+) could not be read", text)
    return tuple(map(int, found.groups())) if found else None


def end_backends(cluster, database, those="true"):
    """How many there were."""
    return int(cluster.sql(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database}' AND application_name = 'marsad' AND {those}"))


def is_at_work(cluster, database):
    """In a transaction that has written."""
    return cluster.sql(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}' AND backend_xid IS NOT NULL").strip() != "0"


def hold(cluster, database, trigger):
    """`trigger` holds up what it is of, so that it can be disturbed in the middle."""
    cluster.sql(f"""CREATE FUNCTION marsad.hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.4); RETURN NULL; END';
        CREATE {trigger} EXECUTE FUNCTION marsad.hold()""", database)


def ingest(cluster, name, file, disturb, times):
    """Stores `file` and calls disturb(), so many times, in the middle of transactions; returns what was printed, what was said, and the status."""
    archive = cluster.database(name)
    command.run("archive", "init", archive)
    hold(cluster, name, "TRIGGER hold AFTER INSERT ON marsad.article FOR EACH STATEMENT")
    process = subprocess.Popen([command.MARSAD, "ingest", "--archive", archive, file], env=command.ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    end = time.monotonic() + PATIENCE
    while times > 0 and process.poll() is None and time.monotonic() < end:
        if is_at_work(cluster, name):
            disturb()
            times -= 1
            time.sleep(0.5)
        time.sleep(0.01)
    check(times == 0, f"{name}: {times} losses did not take place")
    return *process.communicate(timeout=PATIENCE), process.returncode


def test_storing(cluster, file, whole):
    for name, times, disturb in (("ended", 3, lambda: end_backends(cluster, "ended")), ("restarted", 1, cluster.restart),
                                 ("crashed", 1, lambda: (cluster.kill(), cluster.start()))):
        printed, said, status = ingest(cluster, name, file, disturb, times)
        print(f"{name}: {printed.splitlines()[-1]}; {said.count('tried again')} times lost", flush=True)
        check(status == whole["status"], f"{name}: the status is {status}: {said[-500:]}")
        check(counts(printed) == whole["counts"], f"{name}: {counts(printed)} is told, not {whole['counts']}")
        check(1 <= said.count("tried again") <= times, f"{name}: losses are told {said.count('tried again')} times")
        check(cluster.password not in printed + said, f"{name}: a password is told")
        cluster.sql("DROP FUNCTION marsad.hold() CASCADE", name)
        check(contents(cluster.url(name)) == whole["contents"], f"{name}: it holds something else")
        command.run("verify", "--archive", cluster.url(name))


def test_commit_unknown(cluster, file, whole):
    """Connections end while commits are on their way."""
    archive = cluster.database("unknown")
    command.run("archive", "init", archive)
    hold(cluster, "unknown", "CONSTRAINT TRIGGER hold AFTER INSERT ON marsad.batch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW")
    process = subprocess.Popen([command.MARSAD, "ingest", "--archive", archive, file], env=command.ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
    ended = 0
    end = time.monotonic() + PATIENCE
    while process.poll() is None and ended < 2 and time.monotonic() < end:
        ended += end_backends(cluster, "unknown", "query = 'COMMIT' AND state = 'active'")
        time.sleep(0.05)
    printed, said = process.communicate(timeout=PATIENCE)
    check(ended > 0, "no commit was broken off")
    check(counts(printed) == whole["counts"], f"commits broken off: {counts(printed)} is told, not {whole['counts']}: {said[-300:]}")
    check(contents(archive) == whole["contents"], "commits broken off: it holds something else")


def test_asking(cluster):
    """A list begins anew when the connection was lost before its first row. In the middle of rows it breaks off and says so: the socket holds less than all of them."""
    archive = cluster.url("ended", socket=True)
    question = ["records", "--archive", archive, "--output", "jsonl"]
    everything = command.run(*question)
    for begun in (0, 0, 1, 1):
        process = subprocess.Popen([command.MARSAD, *question], env=command.ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        printed = process.stdout.read(begun)
        end_backends(cluster, "ended")
        rest, said = process.communicate(timeout=PATIENCE)
        printed += rest
        ended_well = process.returncode == 0 and printed == everything and begun == 0
        broke_off = process.returncode == 3 and re.fullmatch(rb"marsad: .*(connection is lost|cannot reach).*\n", said) and everything.startswith(printed)
        check(ended_well or broke_off and printed != everything,
              f"a list ends with {process.returncode} after {len(printed)} of {len(everything)} bytes, {begun} read before the loss: {said[-300:]}")


def answer(port, path="/api/v1/articles?limit=5"):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    link.request("GET", path)
    got = link.getresponse()
    return got.status, got.read()


def test_serving(cluster):
    archive = cluster.url("ended")
    with subprocess.Popen([command.MARSAD, "serve", "--read-only", "--archive", archive, "--listen", "127.0.0.1:0", *os.environ.get("MARSAD_SERVE_OPTIONS", "").split()],
                          env=command.ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline().rsplit(":", 1)[1].strip().rstrip("/"))
            before = answer(port)
            check(before[0] == 200, f"serving answers {before[0]}")
            for how, disturb in (("ended connections", lambda: end_backends(cluster, "ended")), ("a restart", cluster.restart)):
                disturb()
                end = time.monotonic() + PATIENCE
                while (after := answer(port))[0] == 503 and time.monotonic() < end:
                    time.sleep(0.2)
                check(after == before, f"after {how} serving answers {after[0]}")
            check(process.poll() is None, "serving ended")
        finally:
            process.terminate()
            said = process.communicate(timeout=PATIENCE)[1]
        check(cluster.password not in said, "serving tells a password")
        check(process.returncode == 0, f"serving ends with {process.returncode}: {said[-300:]}")


def main():
    folder = belongings.folder("loss")
    file, plain = os.path.join(folder, "news.jsonl"), os.path.join(folder, "a.marsad")
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(articles.news(ARTICLES))
    whole = {"counts": counts(command.run("ingest", "--archive", plain, file).decode()), "contents": contents(plain), "status": 0}
    cluster = Postgres()
    test_storing(cluster, file, whole)
    test_commit_unknown(cluster, file, whole)
    test_asking(cluster)
    test_serving(cluster)
    cluster.stop()
    finish()


if __name__ == "__main__":
    main()
