"""The company's diary as its tables say it: what can be booked, who or what serves it, and when that is open.

``services.csv`` lists services, ``resources.csv`` benches, rooms and people with their skills and hours,
``closures.csv`` days on which a place or a resource is closed. Hours that a resource does not have are those of its
place in ``stores.csv``, else the company's own. Pure values; nothing knows the database or the clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courtesy.pack.model import Company, Pack
from courtesy.pack.opening_hours import read_length

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
GRAIN = 5  # minutes: everything in the diary begins and ends on a multiple of it
Spans = tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be booked. ``needs``: one resource for each of these skills is taken.

    ``before`` and ``after`` are minutes in which the resources are kept free; ``every``: minutes between two possible
    beginnings; ``notice``: how long before at the latest; ``ahead``: how far ahead at most; ``hold``: how long a freed
    slot is kept for the one it was offered to; ``remind``: how long before a reminder is owed, None for none."""

    name: str
    minutes: int
    before: int
    after: int
    every: int
    needs: tuple[str, ...]
    notice: timedelta
    ahead: timedelta
    hold: timedelta
    remind: timedelta | None


@dataclass(frozen=True, slots=True)
class Resource:
    """What a booking takes: a bench, a room, a person. ``seats``: how many bookings at the same time."""

    name: str
    place: str
    skills: frozenset[str]
    seats: int
    hours: Mapping[int, Spans]  # weekday, 0 = Monday


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, both included, on which a place or a resource is closed; both empty: everything is."""

    place: str
    resource: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Diary:
    zone: ZoneInfo
    services: Mapping[str, Service]
    resources: tuple[Resource, ...]
    closures: tuple[Closure, ...]
    holidays: frozenset[date]

    def serving(self, service: Service, place: str = "") -> tuple[Resource, ...]:
        """The resources that have a skill this service needs, in the order of the table."""
        needed = set(service.needs)
        return tuple(one for one in self.resources if one.skills & needed and place in ("", one.place))

    def places(self, service: Service) -> tuple[str, ...]:
        """Where every skill is there that the service needs, in the order of the table."""
        found = dict.fromkeys(one.place for one in self.serving(service))
        return tuple(place for place in found if self._has_all(service, place))

    def places_of(self, name: str) -> tuple[str, ...]:
        """Where a service is to be had by its name; nowhere when there is none of that name."""
        return self.places(self.services[name]) if name in self.services else ()

    def _has_all(self, service: Service, place: str) -> bool:
        there = frozenset[str]().union(*(one.skills for one in self.serving(service, place)))
        return set(service.needs) <= there

    def spans_on(self, resource: Resource, day: date) -> Iterator[tuple[datetime, datetime]]:
        """When the resource is open on one local day, as moments in UTC; nothing on holidays and closed days."""
        if day in self.holidays or any(_closes(one, resource, day) for one in self.closures):
            return
        for start, end in resource.hours.get(day.weekday(), ()):
            last = day + timedelta(days=1) if end == time(0) else day
            begin = datetime.combine(day, start, self.zone).astimezone(UTC)
            finish = datetime.combine(last, end, self.zone).astimezone(UTC)
            if begin < finish:
                yield begin, finish


def _closes(closure: Closure, resource: Resource, day: date) -> bool:
    if not closure.first <= day <= closure.last:
        return False
    if closure.resource:
        return closure.resource == resource.name and closure.place in ("", resource.place)
    return closure.place in ("", resource.place)


# --- reading the tables ---------------------------------------------------------------------------

Row = Mapping[str, str]


_kept: dict[tuple[str, str], Diary] = {}
MOST_KEPT = 16


def diary_of(pack: Pack) -> Diary:
    """The diary of this edition of the pack, read once."""
    name = (pack.name, pack.edition)
    if name not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[name] = read_diary(pack)
    return _kept[name]


def read_diary(pack: Pack) -> Diary:
    """Read the tables. ValueError names the row and what is wrong in it."""
    tables = pack.tables
    stores = {row.get("store", ""): row for row in tables.get("stores", ())}
    return Diary(
        zone=ZoneInfo(pack.company.time_zone),
        services={row["service"]: read_service(row) for row in tables.get("services", ())},
        resources=tuple(read_resource(row, stores, pack.company) for row in tables.get("resources", ())),
        closures=tuple(read_closure(row) for row in tables.get("closures", ())),
        holidays=frozenset(pack.company.holidays),
    )


def read_service(row: Row) -> Service:
    minutes = _minutes(row, "minutes", "")
    if minutes <= 0:
        raise ValueError(f"'{row.get('minutes', '')}' in 'minutes' is no length of a booking")
    needs = tuple(part.strip() for part in row.get("needs", "").split("+") if part.strip())
    if not row.get("service") or not needs:
        raise ValueError("a service has a name, and 'needs' names at least one skill")
    return Service(
        name=row["service"],
        minutes=minutes,
        before=_minutes(row, "before", "0"),
        after=_minutes(row, "after", "0"),
        every=_minutes(row, "every", "30") or GRAIN,
        needs=needs,
        notice=_length(row, "notice", "0 hours"),
        ahead=_length(row, "ahead", "60 days"),
        hold=_length(row, "hold", "2 hours"),
        remind=_length(row, "remind", "") or None,
    )


def _minutes(row: Row, column: str, usual: str) -> int:
    written = row.get(column, "") or usual
    if not written.isdigit() or int(written) % GRAIN:
        raise ValueError(f"'{written}' in '{column}' is not a number of minutes that {GRAIN} divides")
    return int(written)


def _length(row: Row, column: str, usual: str) -> timedelta:
    written = row.get(column, "") or usual
    if not written:
        return timedelta(0)
    length = read_length(written)
    if length.business or length.unit not in ("minutes", "hours", "days", "weeks"):
        raise ValueError(f"'{written}' in '{column}': write minutes, hours, days or weeks")
    return timedelta(**{length.unit: float(length.amount)})


def read_resource(row: Row, stores: Mapping[str, Row], company: Company) -> Resource:
    if not row.get("resource") or not row.get("place"):
        raise ValueError("a resource has a name and a place")
    seats = row.get("seats", "") or "1"
    if not seats.isdigit() or int(seats) < 1:
        raise ValueError(f"'{seats}' in 'seats' is not a number from 1")
    return Resource(
        name=row["resource"],
        place=row["place"],
        skills=frozenset(part.strip() for part in row.get("skills", "").split("+") if part.strip()),
        seats=int(seats),
        hours=_hours(row, stores.get(row["place"], {}), company),
    )


def _hours(row: Row, store: Row, company: Company) -> dict[int, Spans]:
    for source in (row, store):
        if any(source.get(day) for day in WEEKDAYS):
            return {number: read_spans(source.get(day, "")) for number, day in enumerate(WEEKDAYS)}
    return {hours.weekday: hours.spans for hours in company.hours}


def read_spans(written: str) -> Spans:
    """Read "10:00-14:00, 16:00-20:00"; "closed" and nothing are no opening."""
    if written.strip().casefold() in ("", "closed"):
        return ()
    spans = []
    for part in written.replace("+", ",").split(","):
        begin, dash, end = part.strip().partition("-")
        try:
            span = time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())
        except ValueError:
            span = time(0), time(0)
        if not dash or span[0] == span[1]:
            raise ValueError(f"'{part.strip()}' is not a span of hours; write 10:00-14:00 + 16:00-20:00, or closed")
        spans.append(span)
    return tuple(spans)


def read_closure(row: Row) -> Closure:
    try:
        first = date.fromisoformat(row.get("first", ""))
        last = date.fromisoformat(row.get("last", "") or row.get("first", ""))
    except ValueError as error:
        raise ValueError("'first' and 'last' are days such as 2026-12-24") from error
    if last < first:
        raise ValueError("the closure ends before it begins")
    return Closure(row.get("place", ""), row.get("resource", ""), first, last)
