"""A turnstile: one at a time, in the order of coming."""

from __future__ import annotations

import threading
from collections import deque


class Turnstile:
    """Like a lock, but first come, first served, and whoever waits is woken at once instead of looking again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, within: float) -> bool:
        """Go in, or wait in line for at most so many seconds. Returns whether we are in."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            call = threading.Lock()
            call.acquire()
            self._waiting.append(call)
        if call.acquire(timeout=within):
            return True
        with self._lock:
            if call in self._waiting:
                self._waiting.remove(call)
                return False
        return True  # called in the moment in which we gave up

    def leave(self) -> None:
        """Let the next one in."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
