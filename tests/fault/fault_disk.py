"""The disk is full: what was told as stored stays, the rest is told as not stored and comes in later."""
import os
import resource
import signal
import subprocess

from faults import articles, check, complain, environment, finish, MARSAD, path, remove, run, told, write_articles

made = articles(440)
news = write_articles("news.jsonl", made)
run("ingest", "--archive", path("whole.marsad"), news)
whole = told(path("whole.marsad"))
size = os.path.getsize(path("whole.marsad"))


def expect_failure(when, status, err):
    if status not in (1, 3):
        complain(f"{when}: status is {status}")
    if not any(words in err for words in ("full", "disk I/O error", "not stored", "cannot open", "File too large")):
        complain(f"{when}: the messages do not tell: {err!r}")


def expect_recovery(when, archive):
    status, _, err = run("ingest", "--archive", archive, news)
    if status != 0:
        complain(f"{when}: with room again, ingest ends with {status}: {err}")
    check(archive, when)
    if told(archive) != whole:
        complain(f"{when}: the archive tells something else than one that was never disturbed")


# --- a small file system ---------------------------------------------------------------------------------------------------


def on_small_disk():
    disk = path("disk")
    os.mkdir(disk)
    for kib in (64, 256, 1024, size // 1024 // 2, size // 1024, size // 1024 + 512):
        when = f"a disk of {kib} KiB"
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "marsad-fault", disk], capture_output=True, text=True)
        if mounted.returncode != 0:
            print(f"skipped: no file system can be mounted here: {mounted.stderr.strip()}", flush=True)
            return
        try:
            archive = os.path.join(disk, "a.marsad")
            status, out, err = run("ingest", "--verbose", "--archive", archive, news)
            expect_failure(when, status, err)
            promised = [int(line.split()[1]) for line in out.splitlines() if line.startswith("stored: ")]
            stored = check(archive, when) if os.path.exists(archive) else set()
            if promised and not {a["id"] for a in made[: promised[-1]]} <= stored:
                complain(f"{when}: articles were told as stored and are not there")
            subprocess.run(["mount", "-o", "remount,size=256m", disk], check=True)
            expect_recovery(when, archive)
        finally:
            subprocess.run(["umount", disk], check=True)


# --- files that may not grow -------------------------------------------------------------------------------------------------


def with_limit(kib, handler):
    def limit():
        signal.signal(signal.SIGXFSZ, handler)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kib * 1024, kib * 1024))
    return subprocess.run([MARSAD, "ingest", "--archive", path("limited.marsad"), news], env=environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, preexec_fn=limit, check=False)


def with_small_files():
    for kib in (16, 200, 1000, size // 1024 // 2, size // 1024 - 64):
        for handler in (signal.SIG_DFL, signal.SIG_IGN):
            when = f"files of {kib} KiB at most"
            done = with_limit(kib, handler)
            expect_failure(when, done.returncode, done.stderr.decode("utf-8", "replace"))
            if os.path.exists(path("limited.marsad")):
                check(path("limited.marsad"), when)
        expect_recovery(when, path("limited.marsad"))
        remove(path("limited.marsad"))


on_small_disk()
with_small_files()
finish()
