"""The layout of docs/scale.md on loopback: its configuration files (dist/examples), with the certificates, keys, roles and rights that it tells to make.

What differs is what must: addresses, ports and folders. Each of them has to stand in the file as it is replaced, so that a file that changes is noticed.
"""
import os
import re
import shutil

import belongings
import command
import nats
import postgres
from run import Run, STREAM

EXAMPLES = os.path.join(os.environ.get("MARSAD_SOURCE_DIR", "."), "dist", "examples")
USERS = ("enqueue", "worker", "status", "keeper")  # of NATS
ROLES = {"marsad_enqueue": "marsad_writer", "marsad_work": "marsad_writer", "marsad_look": "marsad_reader"}  # of PostgreSQL, with what they are given
LOGINS = {"enqueue": "marsad_enqueue", "worker": "marsad_work", "status": "marsad_look"}
ADDRESS = "127.0.0.1"


def example(name, replaced):
    """The text of a file, with some of it replaced."""
    with open(os.path.join(EXAMPLES, name), encoding="utf-8") as lines:
        text = lines.read()
    for old, new in replaced.items():
        if old not in text:
            raise RuntimeError(f"'{name}' has no '{old}' any more")
        text = text.replace(old, new)
    return text


class Identity:
    """Certificates and keys, in a folder that everybody may enter, as the programs run as somebody else."""

    def __init__(self, nodes):
        self.folder = belongings.folder("identity")
        os.chmod(self.folder, 0o755)
        self.tls = os.path.join(self.folder, "tls")
        belongings.run([os.path.join(EXAMPLES, "certificates"), self.tls, *(f"node-{number}={ADDRESS}" for number in range(nodes))])
        os.chmod(self.tls, 0o755)
        for name in os.listdir(self.tls):
            os.chmod(os.path.join(self.tls, name), 0o644 if name != "ca.key" else 0o600)
        self.public = {user: belongings.run([os.path.join(EXAMPLES, "nkey"), self.seed(user)]).decode().strip() for user in USERS}

    def seed(self, user):
        return os.path.join(self.folder, f"{user}.seed")

    def authority(self):
        return os.path.join(self.tls, "ca.pem")

    def certificate(self, node):
        return os.path.join(self.tls, f"{node}.pem")

    def key(self, node):
        return os.path.join(self.tls, f"{node}.key")

    def of_own(self, node, owner):
        """Certificate and key in a folder of `owner`: PostgreSQL takes no key that others can read."""
        folder = belongings.folder("own", owner)
        for file in (self.certificate(node), self.key(node)):
            copy = shutil.copy(file, folder)
            os.chmod(copy, 0o600)
            if owner is not None:
                os.chown(copy, owner.pw_uid, owner.pw_gid)
        return os.path.join(folder, f"{node}.pem"), os.path.join(folder, f"{node}.key")


class Node(nats.Node):
    """A node with the page's configuration."""

    scheme = "tls"

    def __init__(self, identity, number, folder, place):
        super().__init__(number, folder, place)
        self.identity = identity

    def settings(self, others):
        routes = [f"tls://{self.place.peer(self.number, other.number)}:{other.route_port}" for other in others]
        keys = {f"{user.upper()}_KEY": key for user, key in self.identity.public.items()}
        self.environment = dict(os.environ, NODE=self.name, ADVERTISE=f"{ADDRESS}:{self.port}", NODE_KEY=self.identity.key(self.name), PEER_1=routes[0],
                                PEER_2=routes[1], **keys)
        return example("nats-server.conf", {
            "0.0.0.0:4222": f"{ADDRESS}:{self.port}", "127.0.0.1:8222": f"{ADDRESS}:{self.monitor_port}", "0.0.0.0:6222": f"{ADDRESS}:{self.route_port}",
            "/etc/marsad/tls/node.pem": self.identity.certificate(self.name), "/etc/marsad/tls/ca.pem": self.identity.authority(),
            "/var/lib/marsad-nats": f"{self.folder}/store"})


