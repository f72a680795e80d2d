"""What is seen of a job while it is done: its seconds as a figure, its name and conversation in every log line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from prometheus_client import Gauge, Histogram

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

JOB_SECONDS = Histogram(
    "courtesy_job_seconds", "Seconds that the work of a job took, by kind.", ["kind"], buckets=_BUCKETS
)
JOBS_IN_HAND = Gauge("courtesy_jobs_in_hand", "Jobs that a thread of this process is doing now.")


@contextmanager
def job(kind: str, arguments: Mapping[str, Any]) -> Iterator[None]:
    """Watch one job, done or failed."""
    seen = {name: arguments[name] for name in ("conversation", "message") if name in arguments}
    with (
        JOBS_IN_HAND.track_inprogress(),
        JOB_SECONDS.labels(kind).time(),
        structlog.contextvars.bound_contextvars(kind=kind, **seen),
    ):
        yield
