"""TLS with an authority of our own, certificates of clients, and logins by key: who may, and who is told why not."""
import base64
import os
import shutil
import subprocess

from queues import Broker, Worker, articles, check, enqueue, path, run, skip, status, test, write_articles

if shutil.which("openssl") is None:
    skip("no openssl")


def openssl(*words, given=None):
    return subprocess.run(["openssl", *words], input=given, capture_output=True, check=True).stdout


def certificate(name, authority=None, more=""):
    """name.pem and name.key; signed by itself or by an authority of this kind."""
    key, pem = path(f"{name}.key"), path(f"{name}.pem")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", path(f"{name}.csr"),
            "-subj", f"/CN={name}")
    with open(path(f"{name}.ext"), "w", encoding="utf-8") as out:
        out.write(more)
    signed = ["-CA", path(f"{authority}.pem"), "-CAkey", path(f"{authority}.key"), "-CAcreateserial"] if authority else ["-signkey", key]
    openssl("x509", "-req", "-in", path(f"{name}.csr"), *signed, "-days", "2", "-extfile", path(f"{name}.ext"), "-out", pem)
    os.chmod(key, 0o644)  # the broker's user reads its own
    return pem, key


def crc16(data):
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc.to_bytes(2, "little")


def nkey():
    """A seed and its public key, as NATS writes them."""
    raw = os.urandom(32)
    user, seed = 20 << 3, 18 << 3
    # PKCS #8 of an Ed25519 key is this head and the seed; its public key ends the DER of the public one.
    der = bytes.fromhex("302e020100300506032b657004220420") + raw
    public = openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", given=der)[-32:]

    def text(data):
        return base64.b32encode(data + crc16(data)).decode().rstrip("=")

    return text(bytes([seed | user >> 5, (user & 31) << 3]) + raw), text(bytes([user]) + public)


with test():
    file = write_articles("news.jsonl", articles(20))

    # TLS: the server shows a certificate, and asks for one.
    authority, _ = certificate("authority", more="basicConstraints=critical,CA:TRUE")
    certificate("broker", "authority", "subjectAltName=IP:127.0.0.1,DNS:localhost")
    mine, my_key = certificate("mine", "authority", "extendedKeyUsage=clientAuth")
    other, _ = certificate("other", more="basicConstraints=critical,CA:TRUE")
    stranger, stranger_key = certificate("stranger", "other", "extendedKeyUsage=clientAuth")
    tls = Broker("tls", f'tls {{ cert_file: "{path("broker.pem")}", key_file: "{path("broker.key")}", ca_file: "{authority}", verify: true }}\n',
                 "tls").start()
    ours = ("--nats-ca", authority, "--nats-cert", mine, "--nats-key", my_key)
    enqueue(tls, "tls.marsad", *ours, file)
    Worker(tls, "tls.marsad", "--until-empty", *ours).end()
    told = status(tls, "tls.marsad", *ours)
    check(told.get("sent") == 0 and told.get("messages") == 0, f"over TLS all is read: {told}")
    look = ("queue-status", "--archive", path("tls.marsad"), "--nats", tls.url)
    done = run(*look, "--nats-ca", other, "--nats-cert", mine, "--nats-key", my_key, expect=2)
    check("SSL" in done.stderr and "issuer" in done.stderr, f"a server of another authority is not believed: {done.stderr}")
    check(run(*look, "--nats-ca", authority, "--nats-cert", stranger, "--nats-key", stranger_key, expect=None).returncode != 0,
          "a certificate of another authority is not let in")
    check(run(*look, "--nats-ca", authority, expect=None).returncode != 0, "nor is nobody's")
    done = run(*look, "--nats-ca", path("none.pem"), expect=2)
    check("none.pem" in done.stderr, f"a file that is not there is named: {done.stderr}")
    run(*look, "--nats-ca", authority, "--nats-cert", mine, expect=2)

    # A login by key.
    seed, public = nkey()
    with open(path("seed"), "w", encoding="utf-8") as out:
        print(seed, file=out)
    with open(path("wrong-seed"), "w", encoding="utf-8") as out:
        print(nkey()[0], file=out)
    with open(path("no-seed"), "w", encoding="utf-8") as out:
        print(seed[:20] + ("A" if seed[20] != "A" else "B") + seed[21:], file=out)  # not the last letter: two of its bits tell nothing
    keyed = Broker("keyed", f"authorization {{ users: [ {{ nkey: {public} }} ] }}\n").start()
    enqueue(keyed, "keyed.marsad", "--nats-nkey", path("seed"), file)
    Worker(keyed, "keyed.marsad", "--until-empty", "--nats-nkey", path("seed")).end()
    check(status(keyed, "keyed.marsad", "--nats-nkey", path("seed")).get("sent") == 0, "with the key all is read")
    work = ("work", "--archive", path("keyed.marsad"), "--nats", keyed.url)
    done = run(*work, "--nats-nkey", path("wrong-seed"), expect=3)
    check("login" in done.stderr, f"another key is refused, and the worker says so: {done.stderr}")
    run(*work, expect=3)
    done = run(*work, "--nats-nkey", path("no-seed"), expect=3)
    check("no seed of a user" in done.stderr and seed not in done.stderr, f"a damaged seed is told of, and not shown: {done.stderr}")

    # A name and a password may stand in the URL; they are not told.
    named = Broker("named", 'authorization { user: reader, password: "a-secret-word" }\n').start()
    login = named.url.replace("://", "://reader:a-secret-word@")
    done = run("queue-status", "--archive", path("keyed.marsad"), "--nats", login)
    wrong = run("queue-status", "--archive", path("keyed.marsad"), "--nats", login.replace("secret", "wrong"), expect=2)
    check("wrong-word" not in wrong.stderr and "login" in wrong.stderr, f"a refused login is told without its password: {wrong.stderr}")
