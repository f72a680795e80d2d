"""A circuit breaker: after failures in a row the model is left alone for a while, then tried once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

FAILURES = 3
PAUSE = timedelta(seconds=60)


@dataclass
class Breaker:
    """``allows`` is asked before a call, ``note`` told after it. One for each process: no row is written for it."""

    failures: int = 0
    open_until: datetime | None = None

    def __post_init__(self) -> None:
        self._lock = Lock()

    def allows(self, at: datetime) -> bool:
        """Whether to call now. While open, one call is let through at the end of each pause."""
        with self._lock:
            if self.open_until is None:
                return True
            if at < self.open_until:
                return False
            self.open_until = at + PAUSE  # the others wait until this one is told
            return True

    def note(self, went_well: bool, at: datetime, *, permanent: bool = False) -> None:
        with self._lock:
            self.failures = 0 if went_well else self.failures + 1
            if went_well:
                self.open_until = None
            elif permanent or self.failures >= FAILURES:
                self.open_until = at + PAUSE

    def says(self, at: datetime) -> str:
        closed = self.open_until is None or at >= self.open_until
        return "reachable" if closed else f"left alone after {self.failures} failures in a row"
