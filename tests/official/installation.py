"""The real program, installed as the guide tells, on a database of its own."""

import http.client
import json
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LATCHLINE_BIN", str(ROOT / "target/debug/latchline"))
PUBLIC_URL = "https://refer.example.org"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# What is kept when something comes of a request.
KEPT = ("inbound", "phones", "inquiries", "tasks", "outbox", "events")


def counting(slug: str) -> str:
    """Counts a chapter's rows: a row a table, in the order of KEPT."""
    return " UNION ALL ".join(
        f"SELECT count(*) FROM {table} WHERE chapter_id = (SELECT id FROM chapters WHERE slug = '{slug}')" for table in KEPT
    )


class Sqlite:
    """A database that is a file."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.url = f"sqlite:{folder}/latchline.db"

    def content(self) -> bytes:
        """Everything that is kept, as somebody finds it who steals the disk."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("latchline.db*")))

    def rows(self, slug: str) -> dict[str, int]:
        """How much is kept of a chapter, by table."""
        with sqlite3.connect(f"file:{self.folder}/latchline.db?mode=ro", uri=True) as database:
            return dict(zip(KEPT, (count for (count,) in database.execute(counting(slug))), strict=True))

    def sealed_with(self, key: int) -> set[str]:
        """The columns in which something is sealed with the key of a number."""
        with sqlite3.connect(f"file:{self.folder}/latchline.db?mode=ro", uri=True) as database:
            columns = database.execute(
                "SELECT m.name, p.name FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' AND p.type = 'BLOB'"
            ).fetchall()
            sealed = f"length({{0}}) > 41 AND substr({{0}}, 1, 2) = x'01{key:02x}'"
            return {
                f"{table}.{column}" for table, column in columns
                if database.execute(f"SELECT 1 FROM {table} WHERE {sealed.format(column)} LIMIT 1").fetchone()
            }

    def drop(self) -> None:
        pass


class Postgres:
    """A database of its own on the server that LATCHLINE_TEST_POSTGRES names."""

    def __init__(self, _folder: Path):
        self.server = os.environ.get("LATCHLINE_TEST_POSTGRES")
        if not self.server:
            raise AssertionError("there is no PostgreSQL: run this as tests/run official, or under tests/with-postgres")
        self.name = f"official_{secrets.token_hex(6)}"
        self.psql(f"create database {self.name}")
        self.url = f"{self.server.rsplit('/', 1)[0]}/{self.name}"

    def psql(self, statement: str) -> None:
        subprocess.run(["psql", "--quiet", "--no-psqlrc", self.server, "--command", statement], check=True, capture_output=True)

    def content(self) -> bytes:
        return subprocess.run(["pg_dump", "--data-only", "--inserts", self.url], check=True, capture_output=True).stdout

    def rows(self, slug: str) -> dict[str, int]:
        """How much is kept of a chapter, by table."""
        return dict(zip(KEPT, map(int, self.ask(counting(slug))), strict=True))

    def sealed_with(self, key: int) -> set[str]:
        """The columns in which something is sealed with the key of a number."""
        columns = self.ask("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'bytea'")
        sealed = f"length({{0}}) > 41 AND substr({{0}}, 1, 2) = '\\x01{key:02x}'"
        looks = (
            f"SELECT '{table}.{column}' WHERE EXISTS (SELECT 1 FROM {table} WHERE {sealed.format(column)})"
            for table, column in (line.split("|") for line in columns)
        )
        return set(self.ask(" UNION ALL ".join(looks)))

    def ask(self, query: str) -> list[str]:
        """What the database answers, a line a row."""
        command = ["psql", "--no-psqlrc", "--tuples-only", "--no-align", self.url, "--command", query]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    def drop(self) -> None:
        self.psql(f"drop database {self.name} with (force)")


class Installation:
    """A folder with configuration, key and database, and the program on it."""

    def __init__(self, database=Sqlite):
        self.temporary = tempfile.TemporaryDirectory(prefix="latchline-official-")
        self.folder = Path(self.temporary.name)
        self.database = database(self.folder)
        self.port, self.metrics_port = free_port(), free_port()
        self.key = self.folder / "latchline.key"
        self.config = self.folder / "config.toml"
        self.log = self.folder / "serve.log"
        self.process: subprocess.Popen | None = None
        self.write_config()

    def write_config(self, more: str = "") -> None:
        self.config.write_text(f"""
[server]
listen = "127.0.0.1:{self.port}"
public_url = "{PUBLIC_URL}"
metrics_listen = "127.0.0.1:{self.metrics_port}"

[database]
url = "{self.database.url}"

[secrets]
key_file = "{self.key}"

[dispatch]
settle_seconds = 0
quiet_hours = "off"
{more}""")

    def environment(self) -> dict[str, str]:
        """The caller's, without what would override the configuration."""
        return {name: value for name, value in os.environ.items() if not name.startswith("LATCHLINE")}

    def run(self, *words: str | Path, config: bool = True) -> subprocess.CompletedProcess:
        """One of the other commands, to its end."""
        command = [PROGRAM, *map(str, words), *(["--config", str(self.config)] if config else [])]
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False, env=self.environment())

    def must(self, *words: str | Path, config: bool = True) -> str:
        """The same, where it has to succeed. What it printed."""
        done = self.run(*words, config=config)
        if done.returncode != 0:
            raise AssertionError(f"latchline {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, seconds: float = 20) -> None:
        """Starts `latchline serve` and waits until it is ready."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--config", str(self.config)], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment(),
            )
        while True:
            try:
                if self.get("/readyz")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - began > seconds:
                raise AssertionError(f"latchline serve is not ready after {seconds} s:\n{self.log.read_text()}")
            time.sleep(0.005)

    def metrics(self) -> str:
        """What Prometheus is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.metrics_port, timeout=10)
        try:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def stop(self, seconds: float = 10) -> int:
        """Asks it to stop, as systemd does. Its exit code."""
        process, self.process = self.process, None
        process.terminate()
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"latchline serve did not stop within {seconds} s") from None

    def close(self) -> None:
        """Ends what runs and takes everything away."""
        if self.process:
            self.process.kill()
            self.process.wait()
        self.database.drop()
        self.temporary.cleanup()

    def get(self, path: str, token: str | None = None) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and body of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"} if token else {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode(errors="replace")
        finally:
            connection.close()

    def page(self, text) -> int | None:
        """The status of the page that a text links to."""
        link = re.search(r"/[cfm]/\w{8,}", text.body)
        if not link:
            return None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", link[0])
            return connection.getresponse().status
        finally:
            connection.close()

    def post(self, path: str, token: str) -> int:
        """The status of what the API is asked to do."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
            return connection.getresponse().status
        finally:
            connection.close()

    def api(self, path: str, token: str):
        """An answer of the API."""
        status, headers, body = self.get(f"/api/v1{path}", token)
        if status != 200 or headers.get_content_type() != "application/json":
            raise AssertionError(f"GET /api/v1{path}: {status} {headers.get_content_type()}: {body}")
        return json.loads(body)
