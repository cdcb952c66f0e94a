"""Both proxies, run before a stand-in for the service: what passes, what does not, what is kept."""

import contextlib
import hashlib
import http.client
import http.server
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from repository import DEPLOY, program, run

NAME = "refer.example.org"
# Every byte there is, so that a proxy that changes one of them is found out.
BODY = b"Body=" + bytes(range(256)) * 8 + "&Empty=&Name=é".encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Upstream(http.server.ThreadingHTTPServer):
    """Stands where Latchline stands, and remembers what reached it."""

    def __init__(self, port: int = 0):
        self.seen = []
        seen = self.seen
        # On connections that are open still nobody answers any more.
        self.is_away = threading.Event()
        is_away = self.is_away

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                if is_away.is_set():
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                seen.append((self.command, self.path, dict(self.headers), body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Proxy:
    """What both must do. A class below says how its proxy is started and reached."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.upstream = Upstream()
        cls.addClassCleanup(cls.upstream.server_close)
        cls.addClassCleanup(cls.upstream.shutdown)
        cls.port = free_port()
        command, environment = cls.prepare()
        cls.log = cls.folder / "said.log"
        with cls.log.open("wb") as log:
            cls.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | environment)
        cls.addClassCleanup(cls.process.wait, 10)
        cls.addClassCleanup(cls.process.terminate)
        until = time.monotonic() + 20
        while True:
            try:
                cls.connect().close()
                break
            except OSError:
                if time.monotonic() > until or cls.process.poll() is not None:
                    raise AssertionError(f"the proxy did not start:\n{cls.log.read_text()}") from None
                time.sleep(0.1)

    def setUp(self):
        self.upstream.seen.clear()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> http.client.HTTPResponse:
        connection = self.connect()
        self.addCleanup(connection.close)
        connection.request(method, path, body, {"Host": NAME, **headers})
        answer = connection.getresponse()
        answer.read()
        return answer

    def test_a_webhook_arrives_as_it_was_sent(self):
        signature = "f+QrwdqGKe8TG5E/5MV7Rmr3ffU="
        answer = self.ask(
            "POST", "/hooks/twilio/message?line=a%20b%2Bc", BODY,
            **{"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"},
        )
        self.assertEqual(answer.status, 200)
        [(method, path, headers, body)] = self.upstream.seen
        self.assertEqual((method, path), ("POST", "/hooks/twilio/message?line=a%20b%2Bc"))
        self.assertEqual(headers["X-Twilio-Signature"], signature)
        self.assertEqual(headers["Host"], NAME)
        self.assertEqual(hashlib.sha256(body).hexdigest(), hashlib.sha256(BODY).hexdigest())

    def test_what_is_too_large_is_for_the_service_to_refuse(self):
        self.assertEqual(self.ask("POST", "/hooks/twilio/message", b"a" * (2 << 20)).status, 200)
        self.assertEqual(len(self.upstream.seen), 1)

    def test_what_is_watched_from_inside_stays_inside(self):
        for path in ("/metrics", "/readyz"):
            self.assertEqual(self.ask("GET", path).status, 404, path)
        self.assertEqual(self.upstream.seen, [])

    def test_pages_pass(self):
        for path in ("/", "/f/tokentokentoken", "/healthz"):
            self.assertEqual(self.ask("GET", path).status, 200, path)
        self.assertEqual([path for _, path, _, _ in self.upstream.seen], ["/", "/f/tokentokentoken", "/healthz"])

    def test_browsers_are_told_to_come_back_encrypted(self):
        self.assertEqual(self.ask("GET", "/").headers["Strict-Transport-Security"], "max-age=31536000")

    def test_no_address_of_a_page_is_kept(self):
        self.ask("GET", "/f/thistokenisasecret")
        time.sleep(0.2)
        self.nothing_is_kept()

    def nothing_is_kept(self):
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"thistokenisasecret", path.read_bytes(), path.name)


class Caddy(Proxy, unittest.TestCase):
    @classmethod
    def prepare(cls):
        environment = {
            # Without a certificate: it would ask for one in the world.
            "LATCHLINE_HOST": f"http://{NAME}:{cls.port}",
            "LATCHLINE_UPSTREAM": f"127.0.0.1:{cls.upstream.server_port}",
            "HOME": str(cls.folder), "XDG_DATA_HOME": str(cls.folder), "XDG_CONFIG_HOME": str(cls.folder),
        }
        # Its own door for administration is shut, lest two runs meet there.
        config = cls.folder / "Caddyfile"
        shipped = (DEPLOY / "compose/Caddyfile").read_text()
        config.write_text(shipped.replace("\n{\n", "\n{\n\tadmin off\n", 1))
        return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(config)], environment

    @classmethod
    def connect(cls):
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=10)
        connection.connect()
        return connection

    def goes_away(self) -> int:
        self.upstream.is_away.set()
        self.upstream.shutdown()
        self.upstream.server_close()
        return self.upstream.server_port

    def is_back(self, upstream):
        type(self).upstream = upstream
        self.addClassCleanup(upstream.server_close)
        self.addClassCleanup(upstream.shutdown)

    def test_no_address_of_a_page_is_kept_while_the_service_is_away(self):
        port = self.goes_away()
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", "/f/thistokenisasecret", headers={"Host": NAME})
            self.assertEqual(connection.getresponse().status, 502)
        self.is_back(Upstream(port))
        time.sleep(0.2)
        self.nothing_is_kept()

    def test_a_page_waits_while_the_service_is_restarted(self):
        port = self.goes_away()
        back = []
        threading.Timer(1.5, lambda: back.append(Upstream(port))).start()
        began = time.monotonic()
        answer = self.ask("GET", "/")
        self.is_back(back[0])
        self.assertEqual(answer.status, 200)
        self.assertGreater(time.monotonic() - began, 1)
        self.assertEqual([path for _, path, _, _ in back[0].seen], ["/"])

    def test_it_is_laid_out_as_caddy_does(self):
        self.assertEqual(run(program("caddy"), "fmt", DEPLOY / "compose/Caddyfile").stdout, (DEPLOY / "compose/Caddyfile").read_text())


class Nginx(Proxy, unittest.TestCase):
    @classmethod
    def prepare(cls):
        made = run(
            program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
            "-keyout", cls.folder / "privkey.pem", "-out", cls.folder / "fullchain.pem",
        )
        assert made.returncode == 0, made.stdout
        cls.plain_port = free_port()
        site = (DEPLOY / "nginx/latchline.conf").read_text()
        for written, here in (
            (f"/etc/letsencrypt/live/{NAME}", str(cls.folder)),
            ("/var/log/nginx/latchline.log", str(cls.folder / "latchline.log")),
            ("server 127.0.0.1:8080 ", f"server 127.0.0.1:{cls.upstream.server_port} "),
            ("listen 80;", f"listen 127.0.0.1:{cls.plain_port};"),
            ("listen 443 ", f"listen 127.0.0.1:{cls.port} "),
        ):
            assert written in site, written
            site = site.replace(written, here)
        # A machine without IPv6 is no reason to fail.
        site = re.sub(r"(?m)^ *listen \[::\]:.*\n", "", site)
        temporary = "".join(
            f"{kind}_temp_path {cls.folder};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config = cls.folder / "nginx.conf"
        config.write_text(
            f"daemon off;\npid {cls.folder}/nginx.pid;\nerror_log stderr crit;\n"
            + ("user root;\n" if os.geteuid() == 0 else "")
            + f"events {{}}\nhttp {{\n{temporary}access_log {cls.folder}/access.log;\n{site}\n}}\n"
        )
        checked = run(program("nginx"), "-t", "-c", config, "-p", cls.folder)
        assert checked.returncode == 0, checked.stdout
        return [program("nginx"), "-c", str(config), "-p", str(cls.folder)], {}

    @classmethod
    def connect(cls):
        trust = ssl.create_default_context(cafile=str(cls.folder / "fullchain.pem"))
        connection = http.client.HTTPConnection("127.0.0.1", cls.port, timeout=10)
        connection.connect()
        connection.sock = trust.wrap_socket(connection.sock, server_hostname=NAME)
        return connection

    def test_what_comes_unencrypted_is_sent_to_the_encrypted_address(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=10)
        self.addCleanup(connection.close)
        connection.request("GET", "/c/token", headers={"Host": NAME})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["Location"]), (301, f"https://{NAME}/c/token"))
        self.assertEqual(self.upstream.seen, [])
