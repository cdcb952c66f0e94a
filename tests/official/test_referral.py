"""A family's text becomes three names, over Twilio's own webhooks and its REST API."""

import concurrent.futures
import dataclasses
import re
import time
import xml.etree.ElementTree as xml

from chapter import CODE, NAMES, NEED, Chapter, on_both_databases


class Referral:
    def test_a_text_becomes_three_names(self):
        began = time.monotonic()
        code = self.ask()
        answer = self.wait(self.family, code)
        self.assertLess(answer.at - began, 5, "the first answer took too long")
        self.assertEqual(len(self.texts(self.family)), 1)
        for words in ("11215", "STOP"):
            self.assertIn(words, answer.body)
        for number in self.members.values():
            [offer] = self.texts(number)
            self.assertRegex(offer.body, rf"\b{code}\b")
            for private in ("Jess", "daughter", self.family, self.family[2:]):
                self.assertNotIn(private, offer.body)

        claimers = ["Cleo Muster", "Ana Sample", "Eve Ensayo"]
        for place, (name, words) in enumerate(zip(claimers, (code, f" {code.lower()} ", f"{code}!"), strict=True), start=1):
            self.send(self.members[name], words)
            self.wait(self.members[name], f"{code}: place {place} of 3")
        names = self.wait(self.family, "Cleo Muster")
        for name in claimers:
            self.assertIn(name, names.body)
        self.assertIn(code, names.body)

        self.send(self.members["Beth Example"], code)
        self.wait(self.members["Beth Example"], "(?i)standby|filled")
        self.send(self.members["Dina Prueba"], "NO")
        self.only_to(self.family, *self.members.values())
        self.assertEqual(len(self.texts(self.family)), 2)
        self.assertNotIn("Beth Example", "".join(text.body for text in self.texts(self.family)))
        told = [(text.to, text.body) for text in self.texts()]
        self.assertEqual(len(told), len(set(told)), "a text went out twice")

        self.reports_are_taken()
        self.trace_can_be_read(code, claimers)
        self.it_is_counted()
        self.nothing_personal_lies_open()

    def it_is_counted(self):
        metrics = self.installation.metrics()
        for step in ("answer", "first_claim", "third_claim", "hand_off"):
            found = re.search(rf'latchline_referral_seconds_count{{step="{step}"}} (\d+)', metrics)
            self.assertTrue(found and int(found[1]) >= 1, (step, metrics))
        for gauge in ("latchline_outbox_messages", "latchline_outbox_oldest_seconds"):
            self.assertRegex(metrics, rf"(?m)^{gauge} \d")
        self.assertRegex(metrics, r'latchline_sends_total{[^}]*outcome="accepted"')
        for personal in (self.family[2:], *NAMES, *(number[2:] for number in self.members.values())):
            self.assertNotIn(personal, metrics)

    def reports_are_taken(self):
        for text in self.texts():
            self.assertTrue(text.status_callback.startswith("https://refer.example.org/hooks/twilio/status"), text.status_callback)
            # Late and in the wrong order, as they come.
            for status in ("delivered", "sent", "delivered"):
                self.assertIn(self.webhooks.report(text, status).status, (200, 204))
        # A messaging service that fails before it has chosen a sender names none, and one with many names another.
        for sender in ("", "+13475550188"):
            self.assertIn(self.webhooks.report(text, "failed", From=sender, ErrorCode="30008").status, (200, 204))
        stranger = dataclasses.replace(text, status_callback=re.sub("m=[^&]*", "m=00000000-0000-7000-8000-000000000000", text.status_callback))
        self.assertEqual(self.webhooks.report(stranger, "failed", From="").status, 403)
        unsigned = self.webhooks.post("/hooks/twilio/status", {"MessageSid": "SM1", "MessageStatus": "delivered"}, X_Twilio_Signature=None)
        self.assertEqual(unsigned.status, 403)

    def trace_can_be_read(self, code, claimers):
        for path in ("/referrals", "/referrals/00000000-0000-7000-8000-000000000000"):
            for token in (None, "not-a-token"):
                status, headers, _ = self.installation.get(f"/api/v1{path}", token)
                self.assertEqual((status, headers.get_content_type()), (401, "application/problem+json"))
        token = self.chapter.token(self.installation)
        listed = self.installation.api("/referrals", token)
        [found] = [referral for referral in referrals(listed) if referral.get("code") == code]
        whole = self.installation.api(f"/referrals/{found['id']}", token)
        self.assertEqual(whole["id"], found["id"])
        self.assertEqual(whole["state"], "handed_off")
        self.assertEqual([asked["text"] for asked in whole["asked"]], ["delivered"] * len(self.members))
        self.assertEqual(sum(asked["state"] == "claimed" for asked in whole["asked"]), len(claimers) + 1, "three and one on standby")
        self.assertGreaterEqual(len(whole["trace"]), 5)
        status, headers, _ = self.installation.get("/api/v1/referrals/00000000-0000-7000-8000-000000000000", token)
        self.assertEqual((status, headers.get_content_type()), (404, "application/problem+json"))

    def nothing_personal_lies_open(self):
        kept = self.installation.database.content()
        self.assertGreater(len(kept), 1000)
        for personal in (self.family[2:], *NAMES, *(number[2:] for number in self.members.values()), "won't latch", "Thanks, Jess"):
            self.assertNotIn(personal.encode(), kept, personal)
            self.assertNotIn(personal.encode().hex().encode(), kept, personal)

    def test_no_chapter_sees_anothers_referrals(self):
        self.ask()
        other = Chapter(next(self.numbers))
        other.found(self.installation, self.twilio.address)
        mine, theirs = self.chapter.token(self.installation), other.token(self.installation)
        [found] = referrals(self.installation.api("/referrals", mine))
        self.assertEqual(referrals(self.installation.api("/referrals", theirs)), [])
        self.assertEqual(self.installation.get(f"/api/v1/referrals/{found['id']}", theirs)[0], 404)
        # A member of this chapter is a stranger on the other's line.
        claim = self.webhooks.message(self.members["Ana Sample"], found["code"], To=other.line)
        self.assertIn(self.webhooks.post("/hooks/twilio/message", claim).status, (200, 204))
        self.twilio.quiet()
        self.assertNotIn("place", "".join(text.body for text in self.twilio.texts(self.members["Ana Sample"], self.before) if text.sender == other.line))
        self.before = len(self.twilio.texts())

    def test_a_repeated_webhook_texts_once(self):
        fields = self.webhooks.message(self.family, NEED)
        post = lambda _: self.webhooks.post("/hooks/twilio/message", fields, I_Twilio_Idempotency_Token="same").status  # noqa: E731
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(post, range(16)))
        self.assertLessEqual(set(statuses), {200, 204})
        self.wait(self.family, CODE.pattern)
        self.only_to(self.family, *self.members.values())
        self.assertIn(post(None), (200, 204))
        self.twilio.quiet()
        for number in (self.family, *self.members.values()):
            self.assertEqual(len(self.texts(number)), 1, number)

    def test_ten_claims_at_once_take_three_places(self):
        code = self.ask()
        with concurrent.futures.ThreadPoolExecutor(10) as pool:
            list(pool.map(lambda number: self.webhooks.text(number, code), [*self.members.values()] * 2))
        self.wait(self.family, "|".join(NAMES))
        self.twilio.quiet(3)
        placed = {text.body[len(code):].split(".")[0]: text.to for text in self.texts() if f"{code}: place" in text.body}
        self.assertEqual(sorted(placed), [f": place {place} of 3" for place in (1, 2, 3)])
        [hand_off] = [text for text in self.texts(self.family) if any(name in text.body for name in NAMES)]
        named = {self.members[name] for name in NAMES if name in hand_off.body}
        self.assertEqual(named, set(placed.values()))

    def test_stop_is_confirmed_once_and_then_kept(self):
        self.send(self.family, "Stop.")
        self.wait(self.family, "(?i)no more|unsubscribed|stop")
        self.send(self.family, NEED)
        self.send(self.family, "hello?")
        self.only_to(self.family, self.chapter.admin)
        self.assertEqual(len(self.texts(self.family)), 1)
        self.send(self.family, "START")
        self.twilio.quiet()
        self.send(self.family, "hi need help breastfeeding")
        self.wait(self.family, "(?i)zip")

    def test_stop_that_the_carrier_has_answered_is_not_answered_again(self):
        self.send(self.family, "Stop", OptOutType="STOP")
        self.send(self.family, NEED)
        self.only_to(self.chapter.admin)

    def test_stop_ends_what_was_on_its_way(self):
        code = self.ask()
        self.send(self.family, "STOP")
        self.wait(self.family, "(?i)no more|unsubscribed")
        for number in list(self.members.values())[:3]:
            self.send(number, code)
        self.twilio.quiet()
        self.assertEqual(len(self.texts(self.family)), 2)

    def test_a_member_who_stops_is_asked_no_more(self):
        self.send(self.members["Dina Prueba"], "UNSUBSCRIBE")
        self.wait(self.members["Dina Prueba"], "(?i)no more|unsubscribed")
        self.send(self.family, NEED)
        self.wait(self.members["Ana Sample"], CODE.pattern)
        self.twilio.quiet()
        self.assertEqual(len(self.texts(self.members["Dina Prueba"])), 1)
        self.send(self.members["Dina Prueba"], "START")

    def test_a_line_of_a_messaging_service_sends_through_it(self):
        service = "MG0123456789abcdef0123456789abcdef"
        other = Chapter(next(self.numbers))
        other.found(self.installation, self.twilio.address, "--messaging-service", service)
        fields = self.webhooks.message(self.family, "hi need help breastfeeding", To=other.line, MessagingServiceSid=service)
        self.assertIn(self.webhooks.post("/hooks/twilio/message", fields).status, (200, 204))
        self.assertEqual(self.wait(self.family, "(?i)zip").sender, service)
        self.before = len(self.twilio.texts())

    def test_a_call_is_told_to_text_and_texted(self):
        answer = self.webhooks.call(self.family)
        self.assertEqual((answer.status, answer.content_type), (200, "text/xml"))
        root = xml.fromstring(answer.body)
        self.assertEqual(root.tag, "Response")
        self.assertTrue(root.findtext("Say").strip())
        self.assertIsNone(root.find("Record"), "a call is never recorded")
        self.wait(self.family, "(?i)zip")
        self.only_to(self.family)

    def test_a_number_that_has_stopped_at_the_carrier_is_left_alone(self):
        self.twilio.refuse(self.family, 400, 21610, "Attempt to send to unsubscribed recipient")
        self.send(self.family, "hi need help breastfeeding")
        self.twilio.quiet()
        self.send(self.family, "hello?")
        self.only_to(self.chapter.admin)

    def test_a_carrier_that_asks_for_patience_gets_it(self):
        self.twilio.refuse(self.family, 429, 20429, "Too Many Requests", Retry_After="1")
        self.send(self.family, "hi need help breastfeeding")
        self.wait(self.family, "(?i)zip", seconds=30)
        self.only_to(self.family)
        self.assertEqual(len(self.texts(self.family)), 1)

    def test_danger_gets_the_safety_text_at_once_and_nobody_else_is_asked(self):
        self.send(self.family, "baby choked while nursing and lips are blue")
        self.wait(self.family, "911")
        page = self.wait(self.chapter.admin)
        self.assertNotIn("blue", page.body)
        self.only_to(self.family, self.chapter.admin)


def referrals(answer):
    """The referrals of a page of them."""
    return answer if isinstance(answer, list) else next(value for value in answer.values() if isinstance(value, list))


ReferralOnSqlite, ReferralOnPostgres = on_both_databases(Referral)
