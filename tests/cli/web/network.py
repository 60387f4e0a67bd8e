"""A small Internet of its own: a network namespace with public addresses, names and servers.

`enter()` starts the program again in new namespaces (root is needed), where nothing outside can be
reached. Servers are threads of the test; what they answer stands in `Site.pages`.
"""
import http.server
import os
import pathlib
import shutil
import socket
import socketserver
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

PUBLIC = "93.184.216.34"
OTHER = "93.184.216.35"
PUBLIC6 = "2606:2800:220:1::1"
SKIPPED = 77


def skip(reason):
    print("skipped:", reason)
    sys.exit(SKIPPED)


def enter():
    """Goes on in a network of its own, or skips the test with a reason."""
    if os.environ.get("SLUICE_TEST_NETWORK") == "inside":
        return set_up()
    if os.geteuid() != 0:
        skip("a network namespace of its own needs root")
    for tool in ("unshare", "ip", "mount", "openssl"):
        if shutil.which(tool) is None:
            skip(f"there is no {tool}")
    probe = subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True, text=True)
    if probe.returncode != 0:
        skip("this system makes no network namespace: " + probe.stderr.strip())
    os.environ["SLUICE_TEST_NETWORK"] = "inside"
    os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, *sys.argv])


def set_up():
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)  # noqa: E731
    run("ip", "link", "set", "lo", "up")
    for address in (PUBLIC, OTHER, "10.1.2.3", "169.254.169.254", "192.0.2.7", "100.64.0.9"):
        run("ip", "addr", "add", address + "/32", "dev", "lo")
    subprocess.run(["ip", "addr", "add", PUBLIC6 + "/128", "dev", "lo", "nodad"],
                   capture_output=True)
    run("mount", "--make-rprivate", "/")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sluice-etc-"))
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    (folder / "hosts").write_text("127.0.0.1 localhost\n10.1.2.3 intranet.test\n")
    for name in ("resolv.conf", "hosts"):
        run("mount", "--bind", str(folder / name), "/etc/" + name)
    shutil.rmtree(folder, ignore_errors=True)


class Names(threading.Thread):
    """DNS for A records. `answers[name]`: a list of lists of addresses, one for each question; the
    last one stays."""

    def __init__(self):
        super().__init__(daemon=True)
        self.answers = {}
        self.asked = []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        self.start()

    def run(self):
        while True:
            question, sender = self.socket.recvfrom(4096)
            try:
                self.socket.sendto(self.answer(question), sender)
            except (IndexError, OSError):
                continue

    def answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
            at += question[at] + 1
        kind = struct.unpack(">H", question[at + 1:at + 3])[0]
        name = ".".join(labels).lower()
        addresses = []
        if kind == 1 and name in self.answers:
            self.asked.append(name)
            rounds = self.answers[name]
            addresses = rounds.pop(0) if len(rounds) > 1 else rounds[0]
        code = 0 if name in self.answers else 3
        head = question[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(addresses), 0, 0)
        records = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 0, 4) + socket.inet_aton(one)
                           for one in addresses)
        return head + question[12:at + 5] + records


class Page:
    """An answer: a body with headers, or a function that writes to the connection itself."""

    def __init__(self, body=b"", status=200, write=None, **headers):
        self.body = body if isinstance(body, bytes) else body.encode()
        self.status = status
        self.write = write
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Site:
    """Servers on several addresses and ports that answer from one table of pages."""

    def __init__(self):
        self.pages = {}
        self.requests = []  # (address of the server, host, path, headers)
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    def serve(self, address, port, context=None):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # noqa: N802
                with site.lock:
                    site.at_once += 1
                    site.most_at_once = max(site.most_at_once, site.at_once)
                    site.requests.append((address, self.headers["Host"], self.path,
                                          dict(self.headers)))
                try:
                    self.respond()
                except OSError:
                    pass
                finally:
                    self.close_connection = True
                    with site.lock:
                        site.at_once -= 1

            def respond(self):
                page = site.pages.get(self.path, Page("nothing here", 404))
                if page.write is not None:
                    page.write(self.wfile)
                    return
                headers = {"Content-Type": "text/html", "Content-Length": str(len(page.body)),
                           **page.headers}
                status = page.status
                if "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]:
                    status = 304
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if status != 304:
                    self.wfile.write(page.body)

            def log_message(self, *words):
                pass

        class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
            daemon_threads = True
            address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

            def handle_error(self, request, client_address):
                pass

        server = Server((address, port), Handler)
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def paths(self, address=None):
        return [path for where, _, path, _ in self.requests
                if (address is None or where == address) and path != "/robots.txt"]


def make_certificate(folder, name, authority=None):
    """A key and a certificate for `name`: by `authority`, another one, or by itself."""
    base = pathlib.Path(folder) / name
    (base.with_suffix(".ext")).write_text(f"subjectAltName=DNS:{name}\n")
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)  # noqa: E731
    key, request, certificate = (str(base.with_suffix(s)) for s in (".key", ".csr", ".pem"))
    if authority is None:
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
            "-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:" + name,
            "-keyout", key, "-out", certificate)
        return certificate, key
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name,
        "-keyout", key, "-out", request)
    run("openssl", "x509", "-req", "-in", request, "-days", "30", "-CA", authority[0],
        "-CAkey", authority[1], "-CAcreateserial", "-extfile", str(base.with_suffix(".ext")),
        "-out", certificate)
    return certificate, key


def tls_context(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def drip(seconds, pause):
    """One byte after the other, for so long."""

    def write(out):
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        end = time.time() + seconds
        while time.time() < end:
            out.write(b"x")
            out.flush()
            time.sleep(pause)

    return write


def make_picture():
    """The smallest picture: one grey point."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))
