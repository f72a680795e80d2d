"""Free slots: when a service can begin, from the hours of what it needs and the time that is taken already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Q

from courtesy.commerce.bookings.values import Slot
from courtesy.commerce.models import Taken
from courtesy.pack.diary import GRAIN, Diary, Resource, Service

TICK = timedelta(minutes=GRAIN)
Used = Mapping[str, Mapping[int, frozenset[int]]]
"""Resource → tick → seats that are taken."""
Seats = tuple[tuple[str, int], ...]
"""The seats that serve a booking: (resource, seat), one for each skill that is needed."""


def ticks(starts: datetime, ends: datetime) -> range:
    """The five-minute spans between two moments, counted since 1970."""
    seconds = int(TICK.total_seconds())
    return range(int(starts.timestamp()) // seconds, -(-int(ends.timestamp()) // seconds))


def ticks_for(service: Service, starts: datetime) -> range:
    """The spans that a booking takes, with the minutes kept free before and after it."""
    length = timedelta(minutes=service.minutes)
    return ticks(starts - timedelta(minutes=service.before), starts + length + timedelta(minutes=service.after))


def used(resources: Iterable[Resource], span: range, at: datetime, *, besides: str = "") -> Used:
    """What is taken of these resources. Holds that are over do not count; nor does the booking ``besides``."""
    over = Q(booking__status="held", booking__held_until__lte=at)
    rows = (
        Taken.objects.filter(resource__in=[one.name for one in resources], tick__gte=span.start, tick__lt=span.stop)
        .exclude(over)
        .exclude(booking_id=besides)
        .values_list("resource", "tick", "seat")
        .order_by("resource", "tick", "seat")
    )
    found: dict[str, dict[int, frozenset[int]]] = {}
    for (resource, tick), group in groupby(rows, key=lambda row: (row[0], row[1])):
        found.setdefault(resource, {})[tick] = frozenset(seat for _, _, seat in group)
    return found


def seats_for(diary: Diary, service: Service, slot: Slot, taken: Used) -> Seats | None:
    """A free seat for each skill the service needs, of different resources; None when there is none."""
    span = ticks_for(service, slot.starts)
    free: dict[str, int] = {}
    for resource in diary.serving(service, slot.place):
        if _is_open(diary, resource, slot) and (seat := _free_seat(resource, span, taken)):
            free[resource.name] = seat
    there = [one for one in diary.serving(service, slot.place) if one.name in free]
    chosen = _assigned(service.needs, there, ())
    return None if chosen is None else tuple((name, free[name]) for name in chosen)


def _assigned(needs: Sequence[str], there: Sequence[Resource], chosen: tuple[str, ...]) -> tuple[str, ...] | None:
    """One resource for each need, none twice; tries the others when the first choice leaves a need without one."""
    if not needs:
        return chosen
    for resource in there:
        if needs[0] in resource.skills and resource.name not in chosen:
            found = _assigned(needs[1:], there, (*chosen, resource.name))
            if found is not None:
                return found
    return None


def _free_seat(resource: Resource, span: range, taken: Used) -> int:
    """The first seat that is free all the time; 0 for none."""
    busy: set[int] = set()
    of_resource = taken.get(resource.name, {})
    for tick in span:
        busy |= of_resource.get(tick, frozenset())
    return next((seat for seat in range(1, resource.seats + 1) if seat not in busy), 0)


def _is_open(diary: Diary, resource: Resource, slot: Slot) -> bool:
    day = slot.starts.astimezone(diary.zone).date()
    return any(begin <= slot.starts and slot.ends <= end for begin, end in diary.spans_on(resource, day))


def is_offered(diary: Diary, service: Service, slot: Slot, at: datetime) -> bool:
    """Whether the company offers this time at all: in its hours, on its grid, neither too soon nor too far ahead."""
    if not at + service.notice <= slot.starts <= at + service.ahead:
        return False
    return slot in set(_possible(diary, service, slot.place, slot.starts, slot.starts))


def free_slots(
    diary: Diary,
    service: Service,
    place: str,
    first: datetime,
    last: datetime,
    at: datetime,
    *,
    besides: str = "",
    limit: int = 0,
) -> list[Slot]:
    """Slots that begin between two moments, both included, in order; an empty place means any. Aware times.

    ``besides``: a booking that is to be moved, whose own time counts as free. ``limit``: as many as that, 0 for all.
    """
    first, last = max(first, at + service.notice), min(last, at + service.ahead)
    if first > last:
        return []
    edge = timedelta(minutes=service.before), timedelta(minutes=service.minutes + service.after)
    taken = used(diary.serving(service, place), ticks(first - edge[0], last + edge[1]), at, besides=besides)
    found: list[Slot] = []
    for slot in _possible(diary, service, place, first, last):
        if seats_for(diary, service, slot, taken) is not None:
            found.append(slot)
            if len(found) == limit:
                break
    return found


def _possible(diary: Diary, service: Service, place: str, first: datetime, last: datetime) -> Iterator[Slot]:
    """Every beginning between two moments that the hours of the resources allow, in order."""
    places = [one for one in diary.places(service) if place in ("", one)]
    length, step = timedelta(minutes=service.minutes), timedelta(minutes=service.every)
    day, end = first.astimezone(diary.zone).date(), last.astimezone(diary.zone).date()
    while day <= end:
        starts: set[Slot] = set()
        for where in places:
            for resource in diary.serving(service, where):
                for begin, finish in diary.spans_on(resource, day):
                    moment = begin
                    while moment + length <= finish:
                        if first <= moment <= last:
                            starts.add(Slot(moment, moment + length, where))
                        moment += step
        yield from sorted(starts)
        day += timedelta(days=1)
