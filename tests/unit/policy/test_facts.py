"""Facts that rest on days are counted in the company's zone: no customer loses a day to the clock of a server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from courtesy.commerce.port import Line, Order, PostalAddress, Shop
from courtesy.foundation.money import Money
from courtesy.policy.facts import Request, facts_of
from courtesy.policy.rights.reading import terms_of
from courtesy.policy.rights.reckoning import ends_on

NEW_YORK, SHANGHAI = ZoneInfo("America/New_York"), ZoneInfo("Asia/Shanghai")
EURO = Money.zero("EUR")


def order(**changes: object) -> Order:
    address = PostalAddress(street="Calle Mayor 1", city="Madrid", postcode="28001", country="ES")
    line = Line("1", "S1", "P1", "Boots", {}, quantity=1, open_quantity=1, unit_price=EURO)
    placed = datetime(2026, 3, 1, 12, tzinfo=UTC)
    whole = Order("A1", "c1", "delivered", placed, (line,), (), (), address, EURO, EURO, EURO)
    return replace(whole, **changes)  # type: ignore[arg-type]


def asked(at: datetime, zone: ZoneInfo, **changes: object) -> Request:
    shop = cast(Shop, object())
    return Request("", at, shop, "EUR", "none", "chat", order=order(**changes), zone=zone)


@pytest.mark.parametrize(("zone", "state"), [(NEW_YORK, "open"), (SHANGHAI, "over")])
def test_the_withdrawal_period_ends_with_a_day_of_the_company(zone: ZoneInfo, state: str) -> None:
    """Delivered at noon UTC, one day in both places; asked two hours after midnight UTC on the day after the last."""
    delivered = datetime(2026, 3, 10, 12, tzinfo=UTC)
    term = next(term for term in terms_of("ES") if term.kind == "withdrawal")
    last = ends_on(term, date(2026, 3, 10), "ES")
    at = datetime(last.year, last.month, last.day + 1, 2, tzinfo=UTC)
    facts = facts_of(asked(at, zone, delivered_at=delivered))
    assert facts["withdrawal period"].value == state


@pytest.mark.parametrize(("zone", "late"), [(NEW_YORK, 0), (SHANGHAI, 1)])
def test_days_late_are_days_of_the_company(zone: ZoneInfo, late: int) -> None:
    at = datetime(2026, 3, 20, 20, tzinfo=UTC)
    facts = facts_of(asked(at, zone, status="placed", expected=date(2026, 3, 20)))
    assert facts["days late"].value == Decimal(late)
