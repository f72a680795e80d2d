"""The machine a measure ran on, and a loop of plain Python that tells how fast it was just then."""

from __future__ import annotations

import os
import platform
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

_ROUNDS = 5


def machine() -> dict[str, Any]:
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def now() -> str:
    """When it was measured, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def loop_ms() -> float:
    """Milliseconds for a fixed loop (200,000 additions and remainders), the best of five: the reference for speed."""
    best = float("inf")
    for _ in range(_ROUNDS):
        started = perf_counter()
        total = 0
        for number in range(200_000):
            total += number % 7
        best = min(best, perf_counter() - started)
    return best * 1000


def share(ordered: Sequence[float], part: float) -> float:
    """The value that ``part`` (0 to 1) of the ordered values do not exceed; 0.0 where there are none."""
    if not ordered:
        return 0.0
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * part // 1) - 1))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
