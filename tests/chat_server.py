"""A whole server of its own for a test, as ``courtesy serve`` starts it, and a visitor who talks to its chat API."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN = 120.0  # seconds; the first start makes the database and the sample shop


def _learned() -> Path:
    """What the engine learned from a pack in this run of the tests: each file is named after the edition it fits."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return Path(tempfile.gettempdir()) / f"courtesy-learned-{run}"


def bring_learned(folder: Path) -> None:
    """Lay what was learned before into a new installation: only the first of a run learns the sample company."""
    if _learned().is_dir() and not (folder / "models").exists():
        shutil.copytree(_learned(), folder / "models")


def keep_learned(folder: Path) -> None:
    """Keep it for the installations to come; whoever is first wins."""
    if (folder / "models").is_dir() and not _learned().exists():
        part = _learned().with_name(f"{_learned().name}.{os.getpid()}")
        shutil.copytree(folder / "models", part)
        try:
            part.rename(_learned())
        except OSError:
            shutil.rmtree(part)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One installation in ``folder``; it keeps its port over a stop and a new start."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        own = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
        own |= {
            "DJANGO_SETTINGS_MODULE": "courtesy.config.settings",
            "COURTESY_DATA": str(self.folder),
            "COURTESY_PORT": str(self.port),
            "COURTESY_LOG_LEVEL": "WARNING",
            **self.settings,
        }
        bring_learned(self.folder)
        with (self.folder / "serve.log").open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "courtesy", "serve", "--no-mail"], cwd=ROOT, env=own, stdout=log, stderr=log
            )
        ends = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self.running.poll() is not None or time.monotonic() > ends:
                raise AssertionError((self.folder / "serve.log").read_text(errors="replace")[-3000:])
            time.sleep(0.05)
        keep_learned(self.folder)
        return self

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/chat/config", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.running is None:
            return
        self.running.send_signal(how)
        self.running.wait(40)
        self.running = None


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(method: str, url: str, content: Any = None, headers: dict[str, str] | None = None) -> Answer:
    """One request; every status is an answer, only a broken line is an OSError."""
    body = content if isinstance(content, bytes | None) else json.dumps(content).encode()
    own = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(url, data=body, method=method, headers=own | (headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=40) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, refused.headers, refused.read())


@dataclass
class Visitor:
    """One visitor in one conversation."""

    server: Server
    id: str = ""
    secret: str = ""
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.server.url}/api/v1/chat/conversations/{self.id}"

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **self.headers}

    def open(self, **opening: Any) -> Visitor:
        answer = ask("POST", f"{self.server.url}/api/v1/chat/conversations", opening, self.headers)
        assert answer.status == 201, answer.body
        self.id, self.secret, self.token = (answer.json[name] for name in ("id", "secret", "visitor"))
        return self

    def say(self, text: str, client_id: str, **more: Any) -> Answer:
        return ask("POST", f"{self.address}/messages", {"client_id": client_id, "text": text, **more}, self.key)

    def send(self, *files: tuple[str, bytes], client_id: str, text: str = "") -> Answer:
        """Files as a browser's form sends them."""
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (("client_id", client_id), ("text", text))
        ]
        for name, content in files:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        form = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return ask("POST", f"{self.address}/attachments", body, self.key | form)

    def events(self, since: int = 0, **more: Any) -> list[dict[str, Any]]:
        query = "".join(f"&{name}={value}" for name, value in more.items())
        answer = ask("GET", f"{self.address}/events?since={since}{query}", headers=self.key)
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["events"]
        return found

    def messages(self) -> list[dict[str, Any]]:
        return [event["message"] for event in self.events(limit=500) if event["kind"] == "message"]

    def heard(self, replies: int, within: float = 60.0) -> list[dict[str, Any]]:
        """The representative's messages, as soon as there are at least ``replies`` of them."""
        ends = time.monotonic() + within
        while True:
            found = [message for message in self.messages() if message["author"] == "representative"]
            if len(found) >= replies or time.monotonic() > ends:
                assert len(found) >= replies, found
                return found
            time.sleep(0.05)
