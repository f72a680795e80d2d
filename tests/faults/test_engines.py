"""Two processes on one PostgreSQL and one Redis: they share the work, nothing is done twice, and one may die."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from chat_server import bring_learned

psycopg = pytest.importorskip("psycopg")
redis = pytest.importorskip("redis")

ROOT = Path(__file__).resolve().parents[2]
QUESTION = "how much is delivery to Spain?"
PATIENCE = 120  # seconds until a test gives up waiting; it is no measure
pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]


def replaced(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(holds: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, f"waited in vain until {what}"
        time.sleep(0.1)


@dataclass
class Installation:
    """One database, one queue, one data folder, and the processes that serve from them."""

    folder: Path
    database: str
    queue: str
    ports: list[int] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
        return own | {
            "COURTESY_DATA": str(self.folder),
            "COURTESY_DATABASE_URL": self.database,
            "COURTESY_REDIS_URL": self.queue,
            "COURTESY_LOG_FORMAT": "json",
        }

    def start(self) -> None:
        port = free_port()
        bring_learned(self.folder)
        said = (self.folder.parent / f"said-{len(self.ports)}.txt").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "courtesy", "serve", "--no-mail"],
            cwd=ROOT, env=self.environment | {"COURTESY_PORT": str(port)}, stdout=said, stderr=said,
        )  # fmt: skip
        said.close()
        self.ports.append(port)
        self.processes.append(process)

    def said(self, number: int) -> str:
        return (self.folder.parent / f"said-{number}.txt").read_text(encoding="utf-8", errors="replace")

    def is_ready(self, number: int) -> bool:
        assert self.processes[number].poll() is None, self.said(number)
        try:
            return bool(self.ask(number, "/readyz")["ready"])
        except OSError:
            return False

    def ask(self, number: int, path: str, *, told: Any = None, secret: str = "") -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
        body = None if told is None else json.dumps(told).encode()
        wanted = urllib.request.Request(f"http://127.0.0.1:{self.ports[number]}{path}", body, headers)
        with urllib.request.urlopen(wanted, timeout=PATIENCE) as answer:
            return json.load(answer)

    def open_chat(self, number: int) -> tuple[str, str]:
        opened = self.ask(number, "/api/v1/chat/conversations", told={"language": "en"})
        return opened["id"], opened["secret"]

    def say(self, number: int, chat: tuple[str, str], client_id: str) -> Any:
        path = f"/api/v1/chat/conversations/{chat[0]}/messages"
        return self.ask(number, path, told={"client_id": client_id, "text": QUESTION}, secret=chat[1])

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database) as connection:
            return list(connection.execute(query, values).fetchall())

    def write(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute(statement, values)

    def all_is_done(self) -> bool:
        return self.rows("SELECT count(*) FROM foundation_job WHERE state <> 'done'") == [(0,)]

    def stop(self) -> list[int]:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        return [process.wait(PATIENCE) for process in self.processes]


@pytest.fixture
def pair(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[Installation]:
    """Two processes started together on an empty database of their own."""
    name = f"courtesy_engines_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    queues = [replaced(redis_url, f"/{number}") for number in range(15, 0, -1)]
    queue = next(url for url in queues if not redis.from_url(url).dbsize())
    folder = tmp_path / "data"
    folder.mkdir()
    made = Installation(folder, replaced(postgres_url, f"/{name}"), queue)
    try:
        made.start()
        made.start()
        until(lambda: made.is_ready(0) and made.is_ready(1), "both processes are ready")
        yield made
    finally:
        for process in made.processes:
            process.kill()
            process.wait()
        redis.from_url(queue).flushdb()
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def replies(pair: Installation) -> Counter[str]:
    """How many messages of the representative each conversation has."""
    return Counter(
        conversation
        for (conversation,) in pair.rows(
            "SELECT conversation_id FROM conversations_message WHERE author = 'representative' AND NOT internal"
        )
    )


def test_two_processes_take_each_turn_once_though_every_message_comes_twice(pair: Installation) -> None:
    assert ["Sign in at the desk as" in pair.said(number) for number in (0, 1)].count(True) == 1
    chats = [pair.open_chat(number % 2) for number in range(12)]
    sayings = [(door, chat, f"client-{place}") for place, chat in enumerate(chats) for door in (0, 1)]
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda saying: pair.say(*saying), sayings))
    assert len({answer["message"]["id"] for answer in accepted}) == 12
    until(pair.all_is_done, "all work is done")
    assert replies(pair) == Counter({chat[0]: 1 for chat in chats})
    done = pair.rows("SELECT kind, leased_by, attempts FROM foundation_job")
    assert Counter(kind for kind, _, _ in done) == Counter({"take turn": 12})  # a chat reply is delivered in its turn
    told = pair.rows("SELECT conversation_id FROM conversations_event WHERE kind = 'delivery'")
    assert Counter(chat for (chat,) in told) == replies(pair)
    assert {attempts for _, _, attempts in done} == {1}
    assert len({worker for _, worker, _ in done}) == 2
    assert pair.stop() == [0, 0]
    looked = subprocess.run(
        [sys.executable, "-m", "courtesy", "journal", "verify"],
        cwd=ROOT, env=pair.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert looked.returncode == 0, looked.stderr


def test_a_reply_made_in_one_process_is_seen_at_once_on_a_stream_of_the_other(pair: Installation) -> None:
    chat = pair.open_chat(0)
    address = f"http://127.0.0.1:{pair.ports[0]}/api/v1/chat/conversations/{chat[0]}/stream?secret={chat[1]}"
    with urllib.request.urlopen(address, timeout=PATIENCE) as stream:
        assert stream.readline()
        pair.say(1, chat, "client-1")
        heard = ""
        while '"author":"representative"' not in heard.replace('": "', '":"'):
            line = stream.readline().decode()
            assert line, "the stream ended before the reply came"
            heard += line
    assert "4.90" in heard


def test_what_a_killed_process_had_in_hand_is_done_by_the_other_once(pair: Installation) -> None:
    chats = [pair.open_chat(1) for _ in range(20)]
    with ThreadPoolExecutor(4) as pool:
        said = [pool.submit(pair.say, 0, chat, f"client-{place}") for place, chat in enumerate(chats)]
        until(lambda: bool(pair.rows("SELECT 1 FROM foundation_job WHERE state = 'done' LIMIT 1")), "work has begun")
        pair.processes[0].kill()
        pair.processes[0].wait()
        for place, one in enumerate(said):
            try:
                one.result()
            except (OSError, HTTPException, ValueError):  # no answer came: the customer's page sends it again
                pair.say(1, chats[place], f"client-{place}")
    dead = f"%:{pair.processes[0].pid}"
    # The leases of the dead run out after a minute; here that minute is over.
    pair.write("UPDATE foundation_job SET leased_until = now() WHERE state = 'waiting' AND leased_by LIKE %s", dead)
    until(pair.all_is_done, "the other process has done all the work")
    assert replies(pair) == Counter({chat[0]: 1 for chat in chats})
    assert pair.rows("SELECT count(*) FROM conversations_message WHERE author = 'customer'") == [(20,)]
