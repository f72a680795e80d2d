"""A turn costs the same however much there is: every question it asks of the database is answered by an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from courtesy.commerce.models import Order, Payment
from courtesy.foundation.money import Money

TALK = (
    "Hi, where is my order TF-10002? My e-mail is ana.ruiz@example.com",
    "I want to return the jacket of order TF-10001",
    "it does not fit",
    "What are your opening hours?",
    "never mind, I keep it",
    "thanks",
)


def asked_by(act: Callable[[], object]) -> dict[str, Any]:
    """Every statement that reads or changes rows, with values it was asked with."""
    seen: dict[str, Any] = {}

    def note(ask: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.setdefault(sql, params)
        return ask(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return seen


def plan_of(sql: str, params: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("channel", ["chat", "email"])
def test_no_question_of_a_turn_reads_a_whole_table(talk: Any, channel: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this reads SQLite's own plans")
    conversation = talk(sender="ana.ruiz@example.com" if channel == "email" else "", channel=channel)
    conversation.say("Hello")  # the names of all products are read once, and kept until they change
    asked = asked_by(lambda: [conversation.say(text) for text in TALK])
    assert len(asked) > 20
    plans = {sql: plan_of(sql, params) for sql, params in asked.items()}
    whole = {sql: plan for sql, plan in plans.items() if any(step.startswith("SCAN") for step in plan)}
    assert whole == {}


def test_what_one_customer_got_back_is_found_by_their_orders(sample_shop: Any, at: Any) -> None:
    order = Order.objects.get(pk="TF-10001")
    since = at - timedelta(days=365)
    before, sum_before = sample_shop.refund_history(order.customer_id, since)
    for number, amount, when in (("R-1", "-10.50", 1), ("R-1", "-4.50", 1), ("R-2", "-1", 2), ("R-3", "-99", 400)):
        Payment.objects.create(
            order=order,
            position=100 + Payment.objects.filter(order=order).count(),
            amount=Decimal(amount),
            why=Payment.Why.REFUND,
            number=number,
            at=at - timedelta(days=when),
        )
    asked = asked_by(lambda: sample_shop.refund_history(order.customer_id, since))
    assert sample_shop.refund_history(order.customer_id, since) == (
        before + 2,
        sum_before + Money(Decimal("16.00"), order.currency),
    )
    if connection.vendor == "sqlite":
        payments = [sql for sql in asked if "commerce_payment" in sql]
        assert any("payment_of_order" in step for step in plan_of(payments[0], asked[payments[0]]))


def test_a_turn_asks_the_database_a_few_dozen_times(talk: Any) -> None:
    """Twice as many were asked before records were read once a turn; keep it so. A line of the journal costs three,
    that a message can be found costs two, and that pieces are held for somebody costs one."""
    chat = talk()
    chat.say("Hello")
    asked = 0

    def count(ask: Callable[..., Any], *given: Any) -> Any:
        nonlocal asked
        asked += 1
        return ask(*given)

    with connection.execute_wrapper(count):
        for text in TALK:
            chat.say(text)
    assert asked / len(TALK) < 86
