"""Bad input at every door: it is told and kept as a problem, the good article behind it is stored, and memory stays bounded."""
import gzip
import json
import os
import sqlite3
import subprocess
import zlib

from faults import articles, check, complain, environment, finish, MARSAD, path, run, write_articles

MEMORY_KIB = 320 * 1024  # the largest item may have 64 MiB, and stands in memory a few times
good = write_articles("good.jsonl", articles(1))
folder = path("bad")
os.mkdir(folder)


def bad(name, *parts):
    with open(os.path.join(folder, name), "wb") as out:
        out.writelines(parts)


WARC_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
PAGE_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def response(body):
    return WARC_HEAD % (len(PAGE_HEAD) + len(body)) + PAGE_HEAD + body + b"\r\n\r\n"


MIB = bytes(1 << 20)


def zeros(name, mebibytes, head=b""):
    """Compressed; in parts, since what this program holds counts as the command's memory when it is started."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    with open(os.path.join(folder, name), "wb") as out:
        out.write(pack.compress(head))
        for _ in range(mebibytes):
            out.write(pack.compress(MIB))
        out.write(pack.flush())


def huge_line(name, mebibytes):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(b'{"id":"huge","text":"')
        for _ in range(mebibytes):
            out.write(MIB.replace(b"\0", b"x"))
        out.write(b'"}\n')


story = ("<html><body><article><h1>عنوان</h1>" + "<p>قصفت طائرات حربية مدينة حلب أمس مما أدى إلى مقتل خمسة مدنيين.</p>" * 5 + "</article></body></html>").encode()
bomb = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">' + b"".join(
    b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10)) + b"]><rss><channel><item><title>&a9;</title></item></channel></rss>"
outside = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title><description>&x;</description></item></channel></rss>'

bad("empty.html", b"")
bad("no-text.html", b"<html><head><title>t</title></head><body><script>var a = 1;</script><img src=x></body></html>")
bad("bomb.rss", bomb)
bad("outside.rss", outside)
bad("cut.rss", b'<?xml version="1.0"?><rss><channel><item><title>x</title><desc')
bad("no-feed.xml", b"<invoice><total>5</total></invoice>")
bad("cut.warc", response(story)[:-400])
bad("cut.warc.gz", gzip.compress(response(story))[:-40])
bad("no.warc", b"this is no archive\r\n\r\n")
zeros("zeros.warc.gz", 1024)
zeros("zeros-within.warc.gz", 100, WARC_HEAD % (len(PAGE_HEAD) + (100 << 20)) + PAGE_HEAD)
bad("bytes.jsonl", b'{"id":"a","text":"\xff\xfe\xc3("}\n{"id":"b"\n[]\n"x"\n{"id":"c","text":5}\n')
bad("deep.jsonl", b'{"id":"a","text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n")
huge_line("huge.jsonl", 70)
os.symlink("..", os.path.join(folder, "loop"))
os.symlink(".", os.path.join(folder, "itself"))
os.symlink("nowhere", os.path.join(folder, "dangling.txt"))
os.mkfifo(os.path.join(folder, "pipe.txt"))
if os.geteuid() != 0:
    bad("secret.txt", b"x")
    os.chmod(os.path.join(folder, "secret.txt"), 0)


def ingest(archive, *files):
    """Status, messages, peak memory."""
    with open(path("err"), "w+b") as err:
        process = subprocess.Popen([MARSAD, "ingest", "--published", "2016-05-10", "--archive", archive, *files], env=environment(), stdout=subprocess.DEVNULL,
                                   stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        return process.returncode, err.read().decode("utf-8", "replace"), usage.ru_maxrss


def problems(archive):
    db = sqlite3.connect(archive)
    try:
        return [row[0] for row in db.execute("SELECT reason FROM problem")]
    finally:
        db.close()


# --- each alone, the good one behind it ----------------------------------------------------------------------------------------

for name in sorted(os.listdir(folder)):
    if name in ("pipe.txt", "loop", "itself"):
        continue
    archive = path(f"{name}.marsad")
    status, err, peak = ingest(archive, os.path.join(folder, name), good)
    if status not in (0, 1):
        complain(f"{name}: status is {status}: {err[:400]}")
        continue
    if status == 1 and (name not in err or not any(name in reason for reason in problems(archive))):
        complain(f"{name}: it is not told, or not kept as a problem: {err[:400]!r}")
    if status == 0 and name not in ("bytes.jsonl", "cut.warc", "zeros-within.warc.gz", "outside.rss"):
        complain(f"{name}: nothing is told: {err[:400]!r}")
    if peak > MEMORY_KIB:
        complain(f"{name}: it took {peak // 1024} MiB")
    stored = check(archive, name)
    if json.loads(open(good, encoding="utf-8").readline())["id"] not in stored:
        complain(f"{name}: the good article behind it is not stored")
    if b"root:" in open(archive, "rb").read():
        complain(f"{name}: a file of this machine was read")
    print(f"{name}: status {status}, {peak // 1024} MiB: {err.splitlines()[0][:160] if err else ''}", flush=True)

# --- all of them as a folder, with links that lead back, and a pipe that nobody writes to ------------------------------------------

status, err, _ = ingest(path("folder.marsad"), folder, good)
if status != 1:
    complain(f"a folder of bad files: status is {status}")
for name in ("loop", "itself", "pipe.txt"):
    if f"{name}' is passed over" not in err:
        complain(f"'{name}' is not told as passed over")
if "dangling.txt" not in err:
    complain("a link to nothing is not told")
before = check(path("folder.marsad"), "a folder of bad files")
ingest(path("folder.marsad"), folder, good)
if check(path("folder.marsad"), "a folder of bad files, again") != before:
    complain("the same bad files again changed what is stored")

# --- nothing to read, nothing to write to ------------------------------------------------------------------------------------------

os.mkdir(path("empty"))
status, out, err = run("ingest", "--archive", path("none.marsad"), path("empty"), stdin=subprocess.DEVNULL)
if status != 0 or "no file" not in err:
    complain(f"an empty folder ends with {status}: {err}")
for name, content in (("text.marsad", b"this is no archive, but a file of somebody's own\n" * 100), ("cut.marsad", b"SQLite format 3\0")):
    with open(path(name), "wb") as out:
        out.write(content)
    status, _, err = run("ingest", "--archive", path(name), good)
    if status != 3 or name not in err:
        complain(f"'{name}', which is no archive, ends with {status}: {err}")
    with open(path(name), "rb") as after:
        if after.read() != content:
            complain(f"'{name}', which is no archive, was written to")
finish()
