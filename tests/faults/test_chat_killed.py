"""The serving process is killed at random moments while visitors chat: each message stands and is answered once."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from chat_server import ROOT, Server, Visitor

CHATS = 30
MESSAGES = 4
KILLS = 5
QUESTIONS = ("Where is my order {order}? My e-mail is {mail}", "When does order {order} arrive?", "Hello", "Thank you")
ORDERS = (("TF-10002", "ana.ruiz@example.com"), ("TF-10007", "tom.byrne@example.com"))
ENDS_WITHIN = 240.0


class Customer(threading.Thread):
    """A widget: it tries each message again under the same id until it is told that it is stored.

    Customers with an even number wait for the answer before they go on; the others write on at once."""

    def __init__(self, server: Server, number: int, ends: float) -> None:
        super().__init__(daemon=True)
        self.talk = Visitor(server)
        self.number, self.ends = number, ends
        self.acknowledged: list[str] = []
        self.tries = 0

    def run(self) -> None:
        self._until(lambda: bool(self.talk.open(language="en").id))
        order, mail = ORDERS[self.number % 2]
        for place in range(MESSAGES):
            identity = f"{self.number}.{place}"
            words = QUESTIONS[place].format(order=order, mail=mail)
            self._until(lambda words=words, identity=identity: self._accepted(words, identity))
            self.acknowledged.append(identity)
            if self.number % 2 == 0:
                self._until(lambda place=place: self._replies() > place)

    def _accepted(self, words: str, identity: str) -> bool:
        self.tries += 1
        return self.talk.say(words, identity).status in (200, 202)

    def _replies(self) -> int:
        return sum(message["author"] == "representative" for message in self.talk.messages())

    def _until(self, done: Any) -> None:
        while time.monotonic() < self.ends:
            try:
                if done():
                    return
            except (OSError, HTTPException, AssertionError, ValueError):  # the line broke, or the server went down
                pass
            time.sleep(0.05)


def rows(books: sqlite3.Connection, question: str) -> list[Any]:
    return books.execute(question).fetchall()


def left_to_do(books: sqlite3.Connection) -> int:
    return int(
        rows(
            books,
            "SELECT (SELECT count(*) FROM conversations_message WHERE author = 'customer' AND answered_at IS NULL)"
            " + (SELECT count(*) FROM foundation_job WHERE kind = 'take turn' AND state = 'waiting')",
        )[0][0]
    )


def kill_while_they_talk(server: Server, customers: list[Customer], dice: random.Random) -> None:
    """Each kill waits for progress, never for a time, so that it hits work at every stage on any machine."""
    for stage in range(KILLS):
        goal = stage * (CHATS * MESSAGES // (KILLS + 1)) + dice.randint(1, 18)
        while sum(len(one.acknowledged) for one in customers) < goal and any(one.is_alive() for one in customers):
            time.sleep(0.002)
        server.end(signal.SIGKILL)
        server.start()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 20])
def test_every_accepted_chat_message_is_kept_and_answered_once_over_kills(tmp_path: Path, seed: int) -> None:
    server = Server(tmp_path).start()
    ends = time.monotonic() + ENDS_WITHIN
    customers = [Customer(server, number, ends) for number in range(CHATS)]
    try:
        for customer in customers:
            customer.start()
        kill_while_they_talk(server, customers, random.Random(seed))
        for customer in customers:
            customer.join(ENDS_WITHIN)
        books = sqlite3.connect(tmp_path / "courtesy.sqlite3", timeout=20)
        while left_to_do(books) and time.monotonic() < ends:
            time.sleep(0.1)
    finally:
        server.end()
    kept_once(books, customers)
    answered_once(books, customers)
    assert rows(books, "PRAGMA integrity_check") == [("ok",)]
    verified(tmp_path)


def kept_once(books: sqlite3.Connection, customers: list[Customer]) -> None:
    acknowledged = sorted(f"{one.talk.id}:{identity}" for one in customers for identity in one.acknowledged)
    assert len(acknowledged) == CHATS * MESSAGES
    assert sum(one.tries for one in customers) > len(acknowledged)  # the kills hit messages under way
    said = rows(books, "SELECT provider_id FROM conversations_message WHERE author = 'customer' ORDER BY provider_id")
    assert [identity for (identity,) in said] == acknowledged


def answered_once(books: sqlite3.Connection, customers: list[Customer]) -> None:
    """A turn gives one time to all messages that it answers, and its reply names the last of them."""
    assert left_to_do(books) == 0
    assert rows(books, "SELECT count(*) FROM foundation_job WHERE state = 'failed'") == [(0,)]
    for customer in customers:
        said = books.execute(
            "SELECT id, author, answered_at, answers FROM conversations_message"
            " WHERE conversation_id = ? ORDER BY sequence",
            (customer.talk.id,),
        ).fetchall()
        turns = {answered_at: f"turn:{pk}" for pk, author, answered_at, _ in said if author == "customer"}
        replies = [answers for _, author, _, answers in said if author == "representative"]
        assert replies == list(turns.values())
        if customer.number % 2 == 0:
            assert [author for _, author, _, _ in said] == ["customer", "representative"] * MESSAGES


def verified(folder: Path) -> None:
    environment = {**os.environ, "COURTESY_DATA": str(folder)}
    checked = subprocess.run(
        [sys.executable, "-m", "courtesy", "journal", "verify"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
