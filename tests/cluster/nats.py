"""NATS with JetStream, of one node or of several that form a cluster: in temporary folders, as somebody without rights, gone with the test.

What a node thinks of itself and of the others is asked from its monitor over HTTP, as Debian has no tool for it.
"""
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import belongings
import ports
from loopback import Loopback

PROGRAM = os.environ.get("MARSAD_NATS_PROGRAM") or "/usr/sbin/nats-server"
PATIENCE = 60  # seconds for a leader to be found, on a machine that does other things too
LARGEST_STORE = "4GB"  # a node's files


class Node:
    """A program of the cluster, with its place; nats.Cluster makes it."""

    scheme = "nats"
    environment = None  # the test's

    def __init__(self, number, folder, place):
        self.number, self.name = number, f"node-{number}"
        self.folder = os.path.join(folder, self.name)
        self.place = place
        self.port, self.route_port, self.monitor_port = ports.free(), ports.free(), ports.free()
        self.process = None
        self.spent = 0.0  # seconds of the processor, by its lives before this one

    def settings(self, others):
        """Its configuration."""
        here, reached = self.place.listens(self.number), self.place.clients_at(self.number)
        lines = [f"server_name: {self.name}", f"listen: {here}:{self.port}", f"client_advertise: \"{reached}:{self.port}\"",
                 f"http: \"{here}:{self.monitor_port}\"",
                 f"jetstream {{ store_dir: \"{self.folder}/store\", max_file_store: {LARGEST_STORE}, max_memory_store: 64MB }}"]
        if others:
            routes = [f"\"nats-route://{self.place.peer(self.number, other.number)}:{other.route_port}\"" for other in others]
            lines.append(f"cluster {{ name: marsad-test, listen: {here}:{self.route_port}, routes: [{', '.join(routes)}] }}")
        return "\n".join(lines) + "\n"

    @property
    def url(self):
        return f"{self.scheme}://{self.place.clients_at(self.number)}:{self.port}"

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def monitor(self, question):
        """The monitor's answer to a path like '/jsz'; None when the node does not answer."""
        try:
            with urllib.request.urlopen(f"http://{self.place.clients_at(self.number)}:{self.monitor_port}{question}", timeout=5) as answer:
                return json.load(answer)
        except (OSError, urllib.error.URLError, ValueError):
            return None

    def messages(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as lines:
            return lines.read()[-2000:]

    def processor_seconds(self):
        return self.spent + (belongings.processor_seconds(self.process.pid) if self.is_running() else 0.0)


class Cluster:
    def __init__(self, nodes=1, place=None, make_node=Node):
        """Starts it, and waits until its nodes agree on who leads."""
        self.user = belongings.somebody("nats")
        self.folder = belongings.folder("nats", self.user)
        place = place or Loopback()
        self.nodes = [make_node(number, self.folder, place) for number in range(nodes)]
        for node in self.nodes:
            os.mkdir(node.folder)
            settings = os.path.join(node.folder, "settings")
            with open(settings, "w", encoding="utf-8") as out:
                out.write(node.settings([other for other in self.nodes if other is not node]))
            if self.user is not None:
                os.chown(node.folder, self.user.pw_uid, self.user.pw_gid)
        for node in self.nodes:
            self.start(node)
        self.wait_for_leader()

    @property
    def urls(self):
        """All nodes, as `--nats` takes them."""
        return ",".join(node.url for node in self.nodes)

    # --- running ---------------------------------------------------------------------------------------------------------

    def start(self, node):
        """Does not wait until it answers."""
        with open(os.path.join(node.folder, "log"), "ab") as log:
            node.process = belongings.start([PROGRAM, "-c", os.path.join(node.folder, "settings")], self.user, namespace=node.place.namespace(node.number),
                                            cwd=node.folder, env=node.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def kill(self, node):
        """kill -9."""
        node.spent = node.processor_seconds()
        node.process.send_signal(signal.SIGKILL)
        node.process.wait()

    def retire(self, node):
        """Ends it politely (lame duck): what it leads goes to others first, then its clients do. Returns its status."""
        node.spent = node.processor_seconds()
        belongings.run([PROGRAM, "--signal", f"ldm={node.process.pid}"], self.user)
        return node.process.wait(PATIENCE)

    def stop(self):
        for node in self.nodes:
            if node.is_running():
                node.process.send_signal(signal.SIGTERM)
        for node in self.nodes:
            node.process.wait(PATIENCE)

    def processor_seconds(self):
        return sum(node.processor_seconds() for node in self.nodes)

    # --- who leads -------------------------------------------------------------------------------------------------------

    def wait_for_leader(self):
        """Until every node is ready and all name the same leader of the cluster."""
        self._wait("the nodes do not agree on a leader", self._agree)

    def _agree(self):
        if len(self.nodes) == 1:
            return self.nodes[0].monitor("/jsz") is not None
        leaders = set()
        for node in self.nodes:
            meta = (node.monitor("/jsz") or {}).get("meta_cluster", {})
            leaders.add(meta.get("leader") if meta.get("cluster_size") == len(self.nodes) else None)
        return len(leaders) == 1 and leaders.pop()

    def _wait(self, fault, condition):
        patient_until = time.monotonic() + PATIENCE
        while True:
            answer = condition()
            if answer:
                return answer
            for node in self.nodes:
                if node.process.poll() not in (None, -signal.SIGKILL):
                    raise RuntimeError(f"{node.name} has ended: {node.messages()}")
            if time.monotonic() > patient_until:
                raise RuntimeError(f"{fault}: {self.nodes[0].messages()}")
            time.sleep(0.1)

    def stream(self, node, name):
        """What a node's monitor tells of a stream; None when it does not know it."""
        answer = node.monitor("/jsz?accounts=1&streams=1&consumers=1&config=1") if node.is_running() else None
        for account in (answer or {}).get("account_details", []):
            for stream in account.get("stream_detail", []):
                if stream["name"] == name:
                    return stream
        return None

    def leader(self, name):
        """The node that leads a stream: the one that says so of itself. Waits while there is none."""
        def find():
            for node in self.nodes:
                stream = self.stream(node, name)
                if stream is not None and (len(self.nodes) == 1 or stream.get("cluster", {}).get("leader") == node.name):
                    return node
            return None
        return self._wait(f"nobody leads the stream '{name}'", find)

    def followers(self, name):
        leader = self.leader(name)
        return [node for node in self.nodes if node is not leader and node.is_running()]

    def wait_until_whole(self, name):
        """Until all nodes run, agree on a leader, and hold what the leader of a stream holds of it."""
        self.wait_for_leader()
        def is_whole():
            if not all(node.is_running() for node in self.nodes):
                raise RuntimeError("a node does not run")
            replicas = (self.stream(self.leader(name), name) or {}).get("cluster", {}).get("replicas", [])
            return len(replicas) == len(self.nodes) - 1 and all(replica.get("current") and not replica.get("offline") for replica in replicas)
        self._wait(f"the copies of the stream '{name}' do not catch up", is_whole)
