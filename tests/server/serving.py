"""What the tests of the server share: an archive with people, a server on it, and clients that speak HTTP well or badly.

Each test has a folder of its own and lets the system choose the port, so that tests run side by side. Where MARSAD_TEST_POSTGRES names a cluster, archives are databases.
"""
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), ".."))
import databases  # noqa: E402

MARSAD = os.path.realpath(os.environ.get("MARSAD", "build/release/marsad"))
SOURCE = os.environ.get("MARSAD_SOURCE_DIR", ".")
API = "/api/v1"
ROLES = ("reader", "coder", "verifier", "editor", "releaser", "keeper")
PASSWORD = "correct horse of "  # the name follows
SAMPLES = [os.path.join(SOURCE, "samples", name) for name in ("reports.jsonl", "observatory.jsonl")]
OPTIONS = os.environ.get("MARSAD_SERVE_OPTIONS", "").split()  # of every server: what counts lines needs --no-sandbox
PATIENCE = 30  # seconds: longer than any answer takes, on a machine that does other things too

work = tempfile.mkdtemp(prefix="marsad-server.")
databases_prefix = "server_" + "".join(c for c in os.path.basename(work).lower() if c.isalnum())
os.environ["XDG_DATA_HOME"] = os.path.join(work, "data")  # releases of databases lie there
faults = []
checks = 0
servers = []
made = {}


def check(is_so, what):
    """One thing that must be so. The test goes on, and tells all that was not."""
    global checks
    checks += 1
    if not is_so:
        faults.append(what)
        print(f"not so: {what}", flush=True)
    return is_so


def finish():
    for server in list(servers):
        server.kill()
    if databases.are_wanted():
        databases.remove(databases_prefix)
    shutil.rmtree(work, ignore_errors=True)
    print(f"{checks} checks, {len(faults)} faults")
    sys.exit(1 if faults or checks == 0 else 0)


@contextlib.contextmanager
def test():
    """Whatever happens in the test, no server outlives it."""
    try:
        yield
    except Exception as e:  # the reason is told, and the servers are ended
        import traceback

        traceback.print_exc()
        check(False, f"the test broke off: {e}")
    finish()


def path(name):
    return os.path.join(work, name)


def run(*words, text=None):
    done = subprocess.run([MARSAD, *words], input=text, capture_output=True, encoding="utf-8", timeout=300)
    if done.returncode != 0:
        raise RuntimeError(f"marsad {' '.join(words)}: {done.stderr}")
    return done.stdout


def make_archive(name, files=None):
    """A folder with an archive of the samples; returns the archive's path. The first one is made, others are copied from it. The same of databases: a URL."""
    if databases.are_wanted():
        return make_database(name, files)
    folder = path(name)
    os.makedirs(folder)
    archive = os.path.join(folder, "a.marsad")
    if files is not None:
        run("ingest", "--archive", archive, *files)
        return archive
    ready = path("samples.marsad")
    if not os.path.exists(ready):
        run("ingest", "--archive", ready, *SAMPLES)
    shutil.copyfile(ready, archive)
    return archive


def make_database(name, files):
    if files is not None:
        archive = databases.make(databases_prefix, name)
        run("ingest", "--archive", archive, *files)
        return archive
    if "samples" not in made:
        made["samples"] = make_database("samples", SAMPLES)
    return databases.make(databases_prefix, name, like=made["samples"])


def releases_of(archive):
    """The folder that the server keeps its releases in."""
    if databases.is_one(archive):
        return os.path.join(work, "data", "marsad", "releases-" + urllib.parse.urlsplit(archive).path[1:])
    return archive + ".releases"


def password_of(name):
    return PASSWORD + name


