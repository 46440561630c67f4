#!/usr/bin/env python3
"""A server that follows another is behind it: what workers do not find there is not done. They work with the one that is followed, whichever the name tells first."""
import itertools
import json
import os
import subprocess

from judged import check, finish, need

PROGRAMS = os.environ.get("MARSAD_POSTGRES_PROGRAMS", "/usr/lib/postgresql/15/bin")
need(os.path.join(PROGRAMS, "pg_basebackup"))
import articles  # noqa: E402
import belongings  # noqa: E402
import command  # noqa: E402
import nats  # noqa: E402
from postgres import OWNER, Postgres  # noqa: E402

need(nats.PROGRAM)
ARTICLES = 30
PATIENCE = 120  # seconds, of anything


class Standby(Postgres):
    def __init__(self, primary):
        self._primary = primary
        super().__init__()

    def _make(self, *settings):
        self.password = self._primary.password
        source = f"host=127.0.0.1 port={self._primary.port} user={OWNER} dbname=postgres"
        belongings.run([self._program("pg_basebackup"), "--dbname", source, "--pgdata", self.data, "--checkpoint=fast", "--wal-method=stream",
                        "--write-recovery-conf"], self.user, cwd=self.folder, env=dict(os.environ, PGPASSWORD=self.password, HOME=self.folder))
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as out:
            out.write(f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n")


def work(archive, queue):
    """What a worker prints until nothing is left; None if it does not come to that."""
    try:
        return subprocess.run([command.MARSAD, "work", "--archive", archive, "--nats", queue, "--until-empty"], env=command.ENVIRONMENT,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return None


def main():
    file = os.path.join(belongings.folder("standby"), "news.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in itertools.islice(articles.samples(), ARTICLES))
    primary = Postgres()
    archive = primary.database("late")
    command.run("archive", "init", archive)
    standby = Standby(primary)
    queue = nats.Cluster()
    check(standby.sql("SELECT pg_is_in_recovery()").strip() == "t", "it follows")
    standby.sql("SELECT pg_wal_replay_pause()")
    command.run("enqueue", "--archive", archive, "--nats", queue.urls, file)
    check(standby.sql("SELECT count(*) FROM outbox", "late").strip() == "0", "it is behind")

    both = archive.replace("@127.0.0.1:", f"@127.0.0.1:{standby.port},127.0.0.1:")
    done = work(both, queue.urls)
    check(done is not None and done.returncode == 0 and done.stdout.startswith(f"{ARTICLES} articles added, "),
          f"a worker reads what the server that is behind does not have: {done}")
    check(primary.sql("SELECT count(*) FROM outbox", "late").strip() == "0", "nothing is left")

    # Alone it is waited for, though the name would take any.
    done = work(standby.url("late") + "?target_session_attrs=any", queue.urls)
    check(done is not None and done.returncode == 3 and "hot standby" in done.stderr, f"a worker that is given this one alone says what is wrong: {done}")
    standby.stop()
    primary.stop()
    finish()


if __name__ == "__main__":
    main()
