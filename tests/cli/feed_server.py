"""A web server on 127.0.0.1 for tests of feeds: writes its port to ./port and each request to ./asked, and answers from the folder ./www.

    x.xml           with an ETag of its bytes; 304 to who knows it
    x.xml.status    if there: this status instead, and what stands behind it as Retry-After
    /away           redirects to 127.0.0.2, an address of this machine that is not the one that was asked
    /huge           a body of 20 MiB; /long: one whose head announces 20 MiB
"""
import hashlib
import http.server
import os
import sys
import threading


class Answers(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        known = self.headers.get("If-None-Match")
        with open("asked", "a") as asked:
            asked.write(f"{self.path} {known or '-'} {self.headers.get('User-Agent')}\n")
        if self.path == "/away":
            return self.answer(302, Location=f"http://127.0.0.2:{self.server.server_port}/news.xml")
        if self.path in ("/huge", "/long"):
            return self.endless()
        path = "www" + self.path
        if os.path.exists(path + ".status"):
            status, *wait = open(path + ".status").read().split()
            return self.answer(int(status), **({"Retry_After": wait[0]} if wait else {}))
        if not os.path.isfile(path):
            return self.answer(404)
        body = open(path, "rb").read()
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        if known == etag:
            return self.answer(304, ETag=etag)
        self.answer(200, body, ETag=etag, Content_Type="text/html" if path.endswith("html") else "application/rss+xml")

    def endless(self):
        self.send_response(200)
        if self.path == "/long":
            self.send_header("Content-Length", str(20 << 20))
        self.end_headers()
        try:
            for _ in range(20):
                self.wfile.write(b" " * (1 << 20))
        except OSError:
            pass  # who asked has had enough


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
server.daemon_threads = True
threading.Timer(240, os._exit, [1]).start()  # never outlives its test for long
with open("port.new", "w") as port:
    port.write(str(server.server_port))
os.rename("port.new", "port")
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
