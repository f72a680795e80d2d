"""Fixtures for every test: the sample company, its shop, the colleagues, a fixed time, and conversations to drive."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sample_books

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "packs" / "tarnfell"
AT = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Madrid"))


# --- the run itself -----------------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """State goes to a folder of this run, never into the repository; the database is a file that threads share."""
    from django.conf import settings
    from django.db import connections

    folder = Path(tempfile.mkdtemp(prefix="courtesy-tests-"))
    config.stash[_FOLDER] = folder
    settings.COURTESY_DATA = folder
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECRET_KEY = "only for tests"
    settings.COURTESY_UNDO_SECONDS = 0  # what a colleague says is said; what waits has tests of its own
    for name in ("documents", "editions", "outbox", "logs"):
        (folder / name).mkdir()
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        connections.databases["default"]["TEST"]["NAME"] = str(folder / "test.sqlite3")
        connections.databases["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


_FOLDER = pytest.StashKey[Path]()


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(_FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several workers one has all tests that share something: a server, or a folder that a file's tests build on."""
    for item in items:
        if {"redis_url", "postgres_url"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("services"))
        elif _builds_on_others(item):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))


def _builds_on_others(item: pytest.Item) -> bool:
    """Whether it uses something that is made once for the tests of its file."""
    known = getattr(item, "_fixtureinfo", None)
    used = known.name2fixturedefs.values() if known is not None else ()
    return any(made.scope in ("class", "module", "package") for each in used for made in each)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Leave the counts for bin/test, which adds up its runs; of several workers' tests the first process tells."""
    path = os.environ.get("COURTESY_COUNTS")
    if path and not hasattr(config, "workerinput"):
        told = {kind: len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error", "skipped")}
        with Path(path).open("a", encoding="ascii") as counts:
            counts.write(f"{told['passed']} {told['failed'] + told['error']} {told['skipped']}\n")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The tests' database is made without migrations; the word index has tables of its own kind."""
    from django.db import connection

    from courtesy.foundation.search import index

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        index.make_shelves(connection.vendor, cursor.execute)


# --- what else is on this machine ---------------------------------------------------------------


def answers(url: str) -> bool:
    """Whether something listens at the host and port of ``url``."""
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 0), timeout=2).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Address of a PostgreSQL server whose databases tests may make and drop."""
    url = os.environ.get("COURTESY_TEST_DATABASE_URL", "")
    if not url or not answers(url):
        pytest.skip("no PostgreSQL server (COURTESY_TEST_DATABASE_URL; bin/test starts one where it is installed)")
    return url


@pytest.fixture(scope="session")
def redis_url() -> str:
    url = os.environ.get("COURTESY_TEST_REDIS_URL", "")
    if not url or not answers(url):
        pytest.skip("no Redis server (COURTESY_TEST_REDIS_URL; bin/test starts one where it is installed)")
    return url


@pytest.fixture(scope="session")
def kits() -> Path:
    """Folder of public test material, which is not part of the project."""
    folder = Path(os.environ.get("COURTESY_KITS", ROOT.parent / "shared" / "kits"))
    if not folder.is_dir():
        pytest.skip("no test material (COURTESY_KITS)")
    return folder


# --- the company --------------------------------------------------------------------------------


@pytest.fixture
def at() -> datetime:
    """Now, in the tests: a Friday morning at the company."""
    return AT


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Any]:
    """The sample company's pack, published and in force; the value is the pack."""
    from django.conf import settings

    from courtesy.pack import editions

    sample_books.publish(SAMPLE, tmp_path, AT)
    yield editions.in_force()
    editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)


@pytest.fixture
def sample_shop(db: None, company: Any) -> Any:
    """The sample shop, loaded as it stood at ``at``; the value is the shop behind the port."""
    from courtesy.commerce import shop

    sample_books.load_shop(AT)
    return shop.current()


@pytest.fixture
def colleague(db: None) -> Any:
    from courtesy.workforce.colleagues import add_colleague

    return add_colleague("noor@tarnfell.example", "Noor", grade="representative", password="a long password 1")[0]


@pytest.fixture
def team_lead(db: None) -> Any:
    from courtesy.workforce.colleagues import add_colleague

    return add_colleague("iker@tarnfell.example", "Iker", grade="team lead", password="a long password 2")[0]


# --- conversations ------------------------------------------------------------------------------


@dataclass
class Talk:
    """One customer's conversation, driven through the door that a channel uses."""

    sender: str = ""
    channel: str = "chat"
    language: str = ""
    signed_in: bool = False
    id: str = ""
    replies: list[Any] = field(default_factory=list)  # the last ones
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _own: str = field(default_factory=lambda: uuid4().hex)  # an address in memory may serve twice

    def say(self, text: str, *, chosen: Any = None, attachments: tuple[Any, ...] = (), **more: Any) -> list[Any]:
        """Say something, let everything that is due be done, and return the messages that came back."""
        from django.utils import timezone

        from courtesy.channels import intake
        from courtesy.channels.port import Incoming
        from courtesy.conversations.models import Message
        from courtesy.foundation import jobs

        number = next(self._numbers)
        kind, line = ("e-mail", "mail:service@tarnfell.example") if self.channel == "email" else ("chat", "chat")
        visitor = self.sender or f"visitor-{self._own}"
        mine = {
            "channel": self.channel,
            "line": line,
            "provider_id": f"{self._own}-{number}",
            "sender_kind": "e-mail" if self.sender else kind,
            "sender": visitor,
            "text": text,
            "at": timezone.now(),
            "thread": self.id,
            "language": self.language,
            "attachments": attachments,
            "chosen": chosen,
            "sender_verified": self.signed_in,
        }
        message = intake.accept(Incoming(**{**mine, **more}))
        self.id = message.conversation_id
        jobs.run_due()
        later = Message.objects.filter(conversation_id=self.id, sequence__gt=message.sequence, internal=False)
        self.replies = list(later.exclude(author=Message.Author.CUSTOMER).order_by("sequence"))
        return self.replies

    @property
    def said(self) -> str:
        """The last replies as one text."""
        return "\n".join(reply.text for reply in self.replies)

    @property
    def conversation(self) -> Any:
        from courtesy.conversations.models import Conversation

        return Conversation.objects.get(pk=self.id)

    def entries(self, kind: str) -> list[Any]:
        """Journal lines of this conversation of one kind, in order."""
        from courtesy.conversations.models import JournalEntry

        return list(JournalEntry.objects.filter(conversation=self.id, kind=kind).order_by("sequence"))

    def deeds(self) -> list[str]:
        """The acts that were done, in order."""
        return [entry.content.get("act", "") for entry in self.entries("deed")]


@pytest.fixture
def talk(sample_shop: Any, time_machine: Any) -> Callable[..., Talk]:
    """Open a conversation: ``talk(sender="ana.ruiz@example.com")``. The clock stands at ``at`` and ticks."""
    time_machine.move_to(AT)
    return Talk


@pytest.fixture
def say(talk: Callable[..., Talk]) -> Callable[..., list[Any]]:
    """One chat with an unknown visitor: ``say("hello")`` returns the replies."""
    return talk().say
