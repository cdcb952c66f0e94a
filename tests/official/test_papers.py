"""A member's photo by text: announced by a signed webhook, fetched from Twilio's API, kept for the chapter."""

import time
import unittest

from chapter import on_both_databases

PHOTO = b"\xff\xd8\xff\xe0 a photo of a certificate"


class Papers:
    def test_a_texted_photo_is_fetched_once_she_says_it_is_a_paper(self):
        name, number = next(iter(self.members.items()))
        fields = {"NumMedia": "1", "MediaContentType0": "image/jpeg", "MediaUrl0": "http://127.0.0.1:9/never-fetched"}
        message = self.webhooks.message(number, "", **fields)
        self.twilio.pictures[message["MessageSid"]] = [PHOTO]
        for _ in range(2):
            self.assertIn(self.webhooks.post("/hooks/twilio/message", message).status, (200, 204))
        self.wait(number, "We asked for no photo")
        self.assertEqual(self.twilio.fetched, [], "it stays at Twilio until it is wanted")
        self.send(number, "PAPER")
        self.wait(number, "We have your photo")
        # The credentials went to Twilio and no further.
        self.assertEqual(self.twilio.fetched, [message["MessageSid"]])

        token = self.chapter.token(self.installation)
        [paper] = self.installation.api("/evidence?status=submitted", token)["evidence"]
        self.assertEqual((paper["type"], paper["status"]), ("unsorted", "submitted"))
        self.assertIn(paper["member"], paper["submitted_by"])
        status, headers, _ = self.installation.get(f"/api/v1/evidence/{paper['id']}/original", token)
        self.assertEqual((status, headers.get_content_type(), int(headers["Content-Length"])), (200, "image/jpeg", len(PHOTO)))
        time.sleep(1)
        self.assertEqual(len(self.texts(number)), 2, "two answers and no more")
        kept = self.installation.database.content()
        for personal in (PHOTO, name.encode(), number[2:].encode()):
            self.assertNotIn(personal, kept)
            self.assertNotIn(personal.hex().encode(), kept)


PapersOnSqlite, PapersOnPostgres = on_both_databases(Papers)


if __name__ == "__main__":
    unittest.main()
