"""Which free times to speak of: those that fit what was wished for, else the nearest before and after."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from courtesy.commerce.bookings.free import free_slots
from courtesy.commerce.bookings.values import Slot
from courtesy.language.entities.when.windows import Window
from courtesy.pack.diary import Diary, Service

OFFERED = 6  # times put to a customer at once
LOOKED_AROUND = timedelta(days=7)  # how far before and after a wish its alternatives lie
FORTNIGHT = timedelta(days=14)


def fitting(diary: Diary, service: Service, place: str, wish: Window, at: datetime, besides: str = "") -> list[Slot]:
    """Every free slot that fits the wish, in order. Without a day, the first days that have one."""
    if wish.says_day:
        first, last = bounds(diary, service, wish, at)
        return [slot for slot in free_slots(diary, service, place, first, last, at, besides=besides)
                if _fits(diary, slot, wish)]  # fmt: skip
    begin = at
    while begin < at + service.ahead:
        found = free_slots(diary, service, place, begin, begin + FORTNIGHT, at, besides=besides)
        if fits := [slot for slot in found if _fits(diary, slot, wish)]:
            return fits
        begin += FORTNIGHT
    return []


def bounds(diary: Diary, service: Service, wish: Window, at: datetime) -> tuple[datetime, datetime]:
    """The first and the last moment of the days that are wished for, or of all that can be booked."""
    first = _moment(diary, wish.first, time(0)) if wish.first else at
    last = _moment(diary, wish.last, time(23, 59)) if wish.last else at + service.ahead
    return max(first, at), last


def _moment(diary: Diary, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, diary.zone).astimezone(UTC)


def _fits(diary: Diary, slot: Slot, wish: Window) -> bool:
    local = slot.starts.astimezone(diary.zone)
    if (wish.first and local.date() < wish.first) or (wish.last and local.date() > wish.last):
        return False
    return _fits_clock(local.time(), wish)


def _fits_clock(clock: time, wish: Window) -> bool:
    if wish.exact is not None:
        return clock == wish.exact
    return (wish.earliest is None or clock >= wish.earliest) and (wish.latest is None or clock <= wish.latest)


def among(diary: Diary, slots: list[Slot], wish: Window) -> list[Slot]:
    """Those of the slots that were offered which fit the wish."""
    return [slot for slot in slots if _fits(diary, slot, wish)]


def nearest(diary: Diary, service: Service, place: str, wish: Window, at: datetime, besides: str = "") -> list[Slot]:
    """Free slots that lie nearest to a wish that cannot be met, in order of time."""
    first, last = bounds(diary, service, wish, at) if wish.says_day else (at, at + FORTNIGHT)
    clock = wish.exact or wish.earliest or wish.latest or time(12)
    wished = _moment(diary, first.astimezone(diary.zone).date(), clock)
    around = free_slots(diary, service, place, first - LOOKED_AROUND, last + LOOKED_AROUND, at, besides=besides)
    if not around:
        around = free_slots(diary, service, place, at, at + service.ahead, at, besides=besides, limit=OFFERED)
    return sorted(sorted(around, key=lambda slot: (abs(slot.starts - wished), slot))[:OFFERED])


def spread(diary: Diary, slots: list[Slot]) -> list[Slot]:
    """At most as many as can be offered at once: a few of each day rather than all of the first."""
    by_day: defaultdict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.starts.astimezone(diary.zone).date()].append(slot)
    chosen: list[Slot] = []
    rounds = max((len(day) for day in by_day.values()), default=0)
    for number in range(rounds):
        for day in sorted(by_day):
            if number < len(by_day[day]) and len(chosen) < OFFERED:
                chosen.append(by_day[day][number])
    return sorted(chosen)
