"""A small diary for tests: one bench and two tables, open on working days."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from courtesy.commerce.bookings.values import Person
from courtesy.pack.diary import Diary, Resource, Service

ZONE = ZoneInfo("Europe/Madrid")
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday, 10:00 on the wall
HOURS = {day: ((time(10), time(14)), (time(16), time(19))) for day in range(5)}


def service(name: str = "fitting", *, needs: tuple[str, ...] = ("bench",), **more: int) -> Service:
    given = {"minutes": 30, "before": 0, "after": 0, "every": 30} | more
    return Service(
        name=name, needs=needs, notice=timedelta(hours=2), ahead=timedelta(days=30), hold=timedelta(hours=2),
        remind=timedelta(hours=24), **given,
    )  # fmt: skip


def diary(*services: Service, seats: int = 1) -> Diary:
    resources = (
        Resource("bench", "Bilbao", frozenset({"bench"}), seats, HOURS),
        Resource("table 1", "Bilbao", frozenset({"table", "bench"}), 1, HOURS),
        Resource("bench of Valencia", "Valencia", frozenset({"bench"}), 1, HOURS),
    )
    return Diary(ZONE, {one.name: one for one in services or (service(),)}, resources, (), frozenset())


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 as the clock in the shop shows it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def person(number: int = 1) -> Person:
    return Person(conversation=f"cnv_{number}", name=f"Person {number}", email=f"person{number}@example.com")
