"""Sample chapters in service: the program, the carrier it thinks it speaks to, members, families."""

import itertools
import re
import unittest

from installation import PUBLIC_URL, Installation, Postgres, Sqlite
from twilio_api import TwilioApi
from webhooks import Webhooks

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "2f6e1b0a9c8d7e6f5a4b3c2d1e0f9a8b"
NAMES = ("Ana Sample", "Beth Example", "Cleo Muster", "Dina Prueba", "Eve Ensayo")
CODE = re.compile(r"\b[ACDEFGHJKMNPQRTUVWXY][34679][ACDEFGHJKMNPQRTUVWXY]\b")
NEED = "Hi! I'm in Park Slope 11215, my daughter is 5 days old and won't latch. Home visit, Aetna. Thanks, Jess"


def roster(members: dict[str, str]) -> str:
    """A roster file of members who can be asked at any hour, by name and number."""
    return "name,phone,email,status,credentials,areas,languages,payers,visit_types,night_owl,booking_url,note\n" + "".join(
        f"{name},{number},{name.split()[0].lower()}@example.org,active,IBCLC,Brooklyn,en;es,aetna;medicaid,home;virtual,yes,,\n"
        for name, number in members.items()
    )


class Chapter:
    """A chapter with a line, an admin, five members and a family, whose numbers are nobody else's."""

    def __init__(self, number: int):
        self.slug = f"chapter-{number}"
        # 555-0100 to 555-0199 belong to nobody, in any area.
        self.line, self.admin, self.family, *members = (
            f"+1{area}55501{number:02}" for area in (212, 646, 718, 917, 347, 929, 332, 516)
        )
        self.members = dict(zip(NAMES, members, strict=True))

    def found(self, installation: Installation, api_base: str, *line_options: str) -> None:
        """Adds it, as its people would, to an installation that may be running."""
        chapter = ("--chapter", self.slug)
        installation.must("chapter", "add", "--slug", self.slug, "--name", "Sample Chapter", "--timezone", "America/New_York")
        secret = installation.folder / "auth-token"
        secret.write_text(TOKEN + "\n")
        installation.must(
            "line", "add", *chapter, "--carrier", "twilio", "--number", self.line, "--account-sid", ACCOUNT,
            "--auth-token-file", secret, "--api-base", api_base, "--per-second", "50", *line_options,
        )
        secret.unlink()
        installation.must(
            "admin", "add", *chapter, "--name", "Ruth Sample", "--email", f"ruth@{self.slug}.example.org", "--phone", self.admin,
            "--role", "owner",
        )
        file = installation.folder / "roster.csv"
        file.write_text(roster(self.members))
        installation.must("roster", "import", *chapter, file)
        file.unlink()

    def token(self, installation: Installation) -> str:
        """A token for its API."""
        return installation.must("token", "create", "--chapter", self.slug, "--name", "official", "--role", "admin").strip()


class InService(unittest.TestCase):
    """One running service a class, and in it a chapter of its own for each test."""

    database: type

    @classmethod
    def setUpClass(cls):
        cls.twilio = TwilioApi(ACCOUNT, TOKEN)
        cls.addClassCleanup(cls.twilio.server_close)
        cls.addClassCleanup(cls.twilio.shutdown)
        cls.installation = Installation(cls.database)
        cls.addClassCleanup(cls.installation.close)
        cls.installation.must("key", "generate", cls.installation.key, config=False)
        cls.installation.start()
        cls.numbers = itertools.count()

    def setUp(self):
        self.chapter = Chapter(next(self.numbers))
        self.family, self.members = self.chapter.family, self.chapter.members
        self.chapter.found(self.installation, self.twilio.address)
        self.webhooks = Webhooks(self.installation.port, PUBLIC_URL, ACCOUNT, TOKEN, self.chapter.line)
        self.before = len(self.twilio.texts())
        self.twilio.wrong.clear()

    def tearDown(self):
        self.assertIsNone(self.installation.process.poll(), "the service is gone")
        self.assertEqual(self.twilio.wrong, [], "Twilio would not have taken this")
        ours = {self.family, self.chapter.admin, *self.members.values()}
        for text in self.twilio.texts(after=self.before):
            self.assertEqual(text.sender == self.chapter.line, text.to in ours, "another chapter's line")
        log = self.installation.log.read_text()
        for personal in (*NAMES, *(number[2:] for number in (*self.members.values(), self.family)), "won't latch", "Jess", TOKEN):
            self.assertNotIn(personal, log, "personal, and in the log")

    def texts(self, to: str | None = None):
        """The texts of this test's chapter."""
        return [text for text in self.twilio.texts(to, self.before) if text.sender == self.chapter.line]

    def wait(self, to: str, holding: str = "", seconds: float = 15):
        """Waits for a text of this test."""
        return self.twilio.wait(to, holding, self.before, seconds)

    def send(self, sender: str, body: str, **fields: str) -> None:
        """A text that is taken: an empty answer, in which no text goes back."""
        answer = self.webhooks.text(sender, body, **fields)
        self.assertIn(answer.status, (200, 204), answer)
        self.assertNotIn("<Message", answer.body)

    def ask(self, text: str = NEED) -> str:
        """The family asks, and five members are asked. The referral's code."""
        self.send(self.family, text)
        code = CODE.search(self.wait(self.family, CODE.pattern).body)[0]
        for number in self.members.values():
            self.wait(number, rf"\b{code}\b")
        return code

    def only_to(self, *numbers: str) -> None:
        """Nobody else of the chapter is texted in this test."""
        self.twilio.quiet()
        self.assertLessEqual({text.to for text in self.texts()}, set(numbers))


def on_both_databases(tests: type) -> tuple[type, type]:
    """A test class for each database, from a class that does not say which."""
    return tuple(
        type(f"{tests.__name__}On{database.__name__}", (tests, InService), {"database": database, "__module__": tests.__module__})
        for database in (Sqlite, Postgres)
    )
