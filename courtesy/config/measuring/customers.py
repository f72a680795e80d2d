"""Customers of a measure: each opens a chat over HTTP, says something, waits for the stored reply, and goes on."""

from __future__ import annotations

import http.client
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Barrier, Thread
from time import perf_counter
from typing import Any

PATIENCE = 60.0  # seconds for one reply; after that the turn counts as lost
_WAIT = 20  # seconds of one long poll

TALKS: tuple[tuple[str, ...], ...] = (
    (
        "Hi, where is my order TF-10002? My e-mail is ana.ruiz@example.com",
        "and when will it arrive?",
        "how much does delivery cost?",
        "thank you",
    ),
    (
        "What are your opening hours?",
        "How long do I have to return something?",
        "Do you deliver to Portugal?",
        "thanks",
    ),
    (
        "Hola, ¿dónde está mi pedido TF-10002? Mi correo es ana.ruiz@example.com",
        "¿cuánto cuesta el envío?",
        "¿cuánto tiempo tengo para devolver algo?",
        "gracias",
    ),
    (
        "I want to return the jacket of order TF-10001, my e-mail is ana.ruiz@example.com",
        "never mind, I keep it",
        "which payment methods do you accept?",
        "thanks",
    ),
)
"""What they say to the sample company: records, questions, a procedure that is begun and left, two languages.

All are equally long, so that every number of conversations at once is measured on the same mix."""


@dataclass
class Driven:
    """What came of the turns. ``waits`` are seconds from sending a message to reading its stored reply."""

    asked: int
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    replies: list[int] = field(default_factory=list)  # of each conversation, in all
    handed_over: list[bool] = field(default_factory=list)  # each conversation: does a colleague speak at its end
    troubles: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        return self.asked - len(self.waits)

    @property
    def doubled(self) -> int:
        return max(0, sum(self.replies) - len(self.waits)) if self.replies else 0


def drive(port: int, at_once: int, turns: int) -> Driven:
    """So many customers at once, ``turns`` turns in all or a few more: each step speaks the same mix of whole talks."""
    talks_each = max(1, -(-turns // (at_once * len(TALKS[0]))))
    driven = Driven(at_once * talks_each * len(TALKS[0]))
    begin = Barrier(at_once + 1)
    threads = [
        Thread(target=_talks, args=(port, range(one, one + talks_each), begin, driven), daemon=True)
        for one in range(0, at_once * talks_each, talks_each)
    ]
    _let_go(threads, begin, driven)
    return driven


def drive_one(port: int, turns: int) -> Driven:
    """One customer who never leaves: all turns in one conversation, the talks one after another."""
    driven = Driven(turns)
    says = itertools.islice(itertools.cycle(itertools.chain.from_iterable(TALKS)), turns)
    started = perf_counter()
    _talk(port, list(says), driven)
    driven.seconds = perf_counter() - started
    return driven


def ask_healthz(port: int, at_once: int, times: int) -> Driven:
    """The reference: the smallest page the server has, asked over kept connections, ``times`` by each of so many."""
    driven = Driven(at_once * times)
    begin = Barrier(at_once + 1)
    _let_go(
        [Thread(target=_ask, args=(port, times, begin, driven), daemon=True) for _ in range(at_once)], begin, driven
    )
    return driven


def _let_go(threads: Sequence[Thread], begin: Barrier, driven: Driven) -> None:
    """Start them, let all begin in one moment, and take the time until the last is through."""
    for thread in threads:
        thread.start()
    begin.wait()
    started = perf_counter()
    for thread in threads:
        thread.join()
    driven.seconds = perf_counter() - started


def _ask(port: int, times: int, begin: Barrier, driven: Driven) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    begin.wait()
    for _ in range(times):
        started = perf_counter()
        _answer(client, "GET", "/healthz")
        driven.waits.append(perf_counter() - started)
    client.close()


def _talks(port: int, numbers: range, begin: Barrier, driven: Driven) -> None:
    """One customer after another at one place, each in a conversation of its own."""
    begin.wait()
    for number in numbers:
        try:
            _talk(port, TALKS[number % len(TALKS)], driven)
        except (OSError, http.client.HTTPException, ValueError) as error:
            driven.troubles.append(f"{type(error).__name__}: {error}")


def _talk(port: int, says: Sequence[str], driven: Driven) -> None:
    chat = Chat(port)
    try:
        for number, text in enumerate(says):
            if not chat.say(f"turn-{number}", text, driven):
                driven.troubles.append(f"no reply within {PATIENCE:.0f} seconds to {text!r}")
        chat.read(wait=0)
    finally:
        driven.replies.append(len(chat.replies))
        driven.handed_over.append(chat.with_a_colleague)
        chat.client.close()


class Chat:
    """One conversation over one kept connection."""

    def __init__(self, port: int) -> None:
        self.client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        opened = _answer(self.client, "POST", "/api/v1/chat/conversations", {"language": "en"})
        self.path = f"/api/v1/chat/conversations/{opened['id']}"
        self.headers = {"Authorization": f"Bearer {opened['secret']}"}
        self.since = 0
        self.with_a_colleague = False
        self.replies: dict[str, int] = {}  # id and sequence of everything the representative said

    def say(self, client_id: str, text: str, driven: Driven) -> bool:
        """Say it and wait for what is said after it; False when nothing was in time."""
        message = {"client_id": client_id, "text": text}
        started = perf_counter()
        said = _answer(self.client, "POST", f"{self.path}/messages", message, self.headers)["message"]["sequence"]
        while perf_counter() - started < PATIENCE:
            self.read(wait=_WAIT)
            if any(sequence > said for sequence in self.replies.values()):
                driven.waits.append(perf_counter() - started)
                return True
        return False

    def read(self, *, wait: int) -> None:
        """Read what is new, or wait for it."""
        page = f"{self.path}/events?since={self.since}&wait={wait}"
        new = _answer(self.client, "GET", page, headers=self.headers)
        self.since = int(new["next"])
        for state in (event for event in new["events"] if event["kind"] == "state"):
            self.with_a_colleague = state["speaker"] == "colleague"
        said = [event["message"] for event in new["events"] if event["kind"] == "message"]
        self.replies |= {one["id"]: one["sequence"] for one in said if one["author"] == "representative"}


def _answer(
    client: http.client.HTTPConnection,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Any:
    written = None if body is None else json.dumps(body).encode()
    client.request(method, path, written, {"Content-Type": "application/json", **(headers or {})})
    answer = client.getresponse()
    said = answer.read()
    if answer.status >= 300:
        raise ValueError(f"{method} {path.partition('?')[0]} was answered with {answer.status}: {said[:200]!r}")
    return json.loads(said)
