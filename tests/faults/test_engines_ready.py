"""/readyz says no, and which part, when the database, the queue or a mail door is not fit for work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from courtesy.channels.email.doors import Doors
from courtesy.config import running, serving
from courtesy.foundation.engine import Engine, queue_for


@pytest.fixture
def parts(db: None, company: Any, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """What a server watches: the mail doors are those of the house, with a keeper and a listener that can be ended."""
    keeper, listener = SimpleNamespace(is_well=True), SimpleNamespace(is_well=True, doors=[("smtp", 2525)])
    engine = Engine(queue_for(tmp_path, ""), workers=1)
    serving.watch_parts(engine)
    running.watch("mail in", Doors(keeper, listener, []).look)  # type: ignore[arg-type]
    yield {"keeper": keeper, "listener": listener, "engine": engine}
    running.forget_all()


def ask() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()["parts"]


def unfit(told: dict[str, Any]) -> list[str]:
    return [name for name, part in told.items() if not part["fit"]]


def test_ready_when_every_part_is_fit(parts: dict[str, Any]) -> None:
    status, told = ask()
    assert (status, unfit(told)) == (200, [])
    assert {"database", "queue", "mail in"} <= set(told)
    assert told["mail in"]["says"] == "SMTP 2525"


def test_not_ready_without_the_database(parts: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(serving, "connection", SimpleNamespace(cursor=gone))
    status, told = ask()
    assert status == 503
    assert "database" in unfit(told)
    assert "closed the connection" in told["database"]["says"]


def test_not_ready_without_the_queue(parts: dict[str, Any]) -> None:
    parts["engine"].queue = queue_for(Path("unused"), "redis://127.0.0.1:1/0")
    status, told = ask()
    assert (status, unfit(told)) == (503, ["queue"])


@pytest.mark.parametrize(("part", "says"), [("keeper", "stores mail"), ("listener", "mail listener")])
def test_not_ready_when_mail_is_not_taken_in(parts: dict[str, Any], part: str, says: str) -> None:
    parts[part].is_well = False
    status, told = ask()
    assert (status, unfit(told)) == (503, ["mail in"])
    assert says in told["mail in"]["says"]


def test_not_ready_before_anything_runs() -> None:
    running.forget_all()
    assert ask() == (503, {})


def test_alive_all_the_same(parts: dict[str, Any]) -> None:
    parts["keeper"].is_well = False
    assert Client().get("/healthz").json() == {"alive": True}
