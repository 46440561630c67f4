"""TLS and an NKEY for a cluster of NATS: keys and certificates of a test's own, and the lines that a node's configuration gets for them.

A node lets those in alone who show a certificate of the test's authority and know the seed of the NKEY.
"""
import base64
import binascii
import os

import belongings

# An NKEY is a key of Ed25519 in base 32, behind bits that tell what it is of ('S' a seed, 'U' a user) and before a checksum.
SEED, USER = 18 << 3, 20 << 3
DAYS = "2"


class Secrecy:
    def __init__(self):
        user = belongings.somebody("nats")
        self.folder = belongings.folder("secrets", user)
        self.authority = self._path("authority.pem")
        self._certificate("authority", "Marsad's tests", [])
        signed = ["-CA", self.authority, "-CAkey", self._path("authority.key")]
        self.node, self.node_key = self._certificate("node", "localhost", [*signed, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"])
        self.client, self.client_key = self._certificate("client", "client", signed)
        self.seed, self.public = self._path("seed"), None
        seed, self.public = nkey()
        with open(self.seed, "w", encoding="ascii") as out:
            out.write(seed + "\n")
        if user is not None:
            for name in os.listdir(self.folder):
                os.chown(self._path(name), user.pw_uid, user.pw_gid)

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _certificate(self, name, subject, more):
        certificate, key = self._path(f"{name}.pem"), self._path(f"{name}.key")
        belongings.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", DAYS,
                        "-subj", f"/CN={subject}", "-keyout", key, "-out", certificate, *more])
        return certificate, key

    def lines(self):
        """For the configuration of a node."""
        return [f"tls {{ cert_file: \"{self.node}\", key_file: \"{self.node_key}\", ca_file: \"{self.authority}\", verify: true }}",
                f"authorization {{ users: [ {{ nkey: {self.public} }} ] }}"]

    def options(self):
        """For the command."""
        return ["--nats-ca", self.authority, "--nats-cert", self.client, "--nats-key", self.client_key, "--nats-nkey", self.seed]


def nkey():
    """(seed, public key)."""
    private = belongings.run(["openssl", "genpkey", "-algorithm", "ed25519", "-outform", "DER"])
    public = belongings.run(["openssl", "pkey", "-inform", "DER", "-pubout", "-outform", "DER"], given=private)
    kinds = bytes((SEED | USER >> 5, (USER & 31) << 3))
    return _armoured(kinds + private[-32:]), _armoured(bytes((USER,)) + public[-32:])


def _armoured(key):
    return base64.b32encode(key + binascii.crc_hqx(key, 0).to_bytes(2, "little")).decode().rstrip("=")
