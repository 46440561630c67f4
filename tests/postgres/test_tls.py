#!/usr/bin/env python3
"""Connections that nobody can listen to: whose server is who it says, or there is none; passwords in files, certificates of clients; and no message tells a password."""
import os
import subprocess

from judged import check, finish, need

need(os.path.join(os.environ.get("MARSAD_POSTGRES_PROGRAMS", "/usr/lib/postgresql/15/bin"), "initdb"))
need("/usr/bin/openssl")
import belongings  # noqa: E402
import command  # noqa: E402
from postgres import OWNER, Postgres  # noqa: E402


def make_authority(folder):
    run(folder, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=made for a test",
        "-keyout", "ca.key", "-out", "ca.pem")


def make_certificate(folder, name, subject, names=""):
    run(folder, "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={subject}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
    with open(os.path.join(folder, f"{name}.ext"), "w", encoding="ascii") as out:
        out.write(f"subjectAltName={names}\n" if names else "")
    run(folder, "openssl", "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext",
        "-out", f"{name}.pem")
    os.chmod(os.path.join(folder, f"{name}.key"), 0o600)


def run(folder, *words):
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Secure(Postgres):
    """A cluster that takes nothing but TLS over TCP; `with_certificate` must show one."""

    def secure(self, folder):
        for name in ("server.key", "server.pem", "ca.pem"):
            with open(os.path.join(folder, name), "rb") as source:
                path = os.path.join(self.data, name)
                with open(path, "wb") as out:
                    out.write(source.read())
            os.chmod(path, 0o600)
            if self.user is not None:
                os.chown(path, self.user.pw_uid, self.user.pw_gid)
        self.sql("CREATE ROLE with_certificate LOGIN SUPERUSER")
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as out:
            out.write("ssl = on\nssl_cert_file = 'server.pem'\nssl_key_file = 'server.key'\nssl_ca_file = 'ca.pem'\n")
        with open(os.path.join(self.data, "pg_hba.conf"), "w", encoding="ascii") as out:
            out.write("hostssl all with_certificate all cert\nhostssl all all all scram-sha-256\n")
        self.restart()


said = []


def marsad(*words, **environment):
    done = subprocess.run([command.MARSAD, *words], env=dict(command.ENVIRONMENT, **environment), capture_output=True, check=False)
    said.append(done.stdout + done.stderr)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def main():
    folder = belongings.folder("tls")
    make_authority(folder)
    make_certificate(folder, "server", "localhost", "DNS:localhost,IP:127.0.0.1")
    make_certificate(folder, "client", "with_certificate")
    make_certificate(folder, "stranger", "somebody_else")
    cluster = Secure(fsync=False)
    cluster.database("secure")
    cluster.secure(folder)
    authority = os.path.join(folder, "ca.pem")
    passwords = os.path.join(folder, "passwords")
    with open(passwords, "w", encoding="ascii") as out:
        out.write(f"*:{cluster.port}:*:{OWNER}:{cluster.password}\n")
    os.chmod(passwords, 0o600)

    def url(host="localhost", user=OWNER, more=""):
        return f"postgresql://{user}@{host}:{cluster.port}/secure?sslmode=verify-full&sslrootcert={authority}{more}"

    code, told = marsad("archive", "init", url(), PGPASSFILE=passwords)
    check(code == 0, f"a server that is who it says is refused: {told}")
    samples = os.path.join(os.environ.get("MARSAD_SOURCE_DIR", "."), "samples", "reports.jsonl")
    code, told = marsad("ingest", "--archive", url("127.0.0.1"), samples, PGPASSFILE=passwords)
    check(code == 0, f"its address is not taken for its name: {told}")
    check(cluster.sql("SELECT count(*) > 0 FROM marsad.article", "secure").strip() == "t", "nothing is stored")
    inside = marsad("articles", "--archive", url(), "--output", "jsonl", PGPASSFILE=passwords)
    check(inside[0] == 0 and inside[1], "nothing is asked over TLS")

    # another name for the same machine is not in the certificate
    code, told = marsad("articles", "--archive", url("127.0.0.2"), PGPASSFILE=passwords, PGHOSTADDR="127.0.0.1")
    check(code == 3 and "does not match host name" in told, f"a wrong host is taken: {code} {told}")
    # an authority that did not sign it
    other = belongings.folder("other")
    make_authority(other)
    code, told = marsad("articles", "--archive", url().replace(authority, os.path.join(other, "ca.pem")), PGPASSFILE=passwords)
    check(code == 3 and "certificate verify failed" in told, f"a certificate of anybody is taken: {code} {told}")
    code, told = marsad("articles", "--archive", url().replace("verify-full", "disable"), PGPASSFILE=passwords)
    check(code == 3, f"a connection without TLS is taken: {code} {told}")
    code, told = marsad("articles", "--archive", url())
    check(code == 3 and "password" in told, f"no password is needed: {code} {told}")

    # clients that show a certificate
    def shown(name):
        return f"&sslcert={os.path.join(folder, name)}.pem&sslkey={os.path.join(folder, name)}.key"

    code, told = marsad("articles", "--archive", url(user="with_certificate", more=shown("client")))
    check(code == 0, f"a client's certificate is refused: {told}")
    code, told = marsad("articles", "--archive", url(user="with_certificate", more=shown("stranger")))
    check(code == 3, "a certificate of another client is taken")
    code, told = marsad("articles", "--archive", url(user="with_certificate"))
    check(code == 3, "no certificate of a client is needed")

    # a password in the name is never told, right or wrong
    for password in (cluster.password, "wrong-" + cluster.password[:8]):
        named = url().replace(f"{OWNER}@", f"{OWNER}:{password}@")
        for words in (("articles", "--archive", named), ("archive", "fingerprint", named), ("archive", "init", named), ("verify", "--archive", named)):
            marsad(*words)
    check(not any(cluster.password[:8].encode() in text for text in said), "a password is told")
    cluster.stop()
    finish()


if __name__ == "__main__":
    main()
