"""HTTPS with a certificate of one's own, made for this test: the cookie, what browsers are told to remember, old protocols, a key that does not fit."""
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys

from serving import API, MARSAD, Server, add_people, check, make_archive, path, test

TEMPLATE = 'cn = "localhost"\ndns_name = "localhost"\nip_address = "127.0.0.1"\nexpiration_days = 2\ntls_www_server\nsigning_key\nca\n'


def make_certificate(name):
    """(certificate, key), by GnuTLS' certtool or by openssl: whichever is there."""
    certificate, key = path(f"{name}.pem"), path(f"{name}.key")
    if shutil.which("certtool"):
        with open(path("template"), "w", encoding="ascii") as file:
            file.write(TEMPLATE)
        subprocess.run(["certtool", "-p", "--ecc", "--outfile", key], check=True, capture_output=True)
        subprocess.run(["certtool", "-s", "--load-privkey", key, "--template", path("template"), "--outfile", certificate], check=True, capture_output=True)
    else:
        names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        made = ["openssl", "req", "-x509", *curve, "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", names, "-keyout", key, "-out", certificate]
        subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def protocol_of(server, version):
    """The protocol that is agreed on when the client offers this one alone; None: no connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    try:
        with socket.create_connection(("127.0.0.1", server.port), 5) as plain, context.wrap_socket(plain) as s:
            return s.version()
    except OSError:
        return None


if not shutil.which("certtool") and not shutil.which("openssl"):
    print("neither certtool nor openssl is here to make a certificate")
    sys.exit(77)
with test():
    archive = make_archive("tls")
    add_people(archive, ["coder"])
    pair, other = make_certificate("one"), make_certificate("two")
    server = Server(archive, tls=pair)
    check(server.url.startswith("https://"), f"its address is {server.url}")
    who = server.login("coder")
    cookie = who.answer.header("Set-Cookie")
    check(re.match(r"__Host-marsad=[A-Za-z0-9_-]{43}; ", cookie) is not None, f"the cookie is {cookie[:20]}")
    for flag in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        check(flag in cookie, f"the cookie lacks {flag}")
    check("Domain" not in cookie, "the cookie is for other names too")
    for target in ("/", f"{API}/incidents?limit=1", f"{API}/nothing"):
        kept = server.get(target, who).header("Strict-Transport-Security", "")
        seconds = re.search(r"max-age=(\d+)", kept)
        check(seconds is not None and int(seconds.group(1)) >= 31536000, f"{target}: Strict-Transport-Security is '{kept}'")
    check(server.get("queue", headers={"Cookie": who.cookie.replace("__Host-", "")}).status == 401, "a cookie without its prefix is taken")
    whole = server.get("records?limit=1000", who)
    check(whole.status == 200 and len(whole.json()["rows"]) > 400, "a large answer does not come whole by TLS")
    check(protocol_of(server, ssl.TLSVersion.TLSv1_3) == "TLSv1.3" and protocol_of(server, ssl.TLSVersion.TLSv1_2) == "TLSv1.2", "no TLS 1.2 or 1.3")
    for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        check(protocol_of(server, version) is None, f"{version} is spoken")
    with socket.create_connection(("127.0.0.1", server.port), 5) as plain:
        plain.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        plain.settimeout(3)
        try:
            check(b"200" not in plain.recv(1000), "plain HTTP is answered")
        except OSError:
            pass
    check(server.get("/health").status == 200, "plain HTTP ended the server")
    check(server.stop() == 0, "the server ended badly")
    plain = Server(archive)
    check(plain.get("/health").header("Strict-Transport-Security") is None, "without TLS browsers are told to insist on it")
    check("Secure" not in plain.login("coder").answer.header("Set-Cookie"), "without TLS the cookie would never come back")
    plain.stop()
    for certificate, key in ((pair[0], other[1]), (path("none.pem"), pair[1]), (__file__, pair[1])):
        words = [MARSAD, "serve", "--archive", archive, "--listen", "127.0.0.1:0", "--tls", certificate, key]
        done = subprocess.run(words, capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
        check(done.returncode not in (0, -11, -6) and done.stderr.startswith(b"marsad:"), f"served with {os.path.basename(certificate)}: {done.stderr[:200]}")
