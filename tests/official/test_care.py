"""What is kept of people, as somebody finds it who has the disk, the logs or the metrics of a busy service: no
number, no name, no address and no word in clear, also after the key was changed beside the running service."""

import json
import re

from chapter import NAMES, NEED, on_both_databases


def spellings(number: str) -> set[str]:
    """A number as people and programs write it, without the parts that any number of seconds may hold."""
    digits = number.removeprefix("+1")
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    return {digits, f"{area}-{exchange}-{line}", f"({area}) {exchange}-{line}", f"{area} {exchange} {line}", f"{area}.{exchange}.{line}"}


class Care:
    def personal(self) -> set[str]:
        """Everything that names somebody of this chapter, or was said by somebody."""
        people = (self.family, self.chapter.admin, *self.members.values())
        words = {
            *NAMES, *(name.lower() for name in NAMES), "Ruth Sample", "Jess", "won't latch", "my daughter is", "after the dentist",
            f"ruth@{self.chapter.slug}.example.org", *(f"{name.split()[0].lower()}@example.org" for name in NAMES),
        }
        return words.union(self.links(), *(spellings(number) for number in people))

    def links(self) -> set[str]:
        """What opens the pages whose links were texted."""
        return {secret for text in self.texts() for secret in re.findall(r"/[cfm]/(\w{8,})", text.body)}

    def lies_open(self, where: str, content: bytes) -> list[str]:
        """What stands there in clear, as it is or as a dump writes bytes."""
        self.assertGreater(len(content), 100, where)
        found = []
        for word in self.personal():
            plain = word.encode()
            if plain in content or plain.hex().encode() in content or word.encode("utf-16-le") in content:
                found.append(f"{word} in {where}")
        return found

    def everything(self) -> list[str]:
        log = self.installation.log.read_bytes()
        return [
            *self.lies_open("the database", self.installation.database.content()),
            *self.lies_open("the log", log),
            *self.lies_open("the metrics", self.installation.metrics().encode()),
        ]

    def test_the_search_finds_what_is_there(self):
        digits = self.family.removeprefix("+1")
        for told in (f"from +1{digits}", f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", "ana sample", "won't latch", NAMES[1].encode().hex()):
            self.assertTrue(self.lies_open("a sample", f"{'x' * 200} {told}".encode()), told)
        self.assertEqual(self.lies_open("a sample", b"nothing" * 100), [])

    def test_nothing_of_anybody_lies_open_after_a_busy_run(self):
        # Whoever looks for a fault has the log say more.
        environment = self.installation.environment
        self.installation.environment = lambda: {**environment(), "LATCHLINE__LOG__FILTER": "debug,sqlx=info"}
        self.assertEqual(self.installation.stop(), 0)
        self.installation.start()
        code = self.ask()
        for name in NAMES[:3]:
            self.send(self.members[name], f"{code} after the dentist")
            self.wait(self.members[name], code)
        self.wait(self.family, NAMES[0])
        names = self.links()
        self.send(self.members["Eve Ensayo"], "PAGE")
        self.wait(self.members["Eve Ensayo"], "/m/")
        self.assertGreater(len(self.links()), len(names))
        self.assertEqual({self.installation.page(text) for text in self.texts()} - {None}, {200}, "each link opens")
        self.send(self.members["Dina Prueba"], "NO")
        self.send(self.members["Eve Ensayo"], "AWAY")
        self.send(self.family, "Thank you, this is Jess")
        self.send(self.family, "STOP")
        token = self.chapter.token(self.installation)
        [conversation] = self.installation.api("/conversations", token)["conversations"]
        [texts] = [self.installation.api(f"/conversations/{conversation['id']}/messages", token)["messages"]]
        self.assertIn(NEED, [text["words"] for text in texts], "they are kept, and open with the key")
        self.assertEqual(self.everything(), [])
        # The search finds what is there: the chapter's own name is no secret.
        self.assertIn(b"Sample Chapter", self.installation.database.content())

        before, sealed = self.installation.key.read_bytes(), self.installation.database.sealed_with(1)
        self.assertGreater(len(sealed), 10)
        told = self.installation.must("key", "rotate", "--wait-seconds", "6")
        [many] = re.findall(r"(\d+) values were sealed anew", told)
        self.assertGreater(int(many), 30)
        self.assertEqual(self.installation.database.sealed_with(1), set(), "not sealed anew")
        self.assertLessEqual(sealed, self.installation.database.sealed_with(2))
        present = self.installation.key.read_bytes()
        self.installation.key.write_bytes(before)
        refused = self.installation.run("token", "list", "--chapter", self.chapter.slug)
        self.installation.key.write_bytes(present)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("from before a rotation", refused.stderr)
        self.assertEqual(self.everything(), [])
        texts = self.installation.api(f"/conversations/{conversation['id']}/messages", token)["messages"]
        self.assertIn(NEED, [text["words"] for text in texts], "and still do, with the new key")
        self.send(self.family, "START")
        self.wait(self.family, "(?i)start|back|again")

    def test_an_erased_family_stands_nowhere(self):
        self.ask("Hi, we are in Red Hook 11231, my son is 9 days old and my nipples hurt, home visit, evenings. Thanks, Rosalind")
        self.send(self.family, "STOP")
        self.send(self.family, "Rosalind here, never mind")
        token = self.chapter.token(self.installation)
        [conversation] = self.installation.api("/conversations", token)["conversations"]
        address = f"/conversations/{conversation['id']}"
        personal = ("11231", "Red Hook", "9 days", "Rosalind", self.family.removeprefix("+1"))
        known = json.dumps(self.installation.api(f"{address}/export", token))
        for word in personal:
            self.assertIn(word, known)
        self.assertIn("never mind", known, "what belongs to no conversation too")
        self.assertEqual(self.installation.post(f"{address}/erase", token), 204)
        known = json.dumps(self.installation.api(f"{address}/export", token))
        self.assertEqual(self.installation.stop(), 0)
        content = self.installation.database.content()
        self.installation.start()
        self.assertIn(b"Brooklyn", content)
        for word in personal:
            self.assertNotIn(word, known)
            self.assertNotIn(word.encode(), content)


CareOnSqlite, CareOnPostgres = on_both_databases(Care)


if __name__ == "__main__":
    import unittest

    unittest.main()
