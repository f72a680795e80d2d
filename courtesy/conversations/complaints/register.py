"""The register of complaints, as an auditor reads it: filtered, a page at a time, each figure open to its entries."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from courtesy.conversations.models import Clock, Complaint, JournalEntry

PAGE = 50
COLUMNS = (
    "number", "registered", "channel", "country", "category", "severity", "stage", "remedy asked for", "team", "owner",
    "acknowledged", "answered", "outcome", "solution", "alternatives", "recourse named", "closed", "content",
    "reopened", "clocks kept", "clocks broken", "pack edition",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the register is looked at; empty means all. ``clock``: "running", "broken" or "kept"."""

    stage: str = ""
    category: str = ""
    clock: str = ""
    since: date | None = None
    until: date | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Complaint, ...]
    after: str  # cursor of the next page, "" at the end


def found(visible: QuerySet[Complaint], wanted: Wanted) -> QuerySet[Complaint]:
    """The complaints that are looked at, the latest first."""
    rows = visible
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.since:
        rows = rows.filter(registered_at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(registered_at__date__lte=wanted.until)
    if wanted.clock:
        rows = rows.filter(pk__in=Clock.objects.filter(status=wanted.clock).values("complaint"))
    if wanted.search.strip():
        rows = rows.filter(Q(case__number__iexact=wanted.search.strip()) | Q(text__icontains=wanted.search.strip()))
    return rows.order_by("-registered_at", "-id")


def page(rows: QuerySet[Complaint], after: str = "", limit: int = PAGE) -> Page:
    """A page from the cursor on. A cursor that cannot be read is the beginning."""
    if (place := _read(after)) is not None:
        moment, id_ = place
        rows = rows.filter(Q(registered_at__lt=moment) | Q(registered_at=moment, id__lt=id_))
    shown = list(rows.select_related("case__conversation__customer", "team", "owner")[: limit + 1])
    last = shown[limit - 1] if len(shown) > limit else None
    cursor = f"{last.registered_at.isoformat()}|{last.pk}" if last else ""
    return Page(tuple(shown[:limit]), base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("="))


def _read(cursor: str) -> tuple[datetime, int] | None:
    try:
        written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment, _, id_ = written.partition("|")
        at = datetime.fromisoformat(moment)
        return (at, int(id_)) if at.tzinfo else None
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return None


def figures(rows: QuerySet[Complaint]) -> dict[str, int]:
    """How many there are in each stage, and how many of their clocks were kept and broken."""
    stages = dict(rows.order_by().values_list("stage").annotate(count=Count("pk")))
    clocks = Clock.objects.filter(complaint__in=rows.order_by().values("pk"))
    counted = dict(clocks.values_list("status").annotate(count=Count("pk")))
    return {
        "all": sum(stages.values()),
        **{stage: stages.get(stage, 0) for stage in Complaint.Stage.values},
        "kept": counted.get("kept", 0),
        "broken": counted.get("broken", 0),
    }


def lines(rows: QuerySet[Complaint]) -> Iterator[tuple[str, ...]]:
    """The register as lines of text under ``COLUMNS``; text that a spreadsheet would calculate is quoted."""
    read = rows.select_related("case", "team", "owner").prefetch_related("clocks")
    for one in read.iterator(chunk_size=500):
        clocks = [clock.status for clock in one.clocks.all()]
        yield tuple(
            _safe(cell)
            for cell in (
                one.case.number, _moment(one.registered_at), one.channel, one.country, one.category, one.severity,
                one.stage, one.remedy, one.team.name if one.team else "", one.owner.name if one.owner else "",
                _moment(one.acknowledged_at), _moment(one.answered_at), one.outcome, one.solution,
                "; ".join(one.alternatives), "; ".join(one.recourse), _moment(one.closed_at),
                "" if one.content is None else "yes" if one.content else "no", str(one.reopened),
                str(clocks.count("kept")), str(clocks.count("broken")), one.edition,
            )
        )  # fmt: skip


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def entries_of(complaint: Complaint) -> list[JournalEntry]:
    """The journal's lines about a complaint, in order."""
    number = complaint.case.number
    about = JournalEntry.objects.filter(conversation=complaint.case.conversation_id).order_by("sequence")
    return [entry for entry in about.iterator() if entry.content.get("case") == number]
