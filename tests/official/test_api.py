"""The API against its own document: what it describes is taken, what it excludes is refused, what it
promises comes back. Schemathesis makes the requests; nothing it finds is let pass."""

import http.client
import json
import subprocess
import sys
import time
import unittest
from pathlib import Path

from chapter import ACCOUNT, NEED, TOKEN, Chapter
from installation import PUBLIC_URL, Installation, Postgres
from webhooks import Webhooks

NOBODY = "http://127.0.0.1:9"
SETTINGS = Path(__file__).with_name("schemathesis.toml")


class Api(unittest.TestCase):
    """A chapter with a hospital, a member and a family that has asked, and a token that may do all that an
    admin may. On PostgreSQL, which takes less than SQLite does."""

    @classmethod
    def setUpClass(cls):
        cls.installation = Installation(Postgres)
        cls.addClassCleanup(cls.installation.close)
        environment = cls.installation.environment
        cls.installation.environment = lambda: {**environment(), "LATCHLINE__SERVER__API_REQUESTS_PER_MINUTE": "0"}
        cls.installation.must("key", "generate", cls.installation.key, config=False)
        cls.chapter = Chapter(1)
        cls.chapter.found(cls.installation, NOBODY)
        cls.token = cls.chapter.token(cls.installation)
        cls.installation.start(seconds=60)
        cls.member = cls.installation.api("/members", cls.token)["members"][0]["id"]
        cls.send("POST", "/hospitals", {"slug": "kings-bay", "name": "Kings Bay"}, 201)
        rules = [{"key": "ibclc", "kind": "credential", "params": {"any_of": ["IBCLC"]}}]
        cls.send("POST", "/hospitals/kings-bay/rules", {"version": "KB-1", "rules": rules}, 201)
        paper = {"type": "training", "issued": "2026-06-01", "attrs": {"topic": "hipaa"}}
        cls.paper = cls.send("POST", f"/members/{cls.member}/evidence", paper, 201)["id"]
        cls.send("POST", "/hospitals/kings-bay/editions", {}, 201)
        cls.webhook = cls.send("POST", "/webhooks", {"url": "https://tools.example.org/hook", "kinds": ["filled"]}, 201)["id"]
        Webhooks(cls.installation.port, PUBLIC_URL, ACCOUNT, TOKEN, cls.chapter.line).text(cls.chapter.family, NEED)
        cls.referral = cls.first("referrals")
        cls.conversation = cls.first("conversations")
        cls.user = cls.first("users")

    @classmethod
    def first(cls, kind: str) -> str:
        """The id of the first there is, once there is one."""
        until = time.monotonic() + 15
        while time.monotonic() < until:
            if found := cls.installation.api(f"/{kind}", cls.token)[kind]:
                return found[0]["id"]
            time.sleep(0.2)
        raise AssertionError(f"there are no {kind}")

    @classmethod
    def send(cls, method: str, path: str, body, expected: int):
        """A request that is answered so."""
        connection = http.client.HTTPConnection("127.0.0.1", cls.installation.port, timeout=15)
        try:
            headers = {"Authorization": f"Bearer {cls.token}", "Content-Type": "application/json"}
            connection.request(method, f"/api/v1{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != expected:
            raise AssertionError(f"{method} {path}: {answer.status} {text}")
        return json.loads(text)

    def test_schemathesis_finds_nothing(self):
        there = {
            "members": self.member, "evidence": self.paper, "webhooks": self.webhook, "referrals": self.referral,
            "conversations": self.conversation, "users": self.user,
        }
        for kind in ("members", "evidence", "referrals", "conversations"):
            self.installation.api(f"/{kind}/{there[kind]}", self.token)
        settings = SETTINGS.read_text().format(token=self.token, **there)
        file = self.installation.folder / "schemathesis.toml"
        file.write_text(settings)
        command = [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(file), "run",
            f"http://127.0.0.1:{self.installation.port}/api/v1/openapi.json",
        ]
        done = subprocess.run(
            command, cwd=self.installation.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False,
        )
        self.assertEqual(done.returncode, 0, f"{done.stdout}\n{done.stderr}".replace(self.token, "TOKEN"))
        self.assertRegex(done.stdout, r"\b[1-9]\d\d+ generated", "it asked hundreds of times")
        log = self.installation.log.read_text()
        self.assertNotIn("panicked", log)
        self.assertNotRegex(log, r"\bERROR\b")


if __name__ == "__main__":
    unittest.main()
