"""A PostgreSQL 15 cluster of a test's own: in a temporary folder, as somebody without rights, gone with the test.

It listens at a socket in its folder and at a free port on loopback, with passwords (SCRAM), checksums and C.UTF-8.
"""
import os
import secrets
import signal
import subprocess
import time

import belongings
import ports

PROGRAMS = os.environ.get("MARSAD_POSTGRES_PROGRAMS", "/usr/lib/postgresql/15/bin")
PATIENCE = 60  # seconds for starting and stopping, on a machine that does other things too
AWAY = 2  # psql's status when it has no connection, or has it no more
OWNER = "keeper"  # may do everything in the cluster
TEMPLATE = "with_postgis"  # a database to copy: PostGIS takes a second to put in, copying a tenth of it

# Nothing reaches the disk when it must: for tests that do not kill the cluster.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    def __init__(self, fsync=True, settings=None):
        """Makes and starts a cluster; `settings` for postgresql.conf."""
        self.user = belongings.somebody("postgres")
        self.folder = belongings.folder("postgres", self.user)
        self.data = os.path.join(self.folder, "data")
        self.log = os.path.join(self.folder, "log")
        self.port = ports.free()
        self.password = secrets.token_hex(16)
        self.process = None
        self._has_template = False
        self._make({} if fsync else CARELESS, settings or {})
        self.start()

    def _make(self, *settings):
        password = os.path.join(self.folder, "password")
        with open(password, "w", encoding="ascii") as out:
            out.write(self.password)
        if self.user is not None:
            os.chown(password, self.user.pw_uid, self.user.pw_gid)
        belongings.run([self._program("initdb"), "--pgdata", self.data, "--username", OWNER, "--pwfile", password, "--auth", "scram-sha-256",
                        "--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums", "--no-sync"], self.user, cwd=self.folder)
        ours = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder, "max_connections": 60,
                "max_wal_size": "4GB", "log_min_messages": "warning", "timezone": "UTC"}
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as out:
            for group in (ours, *settings):
                out.writelines(f"{name} = '{value}'\n" for name, value in group.items())

    @staticmethod
    def _program(name):
        return os.path.join(PROGRAMS, name)

    # --- addresses -------------------------------------------------------------------------------------------------------

    def url(self, database="postgres", user=OWNER, password=None, socket=False):
        """Over TCP, or at the socket in its folder."""
        where = f"/{database}?host={self.folder}&port={self.port}" if socket else f"127.0.0.1:{self.port}/{database}"
        return f"postgresql://{user}:{password or self.password}@{where}"

    def sql(self, statements, database="postgres"):
        """What psql prints of the rows: columns parted by tabs."""
        return belongings.run([*self._psql(database), "--command", statements], env=self._environment()).decode()

    def session(self, database="postgres", **how):
        """psql at work: takes statements and prints the same."""
        return belongings.start(self._psql(database), env=self._environment(), stdin=subprocess.PIPE, **how)

    def _psql(self, database):
        return ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator", "\t", "--set", "ON_ERROR_STOP=1", "--dbname", self.url(database)]

    @staticmethod
    def _environment():
        return dict(os.environ, PGOPTIONS="--search_path=marsad,public")  # where an archive's tables are

    def database(self, name):
        """A new database with PostGIS; returns its URL."""
        if not self._has_template:
            self.sql(f"CREATE DATABASE {TEMPLATE}")
            self.sql("CREATE EXTENSION postgis", TEMPLATE)
            self._has_template = True
        self.sql(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    # --- running ---------------------------------------------------------------------------------------------------------

    def start(self):
        with open(self.log, "ab") as log:
            self.process = belongings.start([self._program("postgres"), "-D", self.data], self.user, dies_by=signal.SIGQUIT, cwd=self.folder,
                                            env=dict(os.environ, HOME=self.folder),  # a standby looks there for a certificate of its own
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        patient_until = time.monotonic() + PATIENCE
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > patient_until:
                raise RuntimeError(f"PostgreSQL does not start: {self.messages()}")
            time.sleep(0.05)

    def _answers(self):
        return subprocess.run([self._program("pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(self.port)], check=False).returncode == 0

    def stop(self):
        """Ends connections and writes everything to the disk."""
        self._end(signal.SIGINT)

    def stop_at_once(self):
        """Leaves everything as it is: the next start recovers from the log of writes."""
        self._end(signal.SIGQUIT)

    def restart(self):
        self.stop()
        self.start()

    def kill(self):
        """kill -9 of all its processes, as when the machine stops (what the system holds of its files stays)."""
        for process in belongings.processes_in(self.data):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._end(signal.SIGKILL)

    def _end(self, number):
        if self.process is None:
            return
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self.process = None
        while belongings.processes_in(self.data):  # a killed one's children hold its memory for a moment
            time.sleep(0.02)

    def messages(self):
        with open(self.log, encoding="utf-8", errors="replace") as lines:
            return lines.read()[-2000:]

    def processor_seconds(self):
        """Of all its processes, those that have ended included."""
        return sum(map(belongings.processor_seconds, belongings.processes_in(self.data)))
