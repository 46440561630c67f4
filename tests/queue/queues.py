"""What the tests of the queue share: a broker on loopback, archives, workers, and articles enough to be interrupted at.

The broker is Debian's nats-server in a folder of its own, run as an unprivileged user. A test without one is skipped, and says so.
"""
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta

MARSAD = os.path.realpath(os.environ.get("MARSAD", "build/release/marsad"))
SOURCE = os.environ.get("MARSAD_SOURCE_DIR", ".")
SERVER = shutil.which("nats-server", path="/usr/sbin:/usr/bin:" + os.environ.get("PATH", ""))
SKIPPED = 77
PATIENCE = 120  # seconds: longer than anything takes, on a machine that does other things too
COPY_DAYS = 30  # copies are sought among articles this far apart

work = tempfile.mkdtemp(prefix="marsad-queue.")
faults = []
checks = 0
children = []


def skip(why):
    print(f"skipped: {why}")
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(SKIPPED)


if SERVER is None:
    skip("no nats-server (script/setup installs it)")
if os.geteuid() == 0 and shutil.which("runuser") is None:
    skip("no runuser, and a broker is not run as root")
os.chmod(work, 0o755)  # the broker's user passes through


def check(is_so, what):
    """One thing that must be so. The test goes on, and tells all that was not."""
    global checks
    checks += 1
    if not is_so:
        faults.append(what)
        print(f"not so: {what}", flush=True)
    return is_so


def path(name):
    """Of a file in the test's folder; an archive on a server is where it is."""
    return name if "://" in name else os.path.join(work, name)


@contextlib.contextmanager
def test():
    """Whatever happens in the test, no process and no folder outlives it."""
    try:
        yield
    except Exception:  # the reason is told
        import traceback

        traceback.print_exc()
        faults.append("the test broke off")
    for child in children:
        if child.poll() is None:
            child.kill()
            child.wait()
    shutil.rmtree(work, ignore_errors=True)
    print(f"{checks} checks, {len(faults)} faults")
    sys.exit(1 if faults or checks == 0 else 0)


def wait_for(is_so, what, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.05)
    return check(False, f"within {seconds} s: {what}")


# --- the broker -------------------------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Broker:
    """One node. `more` is added to its configuration."""

    def __init__(self, name="broker", more="", scheme="nats"):
        self.folder = path(name)
        self.port = free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.process = None
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o755)
        with open(os.path.join(self.folder, "nats.conf"), "w", encoding="utf-8") as out:
            out.write(f'listen: "127.0.0.1:{self.port}"\njetstream {{ store_dir: "{self.folder}/store" }}\n{more}')
        self.make_store()

    def make_store(self):
        store = os.path.join(self.folder, "store")
        os.mkdir(store)
        if os.geteuid() == 0:
            shutil.chown(store, "nobody", "nogroup")

    def start(self):
        as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        log = open(os.path.join(self.folder, "log"), "a", encoding="utf-8")
        self.process = subprocess.Popen(as_nobody + [SERVER, "-c", os.path.join(self.folder, "nats.conf")], stdout=log, stderr=log)
        log.close()
        children.append(self.process)
        wait_for(self.answers, "the broker answers", 30)
        return self

    def answers(self):
        with socket.socket() as s:
            s.settimeout(1)
            return s.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()

    def lose_all(self):
        """As after the loss of its disk."""
        shutil.rmtree(os.path.join(self.folder, "store"))
        self.make_store()


# --- the command ------------------------------------------------------------------------------------------------------------

environment = dict(os.environ, SOURCE_DATE_EPOCH="1600000000")


def run(*words, expect=0, **more):
    done = subprocess.run([MARSAD, *words], capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False, **more)
    check(expect is None or done.returncode == expect, f"marsad {' '.join(words[:1])} ends with {done.returncode}, not {expect}: {done.stderr[-400:]}")
    return done


class Worker:
    """`marsad work`, in the background."""

    def __init__(self, broker, archive, *options, preload=None):
        self.log_name = path(f"worker-{len(children)}.log")
        own = dict(environment, LD_PRELOAD=preload) if preload else environment
        with open(self.log_name, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [MARSAD, "work", "--archive", path(archive), "--nats", broker.url, "--log", "json", *options],
                stdout=subprocess.PIPE, stderr=log, text=True, env=own)
        children.append(self.process)

    def lines(self, what=None):
        with open(self.log_name, encoding="utf-8") as log:
            told = [json.loads(line) for line in log if line.startswith("{") and line.endswith("}\n")]
        return [line for line in told if what is None or line["what"] == what]

    def log(self):
        with open(self.log_name, encoding="utf-8") as log:
            return log.read()

    def stop(self, expect=0):
        self.process.send_signal(signal.SIGTERM)
        return self.end(expect)

    def end(self, expect=0):
        """Waits until it ends by itself; what it printed."""
        try:
            out, _ = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, _ = self.process.communicate()
        check(self.process.returncode == expect, f"the worker ends with {self.process.returncode}, not {expect}: {self.log()[-600:]}")
        return out

    def kill(self):
        self.process.kill()
        self.process.communicate()


def status(broker, archive, *options):
    done = run("queue-status", "--archive", path(archive), "--nats", broker.url, "--output", "json", *options)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def enqueue(broker, archive, *words):
    return run("enqueue", "--archive", path(archive), "--nats", broker.url, *words)


def exported(archive):
    return run("export", "--archive", path(archive)).stdout


def dead_letters(archive):
    done = run("dead-letters", "--archive", path(archive), "--output", "jsonl")
    return [json.loads(line) for line in done.stdout.splitlines()]


# --- articles ---------------------------------------------------------------------------------------------------------------


def articles(count):
    """Articles made of the samples, each round of them later than copies are sought."""
    samples = []
    for name in ("reports.jsonl", "observatory.jsonl"):
        with open(os.path.join(SOURCE, "samples", name), encoding="utf-8") as lines:
            samples += [json.loads(line) for line in lines]
    made = []
    for i in range(count):
        article = dict(samples[i % len(samples)])
        later = i // len(samples) * (COPY_DAYS + 10)
        article["id"] = f"{article['id']}-{i}"
        article["published"] = str(date.fromisoformat(article["published"]) + timedelta(days=later))
        made.append(article)
    return made


def write_articles(name, made):
    with open(path(name), "w", encoding="utf-8") as out:
        for article in made:
            print(json.dumps(article, ensure_ascii=False), file=out)
    return path(name)


def ingested(name, file, expect=0):
    """What the export says after a plain ingest."""
    run("ingest", "--archive", path(name), file, expect=expect)
    return exported(name)
