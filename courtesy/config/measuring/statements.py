"""How many statements the database gets for one turn: from the message at the door to the stored reply."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from courtesy.channels import intake
from courtesy.channels.chat.channel import KIND, LINE
from courtesy.channels.port import Incoming
from courtesy.commerce import generating
from courtesy.config import starting
from courtesy.config.measuring.customers import TALKS
from courtesy.config.measuring.own_installation import own_installation
from courtesy.foundation import jobs
from courtesy.pack import editions
from courtesy.representative import learning

Ask = Callable[..., Any]


class Counted:
    """Stands before the database and counts what it is asked."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, ask: Ask, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return ask(sql, params, many, context)


def statements_per_turn() -> float:
    """Counted over every talk of the measure, in an installation of this process's own, once it is warm."""
    at = timezone.now()
    with (
        tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder,
        own_installation(Path(folder), starting.SAMPLE_PACK),
    ):
        generating.load_sample(at)
        learning.model_of(editions.in_force())
        turns = sum(len(says) for says in TALKS)
        _talk_all(at, "first")  # what is built at first use is built now
        with connection.execute_wrapper(counted := Counted()):
            _talk_all(at, "second")
        return round(counted.number / turns, 1)


def _talk_all(at: datetime, time: str) -> None:
    owed: list[int] = []
    jobs.set_engine(lambda job, _at_once, _due: owed.append(job))
    try:
        for number, says in enumerate(TALKS):
            thread = ""
            for turn, text in enumerate(says):
                name = f"{time}-{number}-{turn}"
                message = intake.accept(Incoming(KIND, LINE, name, "chat", f"{time}-{number}", text, at, thread))
                thread = message.conversation_id
                while owed:
                    jobs.run(owed.pop(0))
    finally:
        jobs.set_engine(None)
