"""A network of a test's own, in which each node has a network too, and a wire of its own to every other node: so that one wire can be cut.

              test                the test, its workers and PostgreSQL
            /   |   \
      node 0 ---+--- node 1       six wires of two ends; nobody passes on what is for others
            \   |   /
             node 2

A network is a namespace of the kernel that a sleeping process holds; it is gone, with its ends of the wires, when that process is. Needs root.
"""
import ctypes
import itertools
import os
import subprocess
import time

import belongings

TEST = "test"  # stands where numbers of nodes do
BEGIN = (198, 18, 0, 0)  # addresses that no network has: they are kept for measuring (RFC 2544)


def is_possible():
    return os.getuid() == 0


def leave_for_own():
    """From here on the test and what it starts have a network of their own: begin with it."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(belongings.CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "cannot have a network of its own")
    belongings.run(["ip", "link", "set", "lo", "up"])


class Mesh:
    def __init__(self, nodes):
        self._holders = {node: self._hold() for node in range(nodes)}
        self._addresses = {}  # of the first for the second
        wires = itertools.combinations([TEST, *range(nodes)], 2)
        for number, (one, other) in enumerate(wires):
            self._join(number, one, other)

    @staticmethod
    def _hold():
        process = belongings.start(["unshare", "--net", "sleep", "infinity"], stdin=subprocess.DEVNULL)
        ours = os.readlink("/proc/self/ns/net")
        while os.readlink(f"/proc/{process.pid}/ns/net") == ours:
            if process.poll() is not None:
                raise RuntimeError("cannot make a network for a node")
            time.sleep(0.01)
        return process

    def _ip(self, node, *words):
        there = [] if node == TEST else ["nsenter", f"--net=/proc/{self._holders[node].pid}/ns/net"]
        belongings.run([*there, "ip", *words])

    def _join(self, number, one, other):
        """A wire, whose two ends are named for where they lead, with a network of four addresses."""
        self._ip(one, "link", "add", f"to-{other}", "type", "veth", "peer", "name", f"to-{one}", "netns", str(self._holders[other].pid))
        for end, (here, there) in enumerate(((one, other), (other, one)), 1):
            address = f"{BEGIN[0]}.{BEGIN[1]}.{number}.{end}"
            self._ip(here, "address", "add", f"{address}/30", "dev", f"to-{there}")
            self._ip(here, "link", "set", f"to-{there}", "up")
            self._addresses[here, there] = address

    def cut(self, one, other):
        """Nothing passes between two nodes any more, and nobody is told."""
        self._ip(one, "link", "set", f"to-{other}", "down")

    def heal(self, one, other):
        self._ip(one, "link", "set", f"to-{other}", "up")

    # --- as loopback.Loopback --------------------------------------------------------------------------------------------

    def namespace(self, node):
        return self._holders[node].pid

    def listens(self, node):
        return "0.0.0.0"

    def clients_at(self, node):
        return self._addresses[node, TEST]

    def peer(self, node, other):
        return self._addresses[other, node]
