"""The sum of what a customer gets back in one talk, said when more than one matter has paid something back."""

from __future__ import annotations

from typing import Any

from courtesy.foundation.money import Money
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

_PAY_BACK = ("cancel order", "refund")
_ANNOUNCES = "open return"  # its amount is paid by the refund that follows, now or when the goods have arrived


def say_total(situation: Situation) -> None:
    """After a deed that pays money back, and not the first one: what it all comes to."""
    tasks = situation.dialogue.tasks
    paid = [(task, amount) for task in tasks for amount in _paid_back(task)]
    amounts: list[Money] = [amount for _, amount in paid]
    if len(amounts) < 2 or len({amount.currency for amount in amounts}) > 1:
        return
    if any(task.id in situation.touched for task, _ in paid):
        situation.say("in all", amount=Money.sum(amounts, amounts[0].currency))


def _paid_back(task: Task) -> list[Money]:
    """What the deeds of one matter pay back; a return is counted where no refund of its own has paid it."""
    receipts = list(task.receipts.values())
    paid = [amount for receipt in receipts if (amount := _amount(receipt, *_PAY_BACK)) is not None]
    return paid or [amount for receipt in receipts if (amount := _amount(receipt, _ANNOUNCES)) is not None]


def _amount(receipt: dict[str, Any], *acts: str) -> Money | None:
    amount = receipt.get("amount")
    return amount if receipt.get("act") in acts and isinstance(amount, Money) and amount.amount > 0 else None
