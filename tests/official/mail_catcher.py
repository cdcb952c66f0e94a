"""A mail server that takes everything and keeps it, as the relay beside the service."""

import email
import email.policy
import socketserver
import threading
import time
from email.message import EmailMessage


class MailCatcher(socketserver.ThreadingTCPServer):
    """SMTP on a port of this machine."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        self.mails: list[tuple[str, EmailMessage]] = []
        self.changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), Conversation)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def to(self, address: str) -> list[EmailMessage]:
        """What came for somebody."""
        with self.changed:
            return [mail for recipient, mail in self.mails if recipient == address]

    def wait(self, address: str, seconds: float = 15) -> EmailMessage:
        """Waits for the first e-mail to somebody."""
        until = time.monotonic() + seconds
        with self.changed:
            while True:
                for recipient, mail in self.mails:
                    if recipient == address:
                        return mail
                if not self.changed.wait(until - time.monotonic()):
                    raise AssertionError(f"nothing for {address} in {seconds} s; there is {[to for to, _ in self.mails]}")


class Conversation(socketserver.StreamRequestHandler):
    """One client's."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        recipients: list[str] = []
        self.say("220 mail.example.org")
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command.split(":")[0].split(" ")[0].upper()
            if verb == "RCPT":
                recipients.append(command.partition("<")[2].partition(">")[0])
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "DATA":
                self.say("354 go on")
                self.take(recipients)
                recipients = []
            self.say("250 fine")

    def take(self, recipients: list[str]) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        with self.server.changed:
            self.server.mails += [(recipient, mail) for recipient in recipients]
            self.server.changed.notify_all()
