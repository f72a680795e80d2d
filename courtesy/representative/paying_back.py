"""Money goes back to where it came from: who names another card or account is told so before anything is done.

A stored means of a proven customer is another matter: the pack's policies judge it (fact "refund to": another means).
"""

from __future__ import annotations

import re

from courtesy.commerce.port import Order
from courtesy.pack.fields import every_step
from courtesy.pack.model import Do
from courtesy.representative import asking, matching
from courtesy.representative.fields import refund_target
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

_ACTS = {"refund", "open return", "cancel order"}
_TOLD = "money goes back"
# As masking leaves the numbers of cards and accounts.
_NUMBER = re.compile(r"\[(?:card|account) …([\w ]{4})\]")


def names_another(situation: Situation, task: Task, text: str) -> bool:
    """Whether money is to be paid back for an order, and the text names a card or account that did not pay for it: by
    its number, or in words."""
    order = _order(situation, task)
    if order is None or not _pays_back(situation, task) or refund_target(task) != "original means":
        return False
    paid = _paid_with(order)
    if any(not any(label.endswith(number.replace(" ", "")) for label in paid) for number in _NUMBER.findall(text)):
        return True
    return bool(matching.by_phrase(text, asking.pack_choices(situation, ("another means",))))


def tell(situation: Situation, task: Task) -> None:
    """Before a confirmation, and again whenever another means is named again."""
    order = _order(situation, task)
    named = sum(names_another(situation, task, text) for text in task.words)
    if order is not None and named > task.tries.get(_TOLD, 0):
        task.tries[_TOLD] = named
        situation.say("money goes back", means=_paid_with(order))


def _pays_back(situation: Situation, task: Task) -> bool:
    procedure = situation.procedure(task)
    steps = every_step(procedure.steps) if procedure else ()
    return any(isinstance(step, Do) and step.act in _ACTS for step in steps)


def _paid_with(order: Order) -> list[str]:
    return list(dict.fromkeys(payment.label for payment in order.payments if payment.amount.amount > 0))


def _order(situation: Situation, task: Task) -> Order | None:
    return situation.order(str(task.looked.get("order", "")))
