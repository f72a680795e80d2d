"""Threads that write one SQLite file wait in line: none is refused, and none is left waiting."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from courtesy.foundation.sqlite import base


def database(path: Path, timeout: float) -> base.DatabaseWrapper:
    settings = connections["default"].settings_dict | {
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
    }
    return base.DatabaseWrapper(settings, alias="default")


def test_writers_of_one_file_take_turns_and_none_is_refused(db: None, tmp_path: Path) -> None:
    path = tmp_path / "books.sqlite3"
    first = database(path, 20)
    first.cursor().execute("CREATE TABLE numbers (writer INTEGER)")
    waits: list[float] = []

    def write(number: int) -> None:
        mine = database(path, 20)
        for _ in range(5):
            started = time.monotonic()
            mine.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            waits.append(time.monotonic() - started)
            mine.cursor().execute("INSERT INTO numbers VALUES (%s)", [number])
            time.sleep(0.002)
            mine.commit()
            mine.set_autocommit(True)
        mine.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.cursor().execute("SELECT COUNT(*) FROM numbers").fetchone() == (40,)
    assert max(waits) < 8 * 5 * 0.1


@pytest.mark.parametrize("ending", ["rollback", "close"])
def test_a_transaction_that_ends_badly_lets_the_next_one_in(db: None, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "books.sqlite3"
    one, other = database(path, 1), database(path, 1)
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    getattr(one, ending)()
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    other.rollback()
    other.close()


def test_who_waited_in_vain_is_refused_by_sqlite(db: None, tmp_path: Path) -> None:
    path = tmp_path / "books.sqlite3"
    one, other = database(path, 0.05), database(path, 0.05)
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    one.rollback()
    other.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    other.rollback()
    one.close()
    other.close()
