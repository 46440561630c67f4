"""Where the nodes of a cluster live: here, on loopback, beside each other. network.py has the other place, where links can be cut."""


class Loopback:
    def namespace(self, node):
        """The process whose network the node shares; None: the test's."""
        return None

    def listens(self, node):
        """The address at which a node listens."""
        return "127.0.0.1"

    def clients_at(self, node):
        """The address of a node for those who are no nodes."""
        return "127.0.0.1"

    def peer(self, node, other):
        """The address of `other` for `node`."""
        return "127.0.0.1"
