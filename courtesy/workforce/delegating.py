"""Delegating: during an absence somebody else decides with a colleague's grade, between two days, on the record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from courtesy.pack import editions
from courtesy.workforce.models import Colleague, Delegation

LONGEST = timedelta(days=92)


class CannotDelegate(ValueError):
    """What was asked for is not possible; the text says what would be."""


@transaction.atomic
def delegate(
    giver: Colleague, taker: Colleague, grade: str, first_day: date, last_day: date, *, by: Colleague, at: datetime
) -> Delegation:
    """Let ``taker`` decide with ``grade`` from one day to another. Everybody delegates their own grade, a manager for
    others too; what was delegated to somebody cannot be passed on. Raises CannotDelegate."""
    if by.pk != giver.pk and not by.has_grade("manager"):
        raise CannotDelegate("only a manager delegates for somebody else")
    if by.pk != giver.pk and not by.has_grade(giver.grade):
        raise CannotDelegate("nobody delegates for a grade above their own")
    if grade not in Colleague.Grade.values or not giver.has_grade(grade):
        raise CannotDelegate(f"{giver} has the grade {giver.grade} and cannot give {grade}")
    if giver.pk == taker.pk or not taker.is_active or not giver.is_active:
        raise CannotDelegate("choose another colleague who works here")
    if taker.has_grade(grade):
        raise CannotDelegate(f"{taker} has that grade already")
    if last_day < first_day:
        raise CannotDelegate("the last day is before the first")
    if last_day - first_day > LONGEST:
        raise CannotDelegate(f"an absence of more than {LONGEST.days} days needs a change of grade")
    return Delegation.objects.create(
        giver=giver,
        taker=taker,
        grade=grade,
        first_day=first_day,
        last_day=last_day,
        recorded_by=by,
        recorded_at=at,
    )


def end(delegation: Delegation, by: Colleague, at: datetime) -> bool:
    """Back before the last day: the giver, or a manager, ends it. False when it had ended."""
    if by.pk != delegation.giver_id and not by.has_grade("manager"):
        raise CannotDelegate("only the colleague who gave it, or a manager, ends it")
    return bool(Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=at))


def held_by(taker: Colleague, on: date) -> list[Delegation]:
    """What this colleague may decide with on that day beside their own grade, the highest grade first. A giver who
    left, or whose own grade fell, gives nothing any more."""
    rows = Delegation.objects.filter(taker=taker, ended_at=None, first_day__lte=on, last_day__gte=on)
    found = [row for row in rows.select_related("giver") if row.giver.is_active and row.giver.has_grade(row.grade)]
    order = Colleague.Grade.values
    return sorted(found, key=lambda row: (-order.index(row.grade), row.pk))


def grades_of(colleague: Colleague, on: date) -> list[str]:
    """Every grade this colleague decides with on that day: up to their own, and up to what was delegated."""
    order = Colleague.Grade.values
    highest = max([colleague.grade, *(row.grade for row in held_by(colleague, on))], key=order.index)
    return list(order[: order.index(highest) + 1])


def standing_for(colleague: Colleague, on: date) -> QuerySet[Delegation]:
    """Delegations given or taken by this colleague that hold on that day or begin later."""
    mine = Q(giver=colleague) | Q(taker=colleague)
    rows = Delegation.objects.filter(mine, ended_at=None, last_day__gte=on)
    return rows.select_related("giver", "taker").order_by("first_day", "pk")


def company_day(at: datetime) -> date:
    """The day at the company, by which delegations and daily limits are told."""
    return at.astimezone(ZoneInfo(editions.in_force(at).company.time_zone)).date()
