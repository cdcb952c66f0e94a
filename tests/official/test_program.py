"""The program at the command line and as a service, on SQLite."""

import os
import re
import stat
import subprocess
import time
import unittest

from chapter import ACCOUNT, NEED, TOKEN, Chapter, roster
from installation import PROGRAM, PUBLIC_URL, Installation
from twilio_api import TwilioApi
from webhooks import Webhooks

NOBODY = "http://127.0.0.1:9"


class Founded(unittest.TestCase):
    """An installation that is not in service."""

    def setUp(self):
        self.installation = Installation()
        self.addCleanup(self.installation.close)
        self.chapter = Chapter(1)

    def found(self):
        self.installation.must("key", "generate", self.installation.key, config=False)
        self.chapter.found(self.installation, NOBODY)

    def refused(self, *words, config=True) -> str:
        """What a command says that has to fail: what is wrong and what to do, and nothing else."""
        done = self.installation.run(*words, config=config)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        self.assertIn(len(done.stderr.strip().splitlines()), (1, 2), done.stderr)
        return done.stderr


class Key(Founded):
    def test_it_is_its_owners_alone_and_never_overwritten(self):
        key = self.installation.key
        self.installation.must("key", "generate", key, config=False)
        self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
        before = key.read_bytes()
        self.assertIn(str(key), self.refused("key", "generate", key, config=False))
        self.assertEqual(key.read_bytes(), before)
        self.installation.must("key", "generate", self.installation.folder / "other", config=False)
        self.assertNotEqual((self.installation.folder / "other").read_bytes(), before)

    def test_without_it_the_way_to_one_is_named(self):
        for words in (("serve",), ("chapter", "add", "--slug", "a", "--name", "A", "--timezone", "America/New_York")):
            self.assertIn("key generate", self.refused(*words))

    def test_one_that_does_not_fit_is_refused(self):
        self.found()
        self.installation.key.unlink()
        self.installation.must("key", "generate", self.installation.key, config=False)
        self.assertIn("key", self.refused("serve"))
        self.assertIn("key", self.refused("token", "create", "--chapter", self.chapter.slug, "--name", "x", "--role", "admin"))


class Configuration(Founded):
    def test_an_unknown_key_is_refused_by_name(self):
        self.installation.write_config("settle_secs = 3\n")
        self.assertIn("settle_secs", self.refused("serve"))

    def test_the_environment_overrides_the_file(self):
        os.environ["LATCHLINE__DISPATCH__SETTLE_SECONDS"] = "soon"
        self.addCleanup(os.environ.pop, "LATCHLINE__DISPATCH__SETTLE_SECONDS")
        self.installation.environment = lambda: dict(os.environ)
        self.assertIn("settle_seconds", self.refused("serve").lower())

    def test_a_file_that_is_not_there_is_named(self):
        self.installation.config.unlink()
        self.assertIn(str(self.installation.config), self.refused("serve"))

    def test_wrong_usage_is_told_apart(self):
        for words in (("serve", "--no-such-option"), ("no-such-command",), ("chapter", "add"), ()):
            done = self.installation.run(*words, config=False)
            self.assertEqual(done.returncode, 2, words)
            self.assertEqual(done.stdout, "")


class Tokens(Founded):
    def test_they_are_made_for_a_part_listed_and_revoked(self):
        self.found()
        chapter = ("--chapter", self.chapter.slug)
        self.assertIn("lists:read", self.refused("token", "create", *chapter, "--name", "x", "--scope", "nonsense"))
        token = self.installation.must("token", "create", *chapter, "--name", "lists", "--role", "admin", "--scope", "lists:read").strip()
        self.installation.start()
        self.assertEqual(self.installation.get("/api/v1/hospitals", token)[0], 200)
        self.assertEqual(self.installation.get("/api/v1/referrals", token)[0], 403, "another part")
        [listed] = self.installation.must("token", "list", *chapter).splitlines()
        for word in ("lists", "admin", "lists:read"):
            self.assertIn(word, listed)
        self.assertNotIn(token, listed)
        self.installation.must("token", "revoke", *chapter, "--name", "lists")
        self.assertEqual(self.installation.get("/api/v1/hospitals", token)[0], 401, "at once, beside the service")
        self.assertIn("revoked", self.installation.must("token", "list", *chapter))
        for words in (("--name", "lists"), ("--name", "nobody")):
            self.refused("token", "revoke", *chapter, *words)


