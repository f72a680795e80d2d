"""Limits by grade: what is within, which limit decides, who reaches, and that what cannot be told goes to a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.foundation.money import Money
from courtesy.pack.authority import AUTOMATIC, Authority, Limits
from courtesy.pack.place import Place
from courtesy.pack.vocabulary import GRADES
from courtesy.policy import guard
from courtesy.policy.authority import Used, first_over, judge, pages_for, reaching
from courtesy.policy.guard import Verdict

HERE = Place("authority/money.yaml", 1)
ON = date(2026, 11, 20)


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def page(name: str = "Money", acts: tuple[str, ...] = ("refund", "goodwill credit"), **limits: Limits) -> Authority:
    usual = {
        AUTOMATIC: Limits(HERE, each=eur("100"), customer_day=eur("150"), day=eur("1000"), customer_times=3),
        "trainee": Limits(HERE, may=False),
        "representative": Limits(HERE, each=eur("100"), customer_day=eur("150")),
        "senior": Limits(HERE, each=eur("250"), customer_day=eur("300")),
        "team lead": Limits(HERE, each=eur("1000"), customer_day=eur("1500")),
        "manager": Limits(HERE),
    }
    return Authority(name, "", None, None, acts, {"en": "more than alone"}, usual | limits, HERE)


@pytest.mark.parametrize(
    ("amount", "used", "rule", "whom"),
    [
        ("100", Used(), None, ""),
        ("100.01", Used(), "automatic representative: each 100.00 EUR", "senior"),
        ("400", Used(), "automatic representative: each 100.00 EUR", "team lead"),
        ("5000", Used(), "automatic representative: each 100.00 EUR", "manager"),
        ("60", Used(customer=(eur("90"),), customer_times=1), None, ""),
        ("60.01", Used(customer=(eur("90"),)), "automatic representative: per customer a day 150.00 EUR", "senior"),
        ("60", Used(customer=(eur("290"),)), "automatic representative: per customer a day 150.00 EUR", "team lead"),
        ("60", Used(holder=(eur("950"),)), "automatic representative: a day 1000.00 EUR", "representative"),
        ("1", Used(customer_times=3), "automatic representative: times per customer a day 3", "representative"),
    ],
)
def test_the_limit_that_decides_is_named_and_the_lowest_grade_that_reaches_is_asked(
    amount: str, used: Used, rule: str | None, whom: str
) -> None:
    verdict = judge("refund", eur(amount), AUTOMATIC, [page()], {"Money": used}, ON)
    assert (verdict.rule if verdict else None) == rule
    assert (verdict.whom if verdict else "") == whom
    assert verdict is None or (verdict.decision, verdict.policy) == ("ask", "Money")


def test_who_may_nothing_alone_asks_for_the_smallest_amount() -> None:
    verdict = judge("refund", eur("0.01"), "trainee", [page()], {}, ON)
    assert verdict is not None
    assert (verdict.rule, verdict.whom) == ("trainee: nothing alone", "representative")


def test_an_amount_that_is_not_known_or_in_another_currency_is_within_no_limit() -> None:
    assert judge("refund", None, AUTOMATIC, [page()], {}, ON).whom == "manager"  # type: ignore[union-attr]
    foreign = judge("refund", Money(Decimal(1), "USD"), "team lead", [page()], {}, ON)
    assert foreign is not None
    assert foreign.whom == "manager"
    assert first_over("manager", None, [page()], {}) is None, "no limit is no limit"


def test_an_amount_below_zero_gains_no_room() -> None:
    assert first_over("senior", eur("-500"), [page()], {}) is not None


def test_the_strictest_of_several_pages_decides_and_one_that_is_not_in_force_does_not() -> None:
    narrow = page("Narrow", **{AUTOMATIC: Limits(HERE, each=eur("10"))})
    verdict = judge("refund", eur("20"), AUTOMATIC, [page(), narrow], {}, ON)
    assert verdict is not None
    assert verdict.policy == "Narrow"
    over = Authority("Old", "", None, date(2026, 1, 1), ("refund",), {}, narrow.limits, HERE)
    assert pages_for("refund", [over], ON) == ()
    assert pages_for("cancel order", [page()], ON) == ()


def test_a_grade_that_the_page_leaves_out_may_nothing() -> None:
    limits = {name: one for name, one in page().limits.items() if name != "senior"}
    without = Authority("Money", "", None, None, ("refund",), {}, limits, HERE)
    assert reaching(eur("200"), [without], {}) == "team lead"


def test_a_limit_makes_a_verdict_stricter_and_never_milder() -> None:
    over = judge("refund", eur("120"), AUTOMATIC, [page()], {}, ON)
    assert guard.stricter(Verdict("allow", "P", "R"), over).rule.startswith("automatic representative")
    assert guard.stricter(Verdict("refuse", "P", "R"), over).decision == "refuse"
    assert guard.stricter(Verdict("ask", "P", "R", whom="manager"), over).whom == "manager"
    assert guard.stricter(Verdict("ask", "P", "R", whom="representative"), over).whom == "senior"
    assert guard.stricter(Verdict("allow", "P", "R"), None).decision == "allow"


amounts = st.decimals(0, 3000, places=2, allow_nan=False).map(lambda one: Money(one, "EUR"))


@given(st.lists(amounts, max_size=12), amounts)
def test_splitting_an_amount_never_gets_past_a_days_limit(parts: list[Money], last: Money) -> None:
    """Whatever is let through one after another, a customer's day never holds more than the limit."""
    given_so_far: list[Money] = []
    for part in [*parts, last]:
        used = Used(customer=tuple(given_so_far), holder=tuple(given_so_far))
        if first_over("senior", part, [page()], {"Money": used}) is None:
            given_so_far.append(part)
    assert Money.sum(given_so_far, "EUR") <= eur("300")


@given(amounts, st.lists(amounts, max_size=4))
def test_a_higher_grade_reaches_whatever_a_lower_one_does(amount: Money, before: list[Money]) -> None:
    used = {"Money": Used(customer=tuple(before))}
    reach = [first_over(grade, amount, [page()], used) is None for grade in GRADES]
    assert reach == sorted(reach)
    assert reaching(amount, [page()], used) == GRADES[reach.index(True)]
