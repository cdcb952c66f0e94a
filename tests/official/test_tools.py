"""A chapter's own tool is told of changes, and verifies each request with the reference library of Standard
Webhooks."""

import http.client
import http.server
import json
import queue
import threading
import unittest

from chapter import Chapter
from installation import Installation
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

NOBODY = "http://127.0.0.1:9"


class Tool(http.server.ThreadingHTTPServer):
    """Keeps what it is told; refuses the first time."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Hears)
        self.heard, self.refused = queue.Queue(), threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}/hook"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Hears(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        is_first = not self.server.refused.is_set()
        self.server.refused.set()
        self.server.heard.put((dict(self.headers.items()), body))
        self.send_response(500 if is_first else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Tools(unittest.TestCase):
    def setUp(self):
        self.tool = Tool()
        self.addCleanup(self.tool.server_close)
        self.addCleanup(self.tool.shutdown)
        self.installation = Installation()
        self.addCleanup(self.installation.close)
        self.installation.must("key", "generate", self.installation.key, config=False)
        self.chapter = Chapter(1)
        self.chapter.found(self.installation, NOBODY)
        self.token = self.chapter.token(self.installation)

    def allow(self):
        environment = self.installation.environment
        more = {"LATCHLINE__SERVER__WEBHOOKS_OVER_HTTP": "true", "LATCHLINE__SERVER__WEBHOOKS_TO_PRIVATE_ADDRESSES": "true"}
        self.installation.environment = lambda: {**environment(), **more}

    def send(self, method: str, path: str, body: dict, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.installation.port, timeout=15)
        try:
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            headers |= {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
            connection.request(method, f"/api/v1{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or "null")
        finally:
            connection.close()

    def change(self, name: str):
        status, answer = self.send("PATCH", "/chapter", {"name": name}, If_Match="*")
        self.assertEqual(status, 200, answer)

    def test_each_request_is_signed_as_the_standard_says(self):
        self.allow()
        self.installation.start()
        status, made = self.send("POST", "/webhooks", {"url": self.tool.address, "kinds": ["chapter_changed"]})
        self.assertEqual(status, 201, made)
        self.change("Harbor")
        headers, body = self.tool.heard.get(timeout=30)
        verified = Webhook(made["secret"]).verify(body, headers)
        self.assertEqual(verified["type"], "chapter_changed")
        self.assertEqual(set(verified["data"]), {"id", "at", "kind", "actor", "conversation", "referral"})
        # It was refused, and comes again with the same id.
        again, _ = self.tool.heard.get(timeout=30)
        self.assertEqual(again["webhook-id"], headers["webhook-id"])
        for wrong in (body.replace("chapter", "Chapter"), body + " "):
            with self.assertRaises(WebhookVerificationError):
                Webhook(made["secret"]).verify(wrong, headers)
        # Both secrets sign for a while.
        status, renewed = self.send("POST", f"/webhooks/{made['id']}/secret", {})
        self.assertEqual(status, 201, renewed)
        self.change("Harbor of Milk")
        headers, body = self.tool.heard.get(timeout=30)
        for secret in (made["secret"], renewed["secret"]):
            Webhook(secret).verify(body, headers)
        for secret in (made["secret"], renewed["secret"]):
            self.assertNotIn(secret.removeprefix("whsec_").encode(), self.installation.database.content())
        self.assertNotIn(self.tool.address.encode(), self.installation.database.content())

    def test_no_private_address_unless_the_installation_allows_it(self):
        self.installation.start()
        for address in (self.tool.address, self.tool.address.replace("http:", "https:"), "https://[::1]/", "https://169.254.169.254/"):
            status, problem = self.send("POST", "/webhooks", {"url": address})
            self.assertEqual((status, problem["field"]), (422, "url"), address)
        # A name that leads there is accepted, and then not followed.
        status, made = self.send("POST", "/webhooks", {"url": f"https://localhost:{self.tool.server_port}/"})
        self.assertEqual(status, 201, made)
        self.change("Harbor")
        for _ in range(300):
            deliveries = self.installation.api(f"/webhooks/{made['id']}/deliveries", self.token)["deliveries"]
            if all(delivery["answer"] for delivery in deliveries):
                break
            threading.Event().wait(0.1)
        self.assertEqual({delivery["answer"] for delivery in deliveries}, {"not_allowed"})
        self.assertTrue(self.tool.heard.empty())


if __name__ == "__main__":
    unittest.main()
