"""In line: one at a time, in the order of coming, and nobody waits for ever."""

from __future__ import annotations

import threading
import time

from courtesy.foundation.turnstile import Turnstile


def wait_until(done: object, seconds: float = 5) -> None:
    ends = time.monotonic() + seconds
    while not done():  # type: ignore[operator]
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_they_go_in_as_they_came() -> None:
    line, order = Turnstile(), []
    assert line.enter(1)

    def one(number: int) -> None:
        assert line.enter(5)
        order.append(number)
        line.leave()

    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=one, args=(number,)))
        threads[-1].start()
        wait_until(lambda: len(line._waiting) == number + 1)  # noqa: B023
    line.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_who_waits_too_long_goes_away_and_holds_up_nobody() -> None:
    line = Turnstile()
    assert line.enter(1)
    assert not line.enter(0.02)
    line.leave()
    assert line.enter(0.02)
