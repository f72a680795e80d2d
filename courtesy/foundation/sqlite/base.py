"""Django's SQLite backend, with the threads of this process waiting in line to write.

SQLite has one writer at a time. Who comes second would sleep and look again, longer each time and in no order: some
wait for seconds while others pass. In line each begins the moment the one before has committed. Other processes, and
writes outside of a transaction, still wait in SQLite's own way.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

from django.db.backends.sqlite3 import base

from courtesy.foundation.turnstile import Turnstile

_lines: dict[str, Turnstile] = defaultdict(Turnstile)
_lock = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection of one thread. It is in the line while its transaction is open."""

    _line: Turnstile | None = None

    def _start_transaction_under_autocommit(self) -> None:
        with _lock:
            line = _lines[str(self.settings_dict["NAME"])]
        within = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        if self._line is None and line.enter(within):  # who waited in vain is refused by SQLite itself
            self._line = line
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # when it fails, Django rolls back
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave()
