"""Opening hours and promised times: holidays, time zones, summer time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courtesy.pack.model import Company, Hours
from courtesy.pack.opening_hours import add_business, is_open, next_opening
from courtesy.pack.reading import read

MADRID = ZoneInfo("Europe/Madrid")
TARNFELL = read(Path(__file__).resolve().parents[3] / "packs" / "tarnfell").company


def local(written: str, zone: ZoneInfo = MADRID) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


# Friday 2026-11-20; Tarnfell opens 9-18 on weekdays and 10-14 on Saturdays.


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-20 09:00", True),
        ("2026-11-20 08:59", False),
        ("2026-11-20 17:59", True),
        ("2026-11-20 18:00", False),
        ("2026-11-21 13:00", True),
        ("2026-11-22 12:00", False),
        ("2026-12-08 12:00", False),  # a Tuesday; Immaculate Conception, a national holiday
        ("2026-12-25 12:00", False),
    ],
)
def test_open_on_weekdays_and_saturday_morning_but_not_on_public_holidays(moment: str, expected: bool) -> None:
    assert is_open(TARNFELL, local(moment)) is expected


def test_the_moment_is_judged_in_the_companys_own_time_zone() -> None:
    assert is_open(TARNFELL, datetime(2026, 11, 20, 8, 30, tzinfo=UTC))  # 9:30 in Madrid
    assert not is_open(TARNFELL, datetime(2026, 11, 20, 17, 30, tzinfo=UTC))
    assert is_open(TARNFELL, datetime(2026, 7, 17, 7, 30, tzinfo=UTC))  # 9:30 in summer


def test_next_opening_skips_sunday_and_holidays() -> None:
    assert next_opening(TARNFELL, local("2026-11-20 12:00")) == local("2026-11-21 10:00")
    assert next_opening(TARNFELL, local("2026-11-21 15:00")) == local("2026-11-23 09:00")
    assert next_opening(TARNFELL, local("2026-12-24 19:00")) == local("2026-12-26 10:00")
    assert next_opening(TARNFELL, local("2026-11-20 07:00")).tzinfo == MADRID


@pytest.mark.parametrize(
    ("start", "within", "expected"),
    [
        ("2026-11-20 10:00", "1 business day", "2026-11-21 14:00"),
        ("2026-11-20 10:00", "5 business days", "2026-11-26 18:00"),
        ("2026-12-04 10:00", "3 business days", "2026-12-09 18:00"),  # over Sunday and the holiday on the 8th
        ("2026-11-20 16:00", "4 business hours", "2026-11-21 12:00"),
        ("2026-11-21 13:00", "4 business hours", "2026-11-23 12:00"),
        ("2026-11-20 20:00", "0.25 business hours", "2026-11-21 10:15"),
        ("2026-11-20 09:00", "9 business hours", "2026-11-20 18:00"),
        ("2026-11-20 17:50", "30 business minutes", "2026-11-21 10:20"),
        ("2026-11-20 10:00", "48 hours", "2026-11-22 10:00"),
        ("2026-11-20 10:00", "90 minutes", "2026-11-20 11:30"),
        ("2026-11-20 10:00", "3 days", "2026-11-23 10:00"),
        ("2026-11-20 10:00", "2 weeks", "2026-12-04 10:00"),
        ("2027-01-31 10:00", "1 month", "2027-02-28 10:00"),
        ("2028-02-29 10:00", "1 year", "2029-02-28 10:00"),
    ],
)
def test_lengths_of_time_end_when_people_expect_it(start: str, within: str, expected: str) -> None:
    assert add_business(TARNFELL, local(start), within) == local(expected)


def test_hours_are_real_hours_and_days_keep_the_time_of_day_when_the_clocks_change() -> None:
    before = local("2026-10-24 12:00")  # the clocks go back in the night that follows
    assert add_business(TARNFELL, before, "24 hours") == local("2026-10-25 11:00")
    assert add_business(TARNFELL, before, "1 day") == local("2026-10-25 12:00")


def test_a_time_that_the_clocks_skip_becomes_the_one_after_it() -> None:
    due = add_business(TARNFELL, local("2026-03-28 02:30"), "1 day")
    assert due.isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize("written", ["", "soon", "5", "five days", "1.5 days", "2 business weeks", "-1 days", "٣ days"])
def test_what_is_not_a_length_of_time_is_refused_with_what_would_be_right(written: str) -> None:
    with pytest.raises(ValueError, match=r"write for example|counted"):
        add_business(TARNFELL, local("2026-11-20 10:00"), written)


def test_a_company_that_never_opens_says_so_instead_of_searching_for_ever() -> None:
    closed = replace(TARNFELL, hours=tuple(Hours(day, ()) for day in range(7)))
    assert not is_open(closed, local("2026-11-20 10:00"))
    for within in ("1 business day", "1 business hour"):
        with pytest.raises(LookupError, match="no opening hours"):
            add_business(closed, local("2026-11-20 10:00"), within)
    with pytest.raises(LookupError, match="no opening hours"):
        next_opening(closed, local("2026-11-20 10:00"))


# --- what must hold for any company and any moment -------------------------------------------------

times = st.times().map(lambda t: t.replace(microsecond=0, second=0))


@st.composite
def companies(draw: st.DrawFn) -> Company:
    hours = []
    for day in range(7):
        edges = sorted(draw(st.lists(times, max_size=4, unique=True)))
        spans = [(edges[place], edges[place + 1]) for place in range(0, len(edges) - 1, 2)]
        if draw(st.booleans()) and (not spans or spans[-1][1] < time(23)):
            spans.append((time(23), time(0)))  # until the end of the day
        hours.append(Hours(day, tuple(spans)))
    if not any(day.spans for day in hours):
        hours[0] = Hours(0, ((time(9), time(17)),))
    zone = draw(st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Shanghai", "Pacific/Apia"]))
    days_off = draw(st.lists(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=5))
    return replace(TARNFELL, hours=tuple(hours), time_zone=zone, holidays=tuple(sorted(set(days_off))))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.one_of(
    st.builds("{} business days".format, st.integers(0, 12)),
    st.builds("{} business hours".format, st.integers(0, 50)),
    st.builds("{} business minutes".format, st.integers(0, 900)),
    st.builds("{} hours".format, st.integers(0, 200)),
    st.builds("{} days".format, st.integers(0, 60)),
    st.builds("{} months".format, st.integers(0, 14)),
)


@given(companies(), moments, lengths)
@settings(max_examples=150, deadline=None)
def test_what_is_due_is_never_due_before_it_was_promised(company: Company, at: datetime, within: str) -> None:
    due = add_business(company, at, within)
    assert due.utcoffset() is not None
    assert due.astimezone(UTC) >= at - timedelta(hours=2 if within.startswith("0") else 0)


@given(companies(), moments, st.integers(0, 5000), lengths)
@settings(max_examples=150, deadline=None)
def test_whoever_asks_later_is_never_promised_an_earlier_time(
    company: Company, at: datetime, minutes: int, within: str
) -> None:
    later = at + timedelta(minutes=minutes)
    first, second = add_business(company, at, within), add_business(company, later, within)
    slack = timedelta(hours=2) if within.endswith(("days", "months")) and "business" not in within else timedelta()
    assert second.astimezone(UTC) + slack >= first.astimezone(UTC)


@given(companies(), moments)
@settings(max_examples=150, deadline=None)
def test_the_company_is_open_at_its_next_opening(company: Company, at: datetime) -> None:
    opening = next_opening(company, at)
    assert opening.astimezone(UTC) > at
    assert is_open(company, opening)


@given(companies(), moments, st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=100, deadline=None)
def test_business_hours_add_up(company: Company, at: datetime, one: int, two: int) -> None:
    at_once = add_business(company, at, f"{one + two} business hours")
    in_two = add_business(company, add_business(company, at, f"{one} business hours"), f"{two} business hours")
    assert at_once == in_two
