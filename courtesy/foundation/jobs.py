"""Jobs: work that must be done, once, even if the process dies.

The row in the database is the truth (``models.Job``); an engine (``engine.py``) only carries its id to a worker.
``enqueue`` writes the row in the caller's transaction and wakes an engine after commit. ``run`` claims the row with a
lease, calls the registered function and records the outcome. ``sweep`` finds rows that are due or whose lease ran
out. A job function gets its arguments as keywords, must be safe to call twice, and raises to be tried again.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from courtesy.foundation import watching
from courtesy.foundation.models import Job
from courtesy.foundation.prepared import Change, Question, insert

log = logging.getLogger(__name__)

WORKER = f"{socket.gethostname()}:{os.getpid()}"


class PermanentError(Exception):
    """Raised by a job that no further try can help; the row is marked failed with its message."""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    function: Callable[..., None]
    attempts: int
    lease: timedelta
    at_once: bool  # taken by the process that stored it, without waiting for a poll
    whole: bool  # its effects and the note that it is done are one transaction


_kinds: dict[str, Kind] = {}
_wake: Callable[[int, bool, datetime], None] | None = None


def job(
    name: str, *, attempts: int = 8, lease_seconds: int = 60, at_once: bool = False, whole: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a module-level function as the work of kind ``name``. ``whole``: run it in one transaction with the
    note that it is done, for work that touches nothing but our own database."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _kinds[name] = Kind(name, function, attempts, timedelta(seconds=lease_seconds), at_once, whole)
        return function

    return register


def set_engine(wake: Callable[[int, bool, datetime], None] | None) -> None:
    """``wake(id, at_once, due_at)`` is called after commit for each new job; None: only sweeps run jobs."""
    global _wake
    _wake = wake


def enqueue(kind: str, key: str, *, due_at: datetime | None = None, **arguments: Any) -> Job:
    """Owe a piece of work. The same kind and key twice gives the first row back and changes nothing."""
    if kind not in _kinds:
        raise LookupError(f"no job of kind {kind!r} is registered")
    row = Job(kind=kind, key=key, arguments=arguments, due_at=due_at or timezone.now())
    if not insert(row, unless_there=True):
        return Job.objects.get(kind=kind, key=key)
    transaction.on_commit(lambda: wake(row))
    return row


def wake(row: Job) -> None:
    if _wake is not None:
        _wake(row.pk, _kinds[row.kind].at_once, row.due_at)


_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_found = Question[Job](lambda id: Job.objects.filter(pk=id), id=1)


def _free(at: datetime) -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lte=at)


_take = Change(
    lambda id, tried, at, until: (
        Job.objects.filter(_free(at), pk=id, state=Job.State.WAITING, attempts=tried, due_at__lte=at),
        {"leased_until": until, "leased_by": WORKER, "attempts": F("attempts") + 1},
    ),
    id=1,
    tried=1,
    at=_SOME_TIME,
    until=_SOME_TIME,
)
_settle = Change(
    lambda id, at: (
        Job.objects.filter(pk=id),
        {"state": Job.State.DONE, "done_at": at, "leased_until": None, "last_error": ""},
    ),
    id=1,
    at=_SOME_TIME,
)


def claim(job_id: int, at: datetime) -> Job | None:
    """Take the lease with one compare-and-set update; None when it is not due, done, or somebody else's."""
    row = _found.first(id=job_id)
    if row is None or row.state != Job.State.WAITING or row.kind not in _kinds:
        return None
    until = at + _kinds[row.kind].lease
    with transaction.atomic():
        taken = _take.make(id=job_id, tried=row.attempts, at=at, until=until)
    if not taken:
        return None
    row.leased_until, row.leased_by, row.attempts = until, WORKER, row.attempts + 1
    return row


def run(job_id: int) -> bool:
    """Do one job if it can be claimed. Returns whether it was done; a failure is recorded and tried again later."""
    row = claim(job_id, timezone.now())
    if row is None:
        return False
    kind = _kinds[row.kind]
    try:
        with watching.job(kind.name, row.arguments), transaction.atomic() if kind.whole else nullcontext():
            kind.function(**row.arguments)
            if kind.whole:
                _settle.make(id=row.pk, at=timezone.now())
    except PermanentError as error:
        _fail(row, error, final=True)
        return False
    except Exception as error:
        log.exception("job failed", extra={"job": str(row), "attempt": row.attempts})
        _fail(row, error, final=row.attempts >= kind.attempts)
        return False
    if not kind.whole:
        with transaction.atomic():
            _settle.make(id=row.pk, at=timezone.now())
    return True


def _fail(row: Job, error: Exception, *, final: bool) -> None:
    """Note the error; wait twice as long before each next try, at most an hour."""
    wait = timedelta(seconds=min(2 ** min(row.attempts, 12), 3600))
    with transaction.atomic():
        Job.objects.filter(pk=row.pk).update(
            state=Job.State.FAILED if final else Job.State.WAITING,
            due_at=timezone.now() + wait,
            leased_until=None,
            last_error=f"{type(error).__name__}: {error}"[:2000],
        )


def due(at: datetime, limit: int = 200) -> list[int]:
    """Ids of jobs that should be running now and are not, oldest first."""
    rows = Job.objects.filter(_free(at), state=Job.State.WAITING, due_at__lte=at).order_by("due_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def sweep() -> int:
    """Wake every job that is due or was dropped; returns how many."""
    ids = due(timezone.now())
    for row in Job.objects.filter(pk__in=ids).order_by("due_at", "pk"):
        if row.kind in _kinds:
            wake(row)
    return len(ids)


def run_due(limit: int = 1000) -> int:
    """Run everything that is due in this thread, until nothing is left. For tests, commands and small installs."""
    done = 0
    while done < limit:
        ids = due(timezone.now(), 50)
        progressed = [job_id for job_id in ids if run(job_id)]
        done += len(progressed)
        if not progressed:
            return done
    return done


def release_leases() -> int:
    """At the start of a single-process install: whatever was leased belonged to a process that is gone."""
    return Job.objects.filter(state=Job.State.WAITING, leased_until__isnull=False).update(leased_until=None)


def owed() -> int:
    """How many jobs are waiting now, for health and figures."""
    return Job.objects.filter(state=Job.State.WAITING, due_at__lte=timezone.now()).count()
