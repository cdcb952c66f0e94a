"""A stand-in for Twilio's REST API on this machine: it takes what Twilio takes, and keeps it."""

import base64
import collections
import datetime
import email.utils
import http.server
import inspect
import json
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field

from twilio.rest.api.v2010.account.message import MessageList


def _parameters() -> set[str]:
    """The names the official client may send, in the spelling of the wire."""
    names = set(inspect.signature(MessageList.create).parameters) - {"self"}
    return {"".join(word.capitalize() for word in name.strip("_").split("_")) for name in names}


PARAMETERS = _parameters()


@dataclass(frozen=True)
class Sent:
    """A text that was accepted."""

    sid: str
    to: str
    sender: str
    body: str
    status_callback: str
    at: float = field(compare=False)


class TwilioApi(http.server.ThreadingHTTPServer):
    """`POST` and `GET /2010-04-01/Accounts/{sid}/Messages.json`, and the media of a message, for one account."""

    daemon_threads = True

    def __init__(self, account: str, token: str):
        self.account = account
        self.authorization = "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()
        self.sent: list[Sent] = []
        # What was asked that Twilio would not have understood: a test fails if there is any.
        self.wrong: list[str] = []
        # Answers to give to the next texts to a number instead of taking them.
        self.refusals: dict[str, collections.deque] = collections.defaultdict(collections.deque)
        # How long it takes over each text once it has it.
        self.takes = 0.0
        # What came with a text, by the text's id; and of which texts it was fetched.
        self.pictures: dict[str, list[bytes]] = {}
        self.fetched: list[str] = []
        self.changed = threading.Condition()
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def refuse(self, to: str, status: int, code: int, message: str, **headers: str) -> None:
        """Answers the next text to `to` with an error."""
        with self.changed:
            self.refusals[to].append((status, {"code": code, "message": message, "status": status}, headers))

    def texts(self, to: str | None = None, after: int = 0) -> list[Sent]:
        """The texts to a number, or to all, from the `after`th that was sent at all."""
        with self.changed:
            return [text for text in self.sent[after:] if to in (None, text.to)]

    def wait(self, to: str, holding: str = "", after: int = 0, seconds: float = 15) -> Sent:
        """Waits for a text to `to` in which the expression `holding` is found."""
        until = time.monotonic() + seconds
        with self.changed:
            while True:
                for text in self.sent[after:]:
                    if text.to == to and re.search(holding, text.body):
                        return text
                left = until - time.monotonic()
                if left <= 0:
                    got = "\n".join(f"  {text.to}: {text.body}" for text in self.sent[after:])
                    raise AssertionError(f"no text to {to} with {holding!r} within {seconds} s; sent were:\n{got or '  none'}")
                self.changed.wait(left)

    def quiet(self, seconds: float = 1.5) -> None:
        """Waits until nothing was sent for so long."""
        with self.changed:
            while self.changed.wait(seconds):
                pass


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TwilioApi

    def do_POST(self):
        api = self.server
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.allowed():
            return
        form = urllib.parse.parse_qs(raw.decode(), keep_blank_values=True, strict_parsing=bool(raw))
        wrong = list(self.faults(form))
        to = form.get("To", [""])[0]
        with api.changed:
            api.wrong += wrong
            if wrong:
                return self.answer(400, {"code": 21600, "message": "; ".join(wrong), "status": 400})
            if api.refusals[to]:
                status, body, headers = api.refusals[to].popleft()
                return self.answer(status, body, headers)
            text = Sent(
                sid=f"SMf{len(api.sent):031x}", to=to,
                sender=form.get("From", form.get("MessagingServiceSid"))[0],
                body=form["Body"][0], status_callback=form.get("StatusCallback", [""])[0], at=time.monotonic(),
            )
            api.sent.append(text)
            api.changed.notify_all()
        time.sleep(api.takes)
        return self.answer(201, self.resource(text))

    def do_GET(self):
        if self.path.startswith("/kept-elsewhere/"):
            return self.picture()
        if not self.allowed():
            return
        if "/Media" in self.path:
            return self.media()
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        found = [
            self.resource(text) for text in self.server.texts()
            if asked.get("To", text.to) == text.to and asked.get("From", text.sender) == text.sender
        ]
        self.answer(200, {"messages": found[::-1], "next_page_uri": None, "page": 0, "page_size": 50})

    def media(self) -> None:
        """The list of what came with a text, or the way to where a piece of it lies."""
        _, _, path = self.path.partition("/Messages/")
        text, *piece = path.removesuffix(".json").split("/")
        if piece == ["Media"]:
            pieces = range(len(self.server.pictures.get(text, [])))
            return self.answer(200, {"media_list": [{"sid": f"ME{n:032x}", "parent_sid": text} for n in pieces]})
        number = int(piece[1].removeprefix("ME"), 16)
        return self.answer(307, {}, {"Location": f"/kept-elsewhere/{text}/{number}"})

    def picture(self) -> None:
        """A piece, where it lies: whoever comes with credentials has given them to a stranger."""
        _, _, text, number = self.path.split("/")
        with self.server.changed:
            if self.headers.get("Authorization"):
                self.server.wrong.append("credentials went to where media lie")
            self.server.fetched.append(text)
        raw = self.server.pictures[text][int(number)]
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def allowed(self) -> bool:
        api = self.server
        messages = f"/2010-04-01/Accounts/{api.account}/Messages"
        path = urllib.parse.urlsplit(self.path).path
        if path != f"{messages}.json" and not re.fullmatch(rf"{messages}/\w+/Media(\.json|/\w+)", path):
            self.answer(404, {"code": 20404, "message": "The requested resource was not found", "status": 404})
        elif self.headers.get("Authorization") != api.authorization:
            self.answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
        else:
            return True
        with api.changed:
            api.wrong.append(f"{self.command} {self.path} was refused")
        return False

    def faults(self, form: dict[str, list[str]]):
        """What Twilio would refuse in a request for a text."""
        if self.headers.get_content_type() != "application/x-www-form-urlencoded":
            yield f"content type {self.headers.get_content_type()}"
        unknown = set(form) - PARAMETERS
        if unknown:
            yield f"no such parameter: {unknown}"
        if not re.fullmatch(r"\+1\d{10}", form.get("To", [""])[0]):
            yield f"To is no number: {form.get('To')}"
        if ("From" in form) == ("MessagingServiceSid" in form):
            yield "one of From and MessagingServiceSid"
        if not 1 <= len(form.get("Body", [""])[0]) <= 1600:
            yield "Body is empty or too long"
        if not 1 <= int(form.get("ValidityPeriod", ["1"])[0]) <= 36000:
            yield "ValidityPeriod"
        callback = urllib.parse.urlsplit(form.get("StatusCallback", ["https://none"])[0])
        if callback.scheme not in ("http", "https") or not callback.hostname or "_" in callback.hostname:
            yield "StatusCallback"

    def resource(self, text: Sent) -> dict:
        """A message as the API shows it."""
        when = email.utils.format_datetime(datetime.datetime.now(datetime.UTC).replace(microsecond=0))
        service = text.sender.startswith("MG")
        return {
            "account_sid": self.server.account, "api_version": "2010-04-01", "body": text.body, "date_created": when,
            "date_sent": when, "date_updated": when, "direction": "outbound-api", "error_code": None,
            "error_message": None, "from": None if service else text.sender,
            "messaging_service_sid": text.sender if service else None, "num_media": "0", "num_segments": "1",
            "price": None, "price_unit": "USD", "sid": text.sid, "status": "queued", "subresource_uris": {},
            "to": text.to, "uri": f"/2010-04-01/Accounts/{self.server.account}/Messages/{text.sid}.json",
        }

    def answer(self, status: int, body: dict, headers: dict[str, str] | None = None) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        pass
