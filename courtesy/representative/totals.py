"""The sum of what a customer gets back in one talk, said when more than one matter has paid something back."""

from __future__ import annotations

from courtesy.foundation.money import Money
from courtesy.representative.situation import Situation

_PAY_BACK = ("cancel order", "open return", "refund")


def say_total(situation: Situation) -> None:
    """After a deed that pays money back, and not the first one: what it all comes to."""
    tasks = situation.dialogue.tasks
    paid = [(task, receipt["amount"]) for task in tasks for receipt in task.receipts.values() if _pays_back(receipt)]
    amounts: list[Money] = [amount for _, amount in paid]
    if len(amounts) < 2 or len({amount.currency for amount in amounts}) > 1:
        return
    if any(task.id in situation.touched for task, _ in paid):
        situation.say("in all", amount=Money.sum(amounts, amounts[0].currency))


def _pays_back(receipt: dict[str, object]) -> bool:
    amount = receipt.get("amount")
    return receipt.get("act") in _PAY_BACK and isinstance(amount, Money) and amount.amount > 0
