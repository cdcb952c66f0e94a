"""What comes that should not: the right answer, nothing kept, nobody texted, never a 500."""

import contextlib
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterable

from chapter import NEED, on_both_databases
from twilio.request_validator import RequestValidator
from webhooks import FORM, Repeated

PATH = "/hooks/twilio/message"


def send_all(wire: socket.socket, parts: Iterable[bytes]) -> None:
    """Sends until the other side will not listen any more."""
    try:
        for part in parts:
            wire.sendall(part)
    except OSError:
        pass


class BadInput:
    def setUp(self):
        super().setUp()
        self.kept = self.installation.database.rows(self.chapter.slug)

    def test_what_twilio_has_not_signed_is_refused(self):
        fields = self.webhooks.message(self.family, NEED)
        stranger = RequestValidator("0" * 32)
        for what, signature in {
            "none": None,
            "empty": "",
            "no base64": "%%%",
            "another token's": stranger.compute_signature(self.webhooks.public_url + PATH, fields),
            "another path's": self.webhooks.sign("/hooks/twilio/status", fields),
            "another host's": self.webhooks.signer.compute_signature(f"https://example.net{PATH}", fields),
            "an unencrypted address's": self.webhooks.signer.compute_signature(f"http://refer.example.org{PATH}", fields),
            "another text's": self.webhooks.sign(PATH, {**fields, "Body": "other"}),
            "one field less": self.webhooks.sign(PATH, {name: value for name, value in fields.items() if value}),
            "very long": "A" * 4000,
        }.items():
            with self.subTest(what):
                self.assertEqual(self.webhooks.post(PATH, fields, X_Twilio_Signature=signature).status, 403)
        for path in ("/hooks/twilio/status", "/hooks/twilio/voice"):
            self.assertEqual(self.webhooks.post(path, fields, X_Twilio_Signature=None).status, 403)
        self.nothing_came_of_it()

    def test_a_line_that_we_do_not_have_is_refused(self):
        self.assertEqual(self.webhooks.text(self.family, NEED, To="+12125550199").status, 403)
        self.assertEqual(self.webhooks.text(self.family, NEED, To="").status, 403)
        self.assertEqual(self.webhooks.text(self.family, NEED, AccountSid="AC" + "f" * 32, To="+12125550199").status, 403)
        self.nothing_came_of_it()

    def test_the_port_may_be_named_in_what_is_signed(self):
        for address in ("https://refer.example.org:443", "https://refer.example.org"):
            fields = self.webhooks.message(self.family, "hi need help breastfeeding")
            signature = self.webhooks.signer.compute_signature(address + PATH, fields)
            self.assertIn(self.webhooks.post(PATH, fields, X_Twilio_Signature=signature).status, (200, 204), address)

    def test_fields_that_we_do_not_know_are_signed_too(self):
        self.send(self.family, "hi need help breastfeeding", SomethingNew="2027", Empty="", Zoë="é & ü = 100 %")
        fields = Repeated({name: [value] for name, value in self.webhooks.message(self.family, "hi").items()} | {"Twice": ["b", "a", "b"]})
        self.assertIn(self.webhooks.post(PATH, fields).status, (200, 204))

    def test_a_text_without_its_id_is_refused(self):
        for sid in ({}, {"MessageSid": ""}):
            fields = self.webhooks.message(self.family, NEED)
            for name in ("MessageSid", "SmsSid", "SmsMessageSid"):
                del fields[name]
            self.assertEqual(self.webhooks.post(PATH, fields | sid).status, 400)
        self.nothing_came_of_it()

    def test_another_content_type_is_refused(self):
        fields = self.webhooks.message(self.family, NEED)
        for content_type in ("application/json", "text/plain", "multipart/form-data; boundary=x", "", None):
            with self.subTest(content_type):
                self.assertEqual(self.webhooks.post(PATH, fields, Content_Type=content_type).status, 415)
        self.nothing_came_of_it()

    def test_the_content_type_may_name_its_encoding(self):
        fields = self.webhooks.message(self.family, "hi need help breastfeeding")
        self.assertIn(self.webhooks.post(PATH, fields, Content_Type=f"{FORM}; charset=UTF-8").status, (200, 204))
        self.wait(self.family, "(?i)zip")

    def test_what_is_too_large_is_refused(self):
        fields = self.webhooks.message(self.family, "a" * (4 << 20))
        body = urllib.parse.urlencode(fields).encode()
        signature = f"X-Twilio-Signature: {self.webhooks.sign(PATH, fields)}"
        self.assertEqual(self.refused_large(lambda: [body], signature, f"Content-Length: {len(body)}"), 413)
        # Without saying beforehand how large it is.
        chunks = [b"10000\r\n" + b"a" * 65536 + b"\r\n"] * 64 + [b"0\r\n\r\n"]
        self.assertEqual(self.refused_large(lambda: chunks, signature, "Transfer-Encoding: chunked"), 413)
        self.nothing_came_of_it()

    def refused_large(self, chunks: Callable[[], Iterable[bytes]], *headers: str) -> int:
        """The status of the answer, read while the body is still being sent."""
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", self.webhooks.port), timeout=10) as wire:
                sender = threading.Thread(target=send_all, args=(wire, (
                    "\r\n".join((f"POST {PATH} HTTP/1.1", "Host: refer.example.org", f"Content-Type: {FORM}", *headers, "", "")).encode(),
                    *chunks(),
                )))
                sender.start()
                try:
                    said = wire.recv(65536)
                except ConnectionError:
                    said = b""
                sender.join()
            if said:
                return int(said.split(b" ", 2)[1])
            # It stopped listening before we had heard its answer: once more.
        self.fail("no answer in five tries")

    def test_odd_encodings_are_no_error_of_ours(self):
        start = urllib.parse.urlencode(self.webhooks.message(self.family, "")).encode()
        for odd in (
            b"%", b"%4", b"%zz", b"%E9", b"%F0%9F", b"%ED%A0%80", b"%C0%80", b"%FF%FE", b"%00", b"\x00", b"\xff\xfe", b"\xe9",
            b"&&&==&=", b"a=b=c&a", b"%EF%BB%BF", b"Body=" + b"%F0%9F%A4%B1" * 400, b"+" * 1000, b"a;b=c", b"\r\n", b"{}",
        ):
            for body in (odd, start + odd, start + b"&" + odd, start.replace(b"Body=", b"Body=" + odd, 1)):
                with self.subTest(body=odd):
                    # What the library would make of the bytes: what cannot be decoded is replaced.
                    fields = dict(urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
                    for signature in (None, self.webhooks.sign(PATH, fields)):
                        status = self.webhooks.post_raw(PATH, body, X_Twilio_Signature=signature).status
                        self.assertLess(status, 500)
                        if signature is None:
                            self.assertEqual(status, 403)
        self.only_to(self.family, self.chapter.admin)

    def test_a_body_that_breaks_off_is_nobodys_text(self):
        fields = self.webhooks.message(self.family, NEED)
        body = urllib.parse.urlencode(fields).encode()
        for cut in (0, 1, len(body) // 2, len(body) - 1):
            with socket.create_connection(("127.0.0.1", self.webhooks.port), timeout=10) as wire:
                wire.sendall(
                    f"POST {PATH} HTTP/1.1\r\nHost: refer.example.org\r\nContent-Type: {FORM}\r\n"
                    f"X-Twilio-Signature: {self.webhooks.sign(PATH, fields)}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:cut]
                )
        # Broken off, but the length says that it is whole.
        for cut in (1, len(body) // 2, len(body) - 1):
            self.assertEqual(self.webhooks.post_raw(PATH, body[:cut], X_Twilio_Signature=self.webhooks.sign(PATH, fields)).status, 403)
        self.nothing_came_of_it()

    def test_no_http_is_no_error_of_ours(self):
        hello_in_tls = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20
        for noise in (hello_in_tls, b"GET\r\n\r\n", b"POST " + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", b"\r\n" * 100):
            with socket.create_connection(("127.0.0.1", self.webhooks.port), timeout=10) as wire:
                try:
                    wire.sendall(noise)
                    # Where it has hung up already there is nothing left to close.
                    with contextlib.suppress(OSError):
                        wire.shutdown(socket.SHUT_WR)
                    self.assertNotIn(b"HTTP/1.1 500", wire.recv(65536))
                except ConnectionError:
                    pass
        self.nothing_came_of_it()

    def test_only_a_form_can_be_posted(self):
        for path in (PATH, "/hooks/twilio/status", "/hooks/twilio/voice", "/hooks/nobody/message"):
            self.assertIn(self.installation.get(path)[0], (404, 405), path)

    def test_the_longest_text_is_read(self):
        self.send(self.family, (NEED + " ") + "so tired " * ((1600 - len(NEED) - 1) // 9), NumSegments="11")
        self.wait(self.family, "11215")
        self.send(self.family, "STOP")

    def test_emoji_alone_are_asked_about_once(self):
        self.send(self.family, "😭😭🤱🏽")
        self.wait(self.family, "(?i)zip")
        self.only_to(self.family)
        self.assertEqual(len(self.texts(self.family)), 1)

    def test_a_picture_alone_is_asked_about_once(self):
        self.send(
            self.family, "", NumMedia="1", MediaUrl0="https://media.example.net/picture", MediaContentType0="image/jpeg",
        )
        self.wait(self.family, "(?i)zip")
        self.only_to(self.family)
        self.assertEqual(len(self.texts(self.family)), 1)

    def test_an_empty_text_is_no_error(self):
        for body in ("", " ", "\n\t ", "\u200b", "\x00", "‮", "a" * 1600):
            self.send(self.family, body)
        self.only_to(self.family, self.chapter.admin)
        self.assertLessEqual(len(self.texts(self.family)), 5, "somebody who says nothing useful gets few answers")

    def test_a_sender_that_is_no_number_is_never_texted(self):
        for sender in ("", "12345", "+1", "anonymous", "+266696687", "Verizon", "+1" + "7" * 40, "'; drop table inbound; --"):
            with self.subTest(sender):
                self.assertLess(self.webhooks.text(sender, NEED).status, 500)
        self.only_to()

    def test_a_loop_comes_to_rest(self):
        for number in range(30):
            self.send(self.family, f"This is an automatic reply, number {number}. I am away.")
        self.only_to(self.family, self.chapter.admin)
        self.assertLessEqual(len(self.texts(self.family)), 5)

    def nothing_came_of_it(self):
        """Nobody was texted, and nothing is kept: no text, no number, no work, no event."""
        self.only_to()
        self.assertEqual(self.installation.get("/healthz")[0], 200)
        self.assertEqual(self.installation.database.rows(self.chapter.slug), self.kept)


BadInputOnSqlite, BadInputOnPostgres = on_both_databases(BadInput)