def add_people(archive, names=ROLES):
    """An account for each role, of its name, that has chosen its own password; `name=roles` for others."""
    for name in names:
        who, _, roles = name.partition("=")
        run("account", "add", who, "--archive", archive, "--roles", roles or who, text=password_of(who))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name, usual=None):
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return found[0] if found else usual

    def header_list(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def json(self):
        return json.loads(self.body)

    def code(self):
        try:
            return self.json()["error"]["code"]
        except (ValueError, KeyError, TypeError):
            return None


class Server:
    """`marsad serve` with its own archive. Its access log is kept in `log`."""

    def __init__(self, archive, *options, tls=None):
        self.archive, self.tls = archive, tls
        self.log_path = path(f"{len(servers)}.{time.monotonic_ns()}.access")
        self.log_file = open(self.log_path, "wb")
        words = [MARSAD, "serve", "--archive", archive, "--listen", "127.0.0.1:0", *OPTIONS, *options]
        if tls is not None:
            words += ["--tls", tls[0], tls[1]]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log_file, encoding="utf-8")
        servers.append(self)
        self.url = None
        while self.url is None:
            line = self.process.stdout.readline()
            if line == "":
                raise RuntimeError(f"no server: {open(self.log_path, encoding='utf-8').read()}")
            words = [word for word in line.split() if word.startswith("http")]
            self.url = words[0] if words else None
        self.port = urllib.parse.urlsplit(self.url).port

    # --- clients

    def connect(self, patience=PATIENCE, source=None):
        """A socket to the server, with TLS where it has it."""
        plain = socket.create_connection(("127.0.0.1", self.port), patience, source_address=None if source is None else (source, 0))
        if self.tls is None:
            return plain
        context = ssl.create_default_context(cafile=self.tls[0])
        return context.wrap_socket(plain, server_hostname="localhost")

    def ask(self, method, target, body=None, headers=None, who=None, source=None, patience=PATIENCE):
        """One request on a connection of its own. `body` that is no bytes is sent as JSON; `who` is a Session or a token."""
        given = dict(headers or {})
        if isinstance(who, Session):
            given.setdefault("Cookie", who.cookie)
            if method not in ("GET", "HEAD"):
                given.setdefault("X-Marsad-CSRF", who.csrf)
        elif who is not None:
            given.setdefault("Authorization", f"Bearer {who}")
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            given.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        connection.sock = self.connect(patience, source)
        try:
            connection.request(method, target, body=body, headers={k: v for k, v in given.items() if v is not None})
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def get(self, target, who=None, **more):
        return self.ask("GET", target if target.startswith("/") else f"{API}/{target}", who=who, **more)

    def post(self, target, body, who=None, **more):
        return self.ask("POST", f"{API}/{target}", body, who=who, **more)

    def raw(self, request, patience=PATIENCE):
        """What comes back for these bytes, until the server closes or `patience` is over."""
        with self.connect(patience) as s:
            got = b""
            try:
                s.sendall(request)
                while True:
                    part = s.recv(65536)
                    if not part:
                        break
                    got += part
            except (TimeoutError, ConnectionError, ssl.SSLError):
                pass
            return got

    def login(self, name, password=None, **more):
        answer = self.post("session", {"name": name, "password": password or password_of(name)}, **more)
        if answer.status != 200:
            raise RuntimeError(f"cannot log in as {name}: {answer.status} {answer.body[:300]}")
        return Session(answer)

    def token(self, owner, scopes):
        told = run("token", "add", owner, "test", "--archive", self.archive, "--scopes", scopes, "--days", "2")
        return next(word for word in told.split() if word.startswith("marsad_"))

    # --- its life

    def is_alive(self):
        return self.process.poll() is None

    def stop(self, patience=PATIENCE):
        """As an administrator does it; the exit status."""
        if self.is_alive():
            self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
        self.close()
        return status

    def kill(self):
        if self.is_alive():
            self.process.kill()
        self.process.wait()
        self.close()

    def close(self):
        if self in servers:
            servers.remove(self)
        self.process.stdout.close()
        self.log_file.close()

    def log(self):
        with open(self.log_path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()


class Session:
    """A browser's: its cookie and the value that changes need."""

    def __init__(self, answer):
        self.cookie = answer.header("Set-Cookie").split(";")[0]
        self.csrf = answer.json()["csrf"]
        self.answer = answer


def within(seconds, is_so, pause=0.05):
    """Waits until `is_so()`; false if it never was."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(pause)
    return is_so()