class Commands(Founded):
    def setUp(self):
        super().setUp()
        self.found()

    def test_a_token_is_printed_alone(self):
        printed = self.installation.must("token", "create", "--chapter", self.chapter.slug, "--name", "ci", "--role", "admin")
        self.assertRegex(printed, r"\A\S{20,}\n\Z")

    def test_an_admin_gets_a_link_to_sign_in(self):
        printed = self.installation.must(
            "admin", "add", "--chapter", self.chapter.slug, "--name", "Edna Sample", "--email", "edna@example.org", "--phone", "+16465550199",
        )
        self.assertRegex(printed, re.escape(PUBLIC_URL) + r"/\S{16,}")

    def test_a_number_belongs_to_one_line(self):
        self.installation.must("chapter", "add", "--slug", "other", "--name", "Another", "--timezone", "America/Chicago")
        secret = self.installation.folder / "secret"
        secret.write_text(TOKEN)
        for chapter in (self.chapter.slug, "other"):
            said = self.refused(
                "line", "add", "--chapter", chapter, "--carrier", "twilio", "--number", self.chapter.line, "--account-sid", ACCOUNT,
                "--auth-token-file", secret, "--api-base", NOBODY,
            )
            self.assertNotIn(TOKEN, said)

    def test_a_chapter_has_one_slug_and_a_zone_that_exists(self):
        self.refused("chapter", "add", "--slug", self.chapter.slug, "--name", "Again", "--timezone", "America/New_York")
        self.assertIn("America/Brooklyn", self.refused("chapter", "add", "--slug", "b", "--name", "B", "--timezone", "America/Brooklyn"))

    def test_a_bad_row_is_named_and_nothing_is_imported(self):
        before = self.installation.must("roster", "export", "--chapter", self.chapter.slug)
        file = self.installation.folder / "bad.csv"
        rows = roster(self.chapter.members).splitlines()
        rows.insert(2, "Fay Sample,not a number,fay@example.org,active,IBCLC,Brooklyn,en,,home,no,,")
        rows.append("Gia Sample,+19175550199,gia@example.org,active,IBCLC,Brooklyn,en,,home,no,,")
        file.write_text("\n".join(rows) + "\n")
        done = self.installation.run("roster", "import", "--chapter", self.chapter.slug, file)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"(?i)line 3\b.*phone")
        self.assertEqual(self.installation.must("roster", "export", "--chapter", self.chapter.slug), before)
        self.installation.must("roster", "import", "--chapter", self.chapter.slug, file, "--skip-bad")
        self.assertIn("Gia Sample", self.installation.must("roster", "export", "--chapter", self.chapter.slug))

    def test_what_is_exported_can_be_imported(self):
        exported = self.installation.must("roster", "export", "--chapter", self.chapter.slug)
        for name, number in self.chapter.members.items():
            self.assertIn(name, exported)
            self.assertIn(number, exported)
        file = self.installation.folder / "again.csv"
        file.write_text(exported)
        self.installation.must("roster", "import", "--chapter", self.chapter.slug, file, "--dry-run")
        self.installation.must("roster", "import", "--chapter", self.chapter.slug, file)
        self.assertEqual(self.installation.must("roster", "export", "--chapter", self.chapter.slug), exported)

    def test_check_explains(self):
        said = self.installation.must("check")
        for words in (self.chapter.slug, self.chapter.line[-4:]):
            self.assertIn(words, said)

    def test_migrating_twice_changes_nothing(self):
        self.installation.must("migrate")
        self.installation.must("migrate")


