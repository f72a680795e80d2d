"""As last time: the address or the means of payment of the customer's own newest order, asked for as "the same"."""

from __future__ import annotations

from collections.abc import Collection

from courtesy.commerce.port import Order, PostalAddress
from courtesy.representative import asking, matching
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

AS_LAST_TIME = "as last time"


def is_meant(situation: Situation, text: str) -> bool:
    return bool(matching.by_phrase(text, asking.pack_choices(situation, (AS_LAST_TIME,))))


def address(situation: Situation, task: Task) -> PostalAddress | None:
    """Where the newest order went that is not the one in hand; None of who is not proven."""
    orders = _others(situation, task)
    return orders[0].address if orders and orders[0].address.complete() else None


def means(situation: Situation, task: Task, stored: Collection[str]) -> str:
    """The stored means that paid for the newest other order, "" where there is no single one."""
    for order in _others(situation, task)[:1]:
        paid = {one.means for one in order.payments if one.amount.amount > 0 and one.means in stored}
        return paid.pop() if len(paid) == 1 else ""
    return ""


def _others(situation: Situation, task: Task) -> list[Order]:
    here = str(task.looked.get("order", ""))
    return [order for order in situation.own_orders() if order.number != here]
