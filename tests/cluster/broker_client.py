"""A client of NATS that does what a program of Marsad never does, to see that it is refused. Speaks the protocol itself: there is no tool for it in Debian."""
import base64
import json
import os
import socket
import ssl
import subprocess
import tempfile

PATIENCE = 30  # seconds for an answer, on a machine that does other things too
PKCS8 = bytes.fromhex("302e020100300506032b657004220420")  # this and 32 bytes are an Ed25519 key


def sign(seed, nonce):
    """By openssl, which signs files alone."""
    with tempfile.TemporaryDirectory(prefix="marsad-sign.") as folder:
        key, text = os.path.join(folder, "key"), os.path.join(folder, "nonce")
        with open(key, "wb") as out:
            out.write(PKCS8 + base64.b32decode(seed + "=" * (-len(seed) % 8))[2:34])
        with open(text, "wb") as out:
            out.write(nonce.encode())
        signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin", "-in", text], capture_output=True, check=True).stdout
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


class Refused(Exception):
    pass


class Client:
    def __init__(self, node, authority, seed=None, public=None):
        """Logs in at a node by a key, or as nobody; raises Refused."""
        address = (node.place.clients_at(node.number), node.port)
        plain = socket.create_connection(address, PATIENCE)
        greeting = json.loads(plain.recv(65536).split(b"\r\n")[0].partition(b" ")[2])
        self._socket = ssl.create_default_context(cafile=authority).wrap_socket(plain, server_hostname=address[0])
        self._lines = self._socket.makefile("rb")
        login = {"verbose": False, "pedantic": False, "tls_required": True, "lang": "python", "version": "0", "protocol": 1}
        if seed is not None:
            login.update(nkey=public, sig=sign(seed, greeting["nonce"]))
        self._say(f"CONNECT {json.dumps(login)}")
        faults = self._refusals()
        if faults:
            raise Refused(faults)

    def _say(self, line):
        self._socket.sendall(line.encode() + b"\r\n")

    def _refusals(self):
        """What the server refused of all that was said until now."""
        try:
            self._say("PING")
        except OSError:
            return ["closed"]
        faults = []
        while True:
            line = self._lines.readline()
            if line.startswith(b"PONG"):
                return faults
            if not line:
                return [*faults, "closed"]
            if line.startswith(b"-ERR"):
                faults.append(line.decode().strip())

    def may_publish(self, subject, text="{}"):
        self._say(f"PUB {subject} _INBOX.test {len(text)}\r\n{text}")
        return not self._refusals()

    def may_subscribe(self, subject):
        self._say(f"SUB {subject} {abs(hash(subject))}")
        return not self._refusals()

    def close(self):
        self._socket.close()
