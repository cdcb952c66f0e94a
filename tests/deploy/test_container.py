"""The image can be built from what the repository holds, and its health check tells the truth."""

import http.server
import re
import socket
import threading
import unittest

from repository import DEPLOY, ROOT, manifest, program, run

FILE = DEPLOY / "container" / "Containerfile"
HEALTHCHECK = DEPLOY / "container" / "healthcheck"


class Image(unittest.TestCase):
    text = re.sub(r"\\\n\s*", " ", FILE.read_text())

    def lines(self, instruction: str) -> list[str]:
        return re.findall(rf"(?m)^{instruction} (.+)$", self.text)

    def test_hadolint_has_nothing_to_say_about_it(self):
        said = run(program("hadolint"), FILE)
        self.assertEqual((said.returncode, said.stdout), (0, ""))

    def test_what_it_copies_is_there(self):
        for line in self.lines("COPY"):
            words = line.split()
            if words[0].startswith("--from="):
                continue
            for source in words[:-1]:
                self.assertTrue((ROOT / source).exists(), source)

    def test_it_builds_what_cargo_knows(self):
        cargo = manifest()
        build = next(line for line in self.lines("RUN") if line.startswith("cargo build"))
        profile = re.search(r"--profile (\S+)", build)[1]
        package = re.search(r"--package (\S+)", build)[1]
        self.assertIn(profile, cargo["profile"])
        self.assertEqual(manifest("crates/server/Cargo.toml")["package"]["name"], package)
        self.assertIn(f"COPY --from=build /src/target/{profile}/{package} ", self.text)

    def test_its_compiler_is_the_one_the_code_asks_for(self):
        wanted = manifest()["workspace"]["package"]["rust-version"]
        self.assertIn(f"FROM docker.io/library/rust:{wanted}-bookworm AS build", self.text)

    def test_program_and_libraries_are_of_one_distribution(self):
        names = {re.search(r":(?:[\d.]+-)?([a-z]+)(?:-slim)?(?: |$)", line)[1] for line in self.lines("FROM")}
        self.assertEqual(len(names), 1, names)

    def test_nobody_in_it_is_root(self):
        user = self.lines("USER")[-1]
        self.assertRegex(user, r"^[1-9]\d*:[1-9]\d*$")
        uid, gid = user.split(":")
        self.assertIn(f"--uid {uid} --gid {gid} ", self.text)

    def test_what_the_service_writes_outlives_the_container(self):
        volumes = self.lines("VOLUME")[0]
        config = manifest("deploy/container/config.toml")
        for path in (config["database"]["url"].removeprefix("sqlite:"), config["secrets"]["key_file"]):
            self.assertIn(f'"{path.rsplit("/", 1)[0]}"', volumes)

    def test_no_secret_and_no_leftover_gets_into_the_build(self):
        ignored = (ROOT / ".dockerignore").read_text().split("\n")
        for pattern in (".git", "target", "**/node_modules", "**/.venv", "**/*.key", "**/*.db", "**/.env"):
            self.assertIn(pattern, ignored)


class HealthCheck(unittest.TestCase):
    def answered(self, status: int) -> int:
        asked = []

        class Service(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Service) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            said = run(HEALTHCHECK, server.server_port)
            server.shutdown()
        self.assertEqual(asked, ["/readyz"])
        return said.returncode

    def test_ready_is_well(self):
        self.assertEqual(self.answered(200), 0)

    def test_not_ready_is_not_well(self):
        for status in (500, 503):
            self.assertNotEqual(self.answered(status), 0, status)

    def test_nobody_there_is_not_well(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.assertNotEqual(run(HEALTHCHECK, taken.getsockname()[1]).returncode, 0)

    def test_somebody_who_never_answers_is_not_well(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            self.assertNotEqual(run(HEALTHCHECK, silent.getsockname()[1]).returncode, 0)
