"""Suspecting: a burst of alike reports, far above what is usual for that matter, is put before colleagues.

Reports of the last hour are compared with the last four weeks: the mean of an hour, and the same time of the same
weekday, whichever is more. What a Poisson process with that mean would hardly ever bring (``CHANCE``), at least twice
the usual and from ``LEAST`` customers, is suspicious. Nothing of it is ever said to a customer by itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Min, Q, QuerySet

from courtesy.conversations import journal
from courtesy.conversations.incidents import telling
from courtesy.conversations.models import Conversation, Incident, Report, Suspicion
from courtesy.foundation.prepared import insert
from courtesy.workforce.models import Colleague

WINDOW = timedelta(hours=1)
WEEKS = 4
AROUND = timedelta(hours=1)  # on both sides of the same time in the weeks before
LEAST = 5  # customers
LOWEST_USUAL = 0.2  # reports in a window, where there were next to none
CHANCE = 1e-5
QUIET = timedelta(days=1)  # after a suspicion was dismissed
MOST_OF = 0.8  # of a burst: then it is told by what those have in common
LINKED = 2_000  # conversations of a burst that become those of an incident


class Subject(NamedTuple):
    """What reports have in common; "" where anything goes."""

    procedure: str = ""
    product: str = ""
    area: str = ""


@transaction.atomic
def report(conversation: Conversation, procedure: str, product: str, area: str, at: datetime) -> None:
    """A customer brought up a matter; once for a conversation."""
    if Report.objects.filter(conversation=conversation, procedure=procedure).exists():
        return
    insert(Report(conversation=conversation, procedure=procedure[:120], product=product[:80], area=area[:10], at=at))


def look(at: datetime) -> int:
    """Put new bursts before colleagues, and refresh those that go on; returns how many are new."""
    customers = _customers(at)
    bursts = {}
    for subject, those in customers.items():
        if len(those) >= LEAST and not _is_declared(subject):
            usual = usual_of(subject, at)
            if is_burst(len(those), usual):
                bursts[subject] = usual
    new = 0
    for subject in _told_apart(bursts, customers):
        new += _note(subject, len(customers[subject]), bursts[subject], at)
    return new


def is_burst(reports: int, usual: float) -> bool:
    return reports >= LEAST and reports >= 2 * usual and tail(reports, usual) < CHANCE


def tail(reports: int, usual: float) -> float:
    """The chance of so many reports or more where ``usual`` are the mean of a Poisson process."""
    term = math.exp(reports * math.log(usual) - usual - math.lgamma(reports + 1))
    total, count = 0.0, reports
    while term > total * 1e-12 and count < reports + 10_000:
        total += term
        count += 1
        term *= usual / count
    return min(total, 1.0)


def usual_of(subject: Subject, at: datetime) -> float:
    """How many reports of this a window usually has."""
    reports, ends = of(subject), at - WINDOW
    begins = ends - timedelta(weeks=WEEKS)
    first = Report.objects.filter(at__gte=begins).aggregate(first=Min("at"))["first"] or ends
    windows = max((ends - max(begins, first)) / WINDOW, 1.0)
    mean = reports.filter(at__gte=begins, at__lt=ends).count() / windows
    same = Q()
    for week in range(1, WEEKS + 1):
        then = at - timedelta(weeks=week)
        same |= Q(at__gte=then - WINDOW - AROUND, at__lt=then + AROUND)
    there = reports.filter(same).count() / (WEEKS * ((WINDOW + 2 * AROUND) / WINDOW))
    return max(mean, there, LOWEST_USUAL)


def of(subject: Subject) -> QuerySet[Report]:
    return Report.objects.filter(**{name: value for name, value in subject._asdict().items() if value})


def _customers(at: datetime) -> dict[Subject, set[str]]:
    """Who reported what within the window, for every way in which reports can be alike."""
    found: dict[Subject, set[str]] = defaultdict(set)
    rows = Report.objects.filter(at__gt=at - WINDOW, at__lte=at)
    for procedure, product, area, customer in rows.values_list(
        "procedure", "product", "area", "conversation__customer_id"
    ):
        for subject in _alike(procedure, product, area):
            found[subject].add(str(customer))
    return found


def _alike(procedure: str, product: str, area: str) -> Iterable[Subject]:
    yield Subject(procedure)
    if product:
        yield Subject("", product)
        yield Subject(procedure, product)
    if area:
        yield Subject(procedure, "", area)


def _told_apart(bursts: dict[Subject, float], customers: dict[Subject, set[str]]) -> list[Subject]:
    """Of a burst and a narrower one that is nearly all of it, only the narrower one."""
    left = []
    for subject in bursts:
        those = customers[subject]
        narrower = (one for one in bursts if one != subject and _is_part(one, subject))
        if not any(len(customers[one] & those) >= MOST_OF * len(those) for one in narrower):
            left.append(subject)
    return left


def _is_part(one: Subject, of_it: Subject) -> bool:
    return all(not wide or wide == narrow for narrow, wide in zip(one, of_it, strict=True))


def _is_declared(subject: Subject) -> bool:
    """Whether an open incident covers it already."""
    return any(
        (subject.procedure and subject.procedure in incident.procedures)
        or (subject.product and subject.product in incident.products)
        for incident in telling.open_incidents()
    )


@transaction.atomic
def _note(subject: Subject, reports: int, usual: float, at: datetime) -> int:
    mine = Suspicion.objects.filter(**subject._asdict())
    now = {"reports": reports, "usual": usual, "last_at": at}
    if mine.filter(status=Suspicion.Status.OPEN).update(**now):
        return 0
    if mine.filter(status=Suspicion.Status.DISMISSED, settled_at__gt=at - QUIET).exists():
        return 0
    try:
        with transaction.atomic():
            Suspicion.objects.create(**subject._asdict(), **now, first_at=at)
    except IntegrityError:  # another process saw it too
        return 0
    journal.write("incident suspected", actor="system", at=at, content={**subject._asdict(), **now})
    return 1


@transaction.atomic
def dismiss(suspicion: Suspicion, by: Colleague, at: datetime) -> bool:
    """Nothing is wrong. False when somebody settled it before."""
    return _settle(suspicion, Suspicion.Status.DISMISSED, None, by, at)


@transaction.atomic
def became(suspicion: Suspicion, incident: Incident, by: Colleague, at: datetime) -> int:
    """It is an incident now: the conversations that reported it belong to it. Returns how many."""
    if not _settle(suspicion, Suspicion.Status.DECLARED, incident, by, at):
        return 0
    subject = Subject(suspicion.procedure, suspicion.product, suspicion.area)
    since = suspicion.first_at - WINDOW
    reported = Conversation.objects.filter(reports__in=of(subject).filter(at__gt=since, at__lte=at)).distinct()
    return sum(telling.link(incident, one, at, by) for one in reported.order_by("opened_at")[:LINKED])


def _settle(suspicion: Suspicion, status: str, incident: Incident | None, by: Colleague, at: datetime) -> bool:
    mine = Suspicion.objects.filter(pk=suspicion.pk, status=Suspicion.Status.OPEN)
    settled = mine.update(status=status, incident=incident, settled_at=at)
    if settled:
        content = {"procedure": suspicion.procedure, "product": suspicion.product, "area": suspicion.area}
        content["incident"] = incident.number if incident else ""
        journal.write(f"suspicion {status}", actor=by.pk, at=at, content=content)
    return bool(settled)