def postgres_settings(identity, user, wal):
    """Of the page's lines for postgresql.conf."""
    certificate, key = identity.of_own("node-0", user)
    text = example("postgresql.conf", {
        "'*'": f"'{ADDRESS}'", "/etc/postgresql/15/main/node.pem": certificate, "/etc/postgresql/15/main/node.key": key,
        "/etc/marsad/tls/ca.pem": identity.authority(), "/var/backups/marsad/wal": wal})
    return {name: value.strip("'") for name, value in re.findall(r"^(\w+) = ('[^'\n]*'|\S+)", text, re.MULTILINE)}


class Primary(postgres.Postgres):
    """PostgreSQL with the page's configuration, with its roles and who may come from where; it archives its log of writes."""

    def __init__(self, identity):
        self.identity = identity
        user = belongings.somebody("postgres")
        self.wal = belongings.folder("wal", user)
        super().__init__(settings=postgres_settings(identity, user, self.wal))

    def begin(self, database):
        """Makes the archive, then logins; returns the archive's name for its keeper. From then on others come as pg_hba.conf says."""
        archive = self.database(database)
        command.run("archive", "init", archive)
        for name, given in ROLES.items():
            self.sql(f"CREATE ROLE {name} LOGIN PASSWORD '{self.password}'; GRANT {given} TO {name}")
        self.sql(f"CREATE ROLE marsad_standby LOGIN REPLICATION PASSWORD '{self.password}'")
        rules = example("pg_hba.conf", {"10.0.0.0/24": f"{ADDRESS}/32"})
        with open(os.path.join(self.data, "pg_hba.conf"), "w", encoding="ascii") as out:
            out.write(f"host all {postgres.OWNER} {ADDRESS}/32 scram-sha-256\n{rules}")  # the test's own
        self.sql("SELECT pg_reload_conf()")
        return archive

    def login(self, role, database, sslmode="verify-full"):
        return f"{self.url(database, role)}?sslmode={sslmode}&sslrootcert={self.identity.authority()}&target_session_attrs=any"

    def copy(self, folder, *options):
        """pg_basebackup, over TLS."""
        source = f"host={ADDRESS} port={self.port} user=marsad_standby sslmode=verify-full sslrootcert={self.identity.authority()}"
        belongings.run([self._program("pg_basebackup"), "--dbname", source, "--pgdata", folder, "--checkpoint=fast", "--wal-method=stream", *options],
                       self.user, cwd=self.folder, env=dict(os.environ, PGPASSWORD=self.password, HOME=self.folder))

    def verify_copy(self, folder):
        belongings.run([self._program("pg_verifybackup"), folder], self.user, cwd=self.folder)


class Copied(Primary):
    """A cluster in a folder that was copied from `source`."""

    def __init__(self, source, fill, settings=None):
        """`fill` puts the files into the folder that it is given."""
        self.identity, self._source, self._fill = source.identity, source, fill
        self.wal = source.wal
        postgres.Postgres.__init__(self, settings=settings)

    def _make(self, *settings):
        self.password = self._source.password
        self._fill(self.data)
        ours = {"port": self.port, "unix_socket_directories": self.folder}
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="ascii") as out:
            for group in (ours, *settings):
                out.writelines(f"{name} = '{value}'\n" for name, value in group.items())


class Layout(Run):
    """Three nodes, PostgreSQL, workers: everybody with a login of its own, all over TLS."""

    def __init__(self, workers):
        self.identity = Identity(nodes=3)
        self.folder = belongings.folder("run")
        self.postgres = Primary(self.identity)
        self.archive = self.postgres.begin("news")
        self.nats = nats.Cluster(3, make_node=lambda *where: Node(self.identity, *where))
        self.work_options = []
        self.prepare(workers)

    def options_of(self, who):
        replicas = ["--replicas", "3"] if who == "enqueue" else []
        return ["--archive", self.postgres.login(LOGINS[who], "news"), "--nats", self.nats.urls, "--stream", STREAM, "--nats-ca", self.identity.authority(),
                "--nats-nkey", self.identity.seed(who), *replicas]


def tools_are_there():
    return all(shutil.which(name) for name in ("openssl", "psql")) and os.path.exists(nats.PROGRAM) and os.path.exists(os.path.join(postgres.PROGRAMS, "initdb"))
