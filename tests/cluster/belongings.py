"""What a test owns: folders, and programs that run as somebody without rights.

Nothing outlives the test, however it ends. A program gets a signal from the kernel when the test's process dies. Folders are removed by
a small process beside the test, the remover, which waits until its input ends: at the test's end, or when the test was killed.

Start programs from the main thread: the kernel counts the death of the thread that started a program.
"""
import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PR_SET_PDEATHSIG = 1  # linux/prctl.h
CLONE_NEWNET = 0x40000000  # linux/sched.h
PATIENCE = 10  # seconds that programs have to end when their test is dead

_libc = ctypes.CDLL(None, use_errno=True)
_remover = None


def somebody(*names):
    """The first of these users that this machine has, when the test is root's; else None: the test's own user."""
    if os.getuid() != 0:
        return None
    for name in (*names, "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            pass
    raise RuntimeError(f"no such user: {', '.join(names)}")


def folder(name, owner=None):
    """A new folder that only its owner (of somebody()) and root can enter, removed after the test."""
    made = tempfile.mkdtemp(prefix=f"marsad-{name}.")
    _remove_later(made)
    if owner is not None:
        os.chown(made, owner.pw_uid, owner.pw_gid)
    return made


def start(command, user=None, dies_by=signal.SIGKILL, namespace=None, **more):
    """A program, as `user` (of somebody()), in the network of the process `namespace`, that gets the signal `dies_by` when the test dies."""
    test = os.getpid()
    network = os.open(f"/proc/{namespace}/ns/net", os.O_RDONLY) if namespace else None

    def become():
        if network is not None and _libc.setns(network, CLONE_NEWNET) != 0:
            os._exit(126)
        if user is not None:
            os.setgroups([user.pw_gid])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        _libc.prctl(PR_SET_PDEATHSIG, dies_by)  # after the change of user, which forgets it
        if os.getppid() != test:  # dead already
            os._exit(125)

    try:
        return subprocess.Popen(command, preexec_fn=become, **more)
    finally:
        if network is not None:
            os.close(network)


class Failed(RuntimeError):
    def __init__(self, command, status, messages):
        super().__init__(f"{' '.join(command)} ends with {status}: {messages.decode('utf-8', 'replace').strip()}")
        self.status = status


def run(command, user=None, given=b"", **more):
    """What a program prints, which is `given` this; raises Failed with its messages when it fails."""
    done = start(command, user=user, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    out, err = done.communicate(given)
    if done.returncode != 0:
        raise Failed(command, done.returncode, err)
    return out


def processes_in(place):
    """Ids of the processes whose working folder is in the folder `place`."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            where = os.readlink(f"/proc/{process}/cwd")
        except OSError:
            continue  # ended meanwhile, or somebody else's
        if where == place or where.startswith(place + "/"):
            found.append(int(process))
    return found


def processor_seconds(process):
    """User and system time of a process, and of its children that have ended (proc(5): fields 14 to 17 of stat)."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as line:
            fields = line.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


# --- the remover ---------------------------------------------------------------------------------------------------------


def _remove_later(made):
    global _remover
    if _remover is None:
        _remover = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        atexit.register(_let_remove, os.getpid())
    _remover.stdin.write(made.encode() + b"\n")
    _remover.stdin.flush()


def _let_remove(test):
    if os.getpid() == test:  # not in a child that the test forked
        _remover.stdin.close()
        _remover.stdout.read()  # ends when the remover has


def _end_processes(place):
    patient_until = time.monotonic() + PATIENCE
    while processes := processes_in(place):
        if time.monotonic() > patient_until:
            for process in processes:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        time.sleep(0.05)


def _wait_and_remove():
    if os.fork() != 0:
        os._exit(0)  # the remover has no parent: who kills a test with all its children leaves it alone
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for place in [line.decode().rstrip("\n") for line in sys.stdin.buffer]:
        _end_processes(place)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    _wait_and_remove()
