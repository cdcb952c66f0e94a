"""What Twilio sends to the service, signed by Twilio's own library."""

import http.client
import itertools
import urllib.parse
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

FORM = "application/x-www-form-urlencoded"
_numbers = itertools.count(1)


class Repeated(dict):
    """Form fields of which some come more than once, as the library takes them: name to values."""

    def getall(self, name):
        return self[name]


@dataclass(frozen=True)
class Answer:
    """What the service said to a webhook."""

    status: int
    content_type: str
    body: str


class Webhooks:
    """Twilio as the service meets it: it signs the public address and is let in at `port`."""

    def __init__(self, port: int, public_url: str, account: str, token: str, line: str):
        self.port, self.public_url, self.account, self.line = port, public_url, account, line
        self.signer = RequestValidator(token)

    def text(self, sender: str, body: str, **fields: str) -> Answer:
        """A text to the line."""
        return self.post("/hooks/twilio/message", self.message(sender, body, **fields))

    def message(self, sender: str, body: str, **fields: str) -> dict[str, str]:
        """The fields that Twilio sends for a text."""
        sid = f"SM{next(_numbers):032x}"
        return {
            "ToCountry": "US", "ToState": "NY", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "", "FromZip": "11201",
            "SmsSid": sid, "FromState": "NY", "SmsStatus": "received", "FromCity": "BROOKLYN", "Body": body,
            "FromCountry": "US", "To": self.line, "ToZip": "", "NumSegments": "1", "MessageSid": sid,
            "AccountSid": self.account, "From": sender, "ApiVersion": "2010-04-01", **fields,
        }

    def call(self, sender: str) -> Answer:
        """Somebody phones the line."""
        return self.post("/hooks/twilio/voice", {
            "CallSid": f"CA{next(_numbers):032x}", "AccountSid": self.account, "From": sender, "To": self.line,
            "CallStatus": "ringing", "ApiVersion": "2010-04-01", "Direction": "inbound", "ForwardedFrom": "",
            "CallerName": "", "FromCity": "BROOKLYN", "FromState": "NY", "FromZip": "11201", "FromCountry": "US",
            "ToCity": "NEW YORK", "ToState": "NY", "ToZip": "10001", "ToCountry": "US",
        })

    def report(self, text, status: str, **fields: str) -> Answer:
        """What became of a text that the service sent, to the address it gave with it."""
        address = urllib.parse.urlsplit(text.status_callback)
        return self.post(urllib.parse.urlunsplit(("", "", address.path, address.query, "")), {
            "MessageSid": text.sid, "SmsSid": text.sid, "MessageStatus": status, "SmsStatus": status, "To": text.to,
            "From": self.line, "AccountSid": self.account, "ApiVersion": "2010-04-01", **fields,
        })

    def sign(self, path: str, fields: dict) -> str:
        return self.signer.compute_signature(self.public_url + path, fields)

    def post(self, path: str, fields: dict, **headers: str | None) -> Answer:
        """Posts a form with its signature; `headers` changes or, with None, leaves out what Twilio sends."""
        return self.post_raw(path, urllib.parse.urlencode(fields, doseq=True).encode(), **{
            "X_Twilio_Signature": self.sign(path, fields), **headers,
        })

    def post_raw(self, path: str, body, **headers: str | None) -> Answer:
        """Posts a body as it is."""
        sent = {"Host": urllib.parse.urlsplit(self.public_url).netloc, "Content_Type": FORM, "User_Agent": "TwilioProxy/1.1", **headers}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("POST", path, body, {
                name.replace("_", "-"): value for name, value in sent.items() if value is not None
            }, encode_chunked=not isinstance(body, bytes))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers.get_content_type(), answer.read().decode())
        finally:
            connection.close()
