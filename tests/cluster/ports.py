"""Ports on loopback that nobody listens at."""
import random
import socket

# Below those that the system gives to outgoing connections (net.ipv4.ip_local_port_range), so that a port stays free while its program restarts.
FIRST, LAST = 20000, 32000

_given = set()


def free():
    """A port that is free now and was not given to this test before."""
    for _ in range(1000):
        port = random.randint(FIRST, LAST)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise RuntimeError("no free port on loopback")
