"""The clocks of a complaint: started, paused with a reason, extended where the law allows it, kept or broken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from courtesy.conversations import breaking, journal
from courtesy.conversations.models import Clock, ClockPause, Complaint
from courtesy.pack.matters import ClockRule
from courtesy.pack.model import Company
from courtesy.pack.opening_hours import add_business
from courtesy.pack.standing_still import before, prolong

AHEAD = 0.8  # of its time gone: then colleagues are warned, where the pack does not say when
ENDED_BY = {
    "acknowledged": ("acknowledged",),
    "answered": ("acknowledged", "answered"),
    "closed": ("acknowledged", "answered", "closed"),
}
MOST = 500  # looked at in one go
_GOING = (Clock.Status.RUNNING, Clock.Status.PAUSED)


def start(complaint: Complaint, rules: Iterable[ClockRule], company: Company, at: datetime, round: int = 0) -> None:
    """Start the clocks, each once a round."""
    for rule in rules:
        due = add_business(company, at, rule.within)
        clock, made = Clock.objects.get_or_create(
            complaint=complaint,
            name=rule.name,
            round=round,
            defaults={
                "ends_with": rule.ends_with,
                "within": rule.within,
                "article": rule.article[:300],
                "source": rule.source[:300],
                "extended_to": rule.extended_to,
                "pauses_for": list(rule.pauses_for),
                "started_at": at,
                "due_at": due,
                "warn_at": _warn_at(company, rule.warn_before, at, due),
            },
        )
        if made:
            more = {"within": rule.within, "due": due, "article": rule.article, "until": rule.ends_with}
            note(clock, "clock started", "system", at, **more)


def _warn_at(company: Company, warn_before: str, started: datetime, due: datetime) -> datetime:
    if warn_before:
        return max(started, before(company, due, warn_before))
    return started + (due - started) * AHEAD


@transaction.atomic
def pause(clock: Clock, reason: str, by: str, at: datetime) -> str:
    """Let a clock stand still. Returns why that cannot be, "" when it was done."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    if clock.status != Clock.Status.RUNNING:
        return f"this clock is {clock.status}"
    if reason not in clock.pauses_for:
        allowed = ", ".join(clock.pauses_for) or "nothing"
        return f"it may stand still for: {allowed}"
    clock.status = Clock.Status.PAUSED
    clock.save(update_fields=["status"])
    ClockPause.objects.create(clock=clock, reason=reason, by=by, began_at=at)
    note(clock, "clock paused", by, at, reason=reason)
    return ""


@transaction.atomic
def go_on(clock: Clock, company: Company, by: str, at: datetime) -> str:
    """Let it run again; its end moves on by the time it stood still. Returns why that cannot be, "" when done."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    if clock.status != Clock.Status.PAUSED:
        return f"this clock is {clock.status}"
    standing = clock.pauses.get(ended_at=None)
    standing.ended_at = at
    standing.save(update_fields=["ended_at"])
    clock.due_at = prolong(company, clock.due_at, clock.within, standing.began_at, at)
    clock.warn_at = prolong(company, clock.warn_at, clock.within, standing.began_at, at)
    clock.status, clock.warned_at = Clock.Status.RUNNING, None
    clock.save(update_fields=["due_at", "warn_at", "status", "warned_at"])
    note(clock, "clock goes on", by, at, due=clock.due_at)
    return ""


@transaction.atomic
def extend(clock: Clock, because: str, company: Company, by: str, at: datetime) -> str:
    """Use the longer limit that the law allows. Returns why that cannot be, "" when done."""
    clock = Clock.objects.select_for_update().get(pk=clock.pk)
    if clock.status != Clock.Status.RUNNING or not clock.extended_to:
        return "this clock cannot be extended"
    if not because.strip():
        return "say why: the customer and the record need the reason"
    due = add_business(company, clock.started_at, clock.extended_to)
    for stood in clock.pauses.filter(ended_at__isnull=False):
        due = prolong(company, due, clock.within, stood.began_at, stood.ended_at or stood.began_at)
    clock.warn_at = max(at, clock.started_at + (due - clock.started_at) * AHEAD)
    clock.due_at, clock.within, clock.extended_to, clock.warned_at = due, clock.extended_to, "", None
    clock.save(update_fields=["due_at", "warn_at", "within", "extended_to", "warned_at"])
    note(clock, "clock extended", by, at, because=because.strip(), due=due)
    return ""


def settle(complaint: Complaint, event: str, at: datetime, by: str = "system") -> None:
    """Something happened that ends clocks: acknowledged, answered or closed. Late is broken, however late."""
    for clock in complaint.clocks.filter(ends_with__in=ENDED_BY[event], settled_at=None).order_by("pk"):
        _end_pauses(clock, at)
        broken = clock.status == Clock.Status.BROKEN or (clock.status == Clock.Status.RUNNING and at > clock.due_at)
        clock.status, clock.settled_at = (Clock.Status.BROKEN if broken else Clock.Status.KEPT), at
        clock.save(update_fields=["status", "settled_at"])
        note(clock, "clock settled late" if broken else "clock kept", by, at, due=clock.due_at)


def stop(clocks: Iterable[Clock], because: str, at: datetime, by: str) -> None:
    """These clocks no longer run: the complaint was withdrawn, or is of another kind."""
    for clock in clocks:
        if clock.status in _GOING:
            _end_pauses(clock, at)
            clock.status, clock.settled_at = Clock.Status.STOPPED, at
            clock.save(update_fields=["status", "settled_at"])
            note(clock, "clock stopped", by, at, because=because)


def _end_pauses(clock: Clock, at: datetime) -> None:
    clock.pauses.filter(ended_at=None).update(ended_at=at)


def about_to_break(at: datetime) -> list[Clock]:
    """Running clocks whose warning is due and was not given."""
    found = Clock.objects.filter(status=Clock.Status.RUNNING, warn_at__lte=at, warned_at=None)
    return list(found.select_related("complaint__case__conversation").order_by("warn_at")[:MOST])


def run_out(at: datetime) -> list[Clock]:
    """Running clocks whose time is over."""
    found = Clock.objects.filter(status=Clock.Status.RUNNING, due_at__lt=at)
    return list(found.select_related("complaint__case__conversation").order_by("due_at")[:MOST])


def next_due(complaint: Complaint, *, answers: bool = True) -> datetime | None:
    """The earliest end among the running clocks; with ``answers`` only of those that an answer ends."""
    running = complaint.clocks.filter(status=Clock.Status.RUNNING)
    if answers:
        running = running.exclude(ends_with="acknowledged")
    return running.order_by("due_at").values_list("due_at", flat=True).first()


def note(clock: Clock, kind: str, by: str, at: datetime, **more: Any) -> None:
    case = clock.complaint.case
    breaking.reckon(case.conversation_id)
    content = {"case": case.number, "clock": clock.name, **more}
    journal.write(kind, actor=by, at=at, conversation=case.conversation_id, content=content)
