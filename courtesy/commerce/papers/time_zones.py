"""A time zone as a calendar file carries it (VTIMEZONE, RFC 5545, 3.6.5): each change of the clocks near a moment.

The onset of a change is written in the local time that was in force before it, as the standard asks; calendars that do
not know the zone by name reckon with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

AROUND = timedelta(days=400)  # before and after: at least one change each way where there are any
_EARLIER = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the onset of a zone whose clocks do not change


def described(zone: ZoneInfo, near: datetime) -> Timezone:
    """The zone's offsets around an aware moment."""
    found = Timezone()
    found.add("tzid", zone.key)
    first = near - AROUND
    changes = list(_changes(zone, first, near + AROUND))
    found.add_component(_onset(zone, first, _EARLIER if not changes else _wall(zone, first, first), first))
    for moment in changes:
        before = moment - timedelta(minutes=1)
        found.add_component(_onset(zone, moment, _wall(zone, moment, before), before))
    return found


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The moments, to the minute, at which the offset becomes another."""
    day = first.astimezone(UTC).replace(second=0, microsecond=0)
    while day < last:
        following = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, following):
            low, high = day, following
            while high - low > timedelta(minutes=1):
                middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, day) else (low, middle)
            yield high
        day = following


def _onset(zone: ZoneInfo, at: datetime, wall: datetime, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = at.astimezone(zone)
    part: TimezoneStandard | TimezoneDaylight = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", wall)
    part.add("tzoffsetfrom", _offset(zone, before))
    part.add("tzoffsetto", _offset(zone, at))
    part.add("tzname", local.tzname() or zone.key)
    return part


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _wall(zone: ZoneInfo, moment: datetime, before: datetime) -> datetime:
    """What the clock showed at a moment, by the offset that was in force ``before``."""
    return (moment.astimezone(UTC) + _offset(zone, before)).replace(tzinfo=None, microsecond=0)
