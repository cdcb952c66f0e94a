"""What ends is told: one text for all lists, an e-mail beside it, once, and a page that the link opens."""

import contextlib
import datetime
import re
import sqlite3
import unittest
from zoneinfo import ZoneInfo

from chapter import ACCOUNT, NAMES, TOKEN, Chapter
from installation import PUBLIC_URL, Installation
from mail_catcher import MailCatcher
from twilio_api import TwilioApi

MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
tls = "none"
from = "Referral line <refer@example.org>"
"""
REQUIREMENTS = """\
hospital,hospital_name,version,key,kind,params
kings-bay,Kings Bay,KB-1,hipaa,training,topic=hipaa; max_age_months=24
staten,Staten Harbor,S-1,hipaa,training,topic=hipaa
"""


class Reminders(unittest.TestCase):
    def setUp(self):
        self.twilio, self.mails = TwilioApi(ACCOUNT, TOKEN), MailCatcher()
        self.installation = Installation()
        self.addCleanup(self.installation.close)
        for server in (self.twilio, self.mails):
            self.addCleanup(server.server_close)
            self.addCleanup(server.shutdown)
        self.installation.write_config(MAIL.format(port=self.mails.port))
        self.installation.must("key", "generate", self.installation.key, config=False)
        self.chapter = Chapter(1)

    def bring(self, what: str, content: str) -> None:
        file = self.installation.folder / f"{what}.csv"
        file.write_text(content)
        self.installation.must(what, "import", "--chapter", self.chapter.slug, file)

    def planned(self) -> int:
        with contextlib.closing(sqlite3.connect(self.installation.folder / "latchline.db")) as database:
            return database.execute("select count(*) from tasks where kind = 'remind'").fetchone()[0]

    def test_a_member_with_an_address_is_told_by_text_and_by_e_mail_once(self):
        self.chapter.found(self.installation, self.twilio.address)
        self.assertEqual(self.planned(), 1, "adding a chapter plans its reminders")
        self.bring("requirements", REQUIREMENTS)
        ends = datetime.datetime.now(ZoneInfo("America/New_York")).date() + datetime.timedelta(days=20)
        self.bring("evidence", "member,type,attrs,issued,expires,status,verifier\n"
                   f"{NAMES[0]},training,topic=hipaa,2026-01-01,{ends},verified,Ruth\n")
        self.installation.start()
        number = self.chapter.members[NAMES[0]]
        text = self.twilio.wait(number, "HIPAA training ends").body
        self.assertIn("(2 lists)", text)
        mail = self.mails.wait("ana@example.org")
        body = mail.get_content()
        self.assertIn("HIPAA training", body)
        self.assertIn(f"{ends.day}", body)
        self.assertEqual(mail["From"].addresses[0].addr_spec, "refer@example.org")
        links = {re.search(rf"{PUBLIC_URL}(/m/\w+)", told)[1] for told in (text, body)}
        self.assertEqual(len(links), 1, "text and e-mail lead to one page")
        status, _, page = self.installation.get(links.pop())
        self.assertEqual(status, 200)
        self.assertIn("Kings Bay", page)

        # Started again, as after a crash, it tells nothing twice.
        self.installation.process.kill()
        self.installation.process.wait()
        self.installation.start()
        self.twilio.quiet()
        self.assertEqual(len(self.twilio.texts(number)), 1)
        self.assertEqual(len(self.mails.to("ana@example.org")), 1)
        self.assertEqual(self.twilio.texts(self.chapter.members[NAMES[1]]), [], "nothing of hers ends")
        log = self.installation.log.read_text()
        for personal in (NAMES[0], "ana@example.org", number[2:]):
            self.assertNotIn(personal, log)


if __name__ == "__main__":
    unittest.main()