class Service(Founded):
    def setUp(self):
        super().setUp()
        self.found()

    def test_it_says_where_it_listens_and_for_whom(self):
        self.installation.start()
        self.assertEqual(self.installation.get("/healthz")[0], 200)
        self.assertEqual(self.installation.get("/metrics")[0], 404, "off the public listener")
        said = self.installation.log.read_text()
        for words in (f"127.0.0.1:{self.installation.port}", self.chapter.slug, self.chapter.line, "! [mail] has no host"):
            self.assertIn(words, said)
        for secret in (TOKEN, self.chapter.admin, *self.chapter.members.values()):
            self.assertNotIn(secret, said)

    def test_a_new_auth_token_is_taken_up_without_a_restart(self):
        self.installation.start()
        line, other = self.chapter.line, "fedcba9876543210fedcba9876543210"
        of = lambda token: Webhooks(self.installation.port, PUBLIC_URL, ACCOUNT, token, line).text(self.chapter.family, "hello").status
        self.assertEqual((of(TOKEN), of(other)), (200, 403))
        secret = self.installation.folder / "rotated"
        words = ("line", "set", "--chapter", self.chapter.slug, "--number")
        secret.write_text(" \n")
        self.refused(*words, line, "--auth-token-file", secret)
        secret.write_text(other + "\n")
        self.refused(*words, "+12125550177", "--auth-token-file", secret)
        self.assertEqual(of(TOKEN), 200, "what was refused changed nothing")
        self.installation.must(*words, line, "--auth-token-file", secret, "--per-second", "3")
        until = time.monotonic() + 20
        while of(other) != 200 and time.monotonic() < until:
            time.sleep(0.5)
        self.assertEqual((of(other), of(TOKEN)), (200, 403))

    def test_it_stops_when_asked_to(self):
        self.installation.start()
        self.assertEqual(self.installation.stop(), 0)
        self.installation.start()

    def test_it_is_alone_on_its_file_and_the_other_commands_are_beside_it(self):
        self.installation.start()
        second = Installation()
        self.addCleanup(second.close)
        second.database, second.key = self.installation.database, self.installation.key
        second.write_config()
        done = second.run("serve")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "another .*serve")
        self.assertEqual(self.installation.get("/readyz")[0], 200)
        self.assertRegex(self.installation.must("token", "create", "--chapter", self.chapter.slug, "--name", "beside", "--role", "reader"), r"\S{20}")
        self.installation.must("roster", "export", "--chapter", self.chapter.slug)

    def test_a_port_that_is_taken_is_named(self):
        self.installation.start()
        second = Installation()
        self.addCleanup(second.close)
        second.port = self.installation.port
        second.write_config()
        second.must("key", "generate", second.key, config=False)
        done = second.run("serve")
        self.assertEqual(done.returncode, 1)
        self.assertIn(str(second.port), done.stderr)


class Stopping(Founded):
    def test_what_is_in_flight_is_finished_and_everything_is_sent_once(self):
        twilio = TwilioApi(ACCOUNT, TOKEN)
        self.addCleanup(twilio.server_close)
        self.addCleanup(twilio.shutdown)
        self.installation.must("key", "generate", self.installation.key, config=False)
        self.chapter.found(self.installation, twilio.address)
        self.installation.start()
        twilio.takes = 1.5
        webhooks = Webhooks(self.installation.port, PUBLIC_URL, ACCOUNT, TOKEN, self.chapter.line)
        self.assertEqual(webhooks.text(self.chapter.family, NEED).status, 200)
        twilio.wait(self.chapter.family)
        self.assertEqual(self.installation.stop(), 0, "while the carrier has not answered yet")
        taken = len(twilio.texts())
        twilio.quiet()
        self.assertEqual(len(twilio.texts()), taken, "whoever has stopped sends nothing")
        twilio.takes = 0.0
        self.installation.start()
        everybody = {self.chapter.family, *self.chapter.members.values()}
        for number in everybody:
            twilio.wait(number)
        twilio.quiet()
        self.assertEqual(sorted(text.to for text in twilio.texts()), sorted(everybody), "one each")
        self.assertEqual(twilio.wrong, [])


class Help(unittest.TestCase):
    def test_it_names_every_command_of_this_path(self):
        said = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, timeout=10, check=True).stdout
        for command in ("demo", "serve", "migrate", "check", "chapter", "line", "admin", "token", "roster", "key", "read", "eligibility", "outbox", "simulate", "backup", "restore"):
            self.assertRegex(said, rf"(?m)^\s+{command}\b")
