"""Prometheus figures counted from the books: the journal, the job rows, what came in, and the open streams.

Counters grow from the start of the process by what the journal gained since, so that each journal line is counted
once, however it came about. They are of the whole installation: with several processes, read them from one.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import models
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from courtesy.channels.models import Received
from courtesy.conversations.models import Conversation, JournalEntry, Message, Promise
from courtesy.foundation import live
from courtesy.foundation.models import Job
from courtesy.policy.models import Approval

_CHUNK = 20_000


class Tally:
    """Running totals over the rows of a table that only grows; each row is read once."""

    def __init__(self, rows: models.QuerySet[models.Model], order: str, *names: str) -> None:
        self.rows, self.order, self.names = rows, order, names
        self.totals: Counter[tuple[str, ...]] = Counter()
        self._seen: int | None = None
        self._lock = threading.Lock()

    def count(self) -> Counter[tuple[str, ...]]:
        with self._lock:
            if self._seen is None:
                self._seen = self.rows.aggregate(last=models.Max(self.order))["last"] or 0
            while new := self._read_on(self._seen):
                self.totals.update(tuple(str(value) for value in row[1:]) for row in new)
                self._seen = new[-1][0]
            return self.totals.copy()

    def _read_on(self, after: int) -> list[tuple[int, ...]]:
        fresh = self.rows.filter(**{f"{self.order}__gt": after}).order_by(self.order)
        return list(fresh.values_list(self.order, *self.names)[:_CHUNK])


class BookFigures(Collector):
    """Answers a scrape with a handful of indexed queries."""

    def __init__(self) -> None:
        self._journal = Tally(JournalEntry.objects.all(), "sequence", "kind")
        self._verdicts = Tally(JournalEntry.objects.filter(kind="verdict"), "sequence", "content__decision")
        self._received = Tally(Received.objects.all(), "id", "line")

    def describe(self) -> Iterable[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        yield from self._counters()
        yield from self._gauges()

    def _counters(self) -> Iterator[Metric]:
        journal = CounterMetricFamily("courtesy_journal_entries", "Journal lines written, by kind.", labels=["kind"])
        for (kind,), number in self._journal.count().items():
            journal.add_metric([kind], number)
        yield journal
        verdicts = CounterMetricFamily("courtesy_verdicts", "Verdicts of the guard.", labels=["decision"])
        for (decision,), number in self._verdicts.count().items():
            verdicts.add_metric([decision], number)
        yield verdicts
        received = CounterMetricFamily(
            "courtesy_received", "Mails and the like taken in as bytes, by line.", labels=["line"]
        )
        for (line,), number in self._received.count().items():
            received.add_metric([line], number)
        yield received

    def _gauges(self) -> Iterator[Metric]:
        now = timezone.now()
        unanswered = Message.objects.filter(author=Message.Author.CUSTOMER, answered_at=None)
        jobs = Job.objects.filter(state=Job.State.WAITING, due_at__lte=now)
        oldest = jobs.aggregate(oldest=models.Min("due_at"))["oldest"]
        quarantined = Received.objects.filter(status=Received.Status.QUARANTINED)
        late = Promise.objects.filter(status__in=("open", "late"), due_at__lt=now)
        held = Conversation.objects.filter(speaker=Conversation.Speaker.COLLEAGUE, status=Conversation.Status.OPEN)
        yield _gauge("courtesy_jobs_owed", "Jobs that are due and not done.", jobs.count())
        yield _gauge(
            "courtesy_jobs_late_seconds", "Age of the oldest job owed.", (now - oldest).total_seconds() if oldest else 0
        )
        yield _gauge(
            "courtesy_jobs_failed", "Jobs given up after their last try.", Job.objects.filter(state="failed").count()
        )
        yield _gauge(
            "courtesy_messages_unanswered", "Customers' messages whose turn has not been taken.", unanswered.count()
        )
        yield _gauge("courtesy_quarantined", "Mails waiting in quarantine for a person.", quarantined.count())
        yield _gauge("courtesy_promises_late", "Promises past their date.", late.count())
        yield _gauge(
            "courtesy_approvals_waiting", "Approvals not decided.", Approval.objects.filter(status="waiting").count()
        )
        yield _gauge("courtesy_conversations_with_people", "Open conversations that a person answers.", held.count())
        yield _gauge("courtesy_streams_open", "Live streams open in this process.", live.stream_count())


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def register(registry: CollectorRegistry) -> None:
    registry.register(BookFigures())
