"""What a server has given up: it is asked of the kernel, and tried. That nothing is missing which it needs, the other tests tell: all run in the sandbox."""
import ctypes
import os
import shutil
import sys

from serving import OPTIONS, Server, add_people, check, databases, make_archive, path, releases_of, test

LANDLOCK_CREATE_RULESET = 444  # the number of the system call, the same on all machines


def status_of(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def threads_of(server):
    for task in os.listdir(f"/proc/{server.process.pid}/task"):
        with open(f"/proc/{server.process.pid}/task/{task}/status", encoding="ascii") as file:
            yield dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def has_landlock():
    version = ctypes.CDLL(None, use_errno=True).syscall(LANDLOCK_CREATE_RULESET, None, 0, 1)
    return version >= 1


if "--no-sandbox" in OPTIONS:
    sys.exit(77)
with test():
    archive = make_archive("sandbox")
    add_people(archive, ["releaser"])
    server = Server(archive)
    who = server.login("releaser")
    check(server.post("releases", {"profile": "public", "title": "First", "licence": "CC-BY-4.0"}, who).status == 201, "no release in the sandbox")
    told = server.get("releases/1/files/LICENCE", who)
    check(told.status == 200, "a file of a release cannot be read in the sandbox")

    threads = list(threads_of(server))
    check(len(threads) >= 5, f"{len(threads)} threads")
    for status in threads:
        check(status["NoNewPrivs"] == "1", f"thread {status['Name']} may gain rights")
        check(status["Seccomp"] == "2", f"thread {status['Name']} may ask for any system call")
    descriptors = [os.readlink(f"/proc/{server.process.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{server.process.pid}/fd")]
    own = path("") if databases.is_one(archive) else os.path.dirname(archive)
    strange = [name for name in descriptors if name.startswith("/") and not name.startswith((own, "/dev/")) and ".bin" not in name and ".access" not in name]
    check(not strange, f"files that are open: {strange}")

    # A folder of releases that leads elsewhere: the server's user may read it, the server may not.
    elsewhere = path("elsewhere")
    shutil.copytree(releases_of(archive) + "/1", elsewhere)
    os.symlink(elsewhere, releases_of(archive) + "/2")
    os.symlink("/etc/passwd", releases_of(archive) + "/1/passwd")
    for target in ("releases/2/files/LICENCE", "releases/1/files/passwd"):
        answer = server.get(target, who)
        if has_landlock():
            check(answer.status == 404, f"{target} leads out of the archive's folder: {answer.status}")
        else:
            print(f"no landlock in this kernel: {target} is answered with {answer.status}")
    check(server.stop() == 0, "the server ended badly")

    free = Server(archive, "--no-sandbox")
    check(status_of(free)["Seccomp"] == "0", "--no-sandbox has no effect, so that its absence tells nothing")
    check(free.stop() == 0, "the server ended badly")
