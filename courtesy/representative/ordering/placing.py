"""The deed: the order as it was agreed to is placed, and whoever placed it here may go on speaking of it."""

from __future__ import annotations

from courtesy.commerce.port import Receipt, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.selling.port import Placing, ordering
from courtesy.pack.fields import every_step
from courtesy.pack.model import Do, Procedure
from courtesy.representative import identity
from courtesy.representative.memory import Task
from courtesy.representative.ordering import terms
from courtesy.representative.situation import Situation

ACT = "place order"
# After these the order is worked out and read back once more, instead of the matter ending there.
ASKED_AGAIN = {"refusal: no longer in stock": terms.QUOTED, "refusal: total changed": terms.QUOTED}


def place(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    shop, delivery = ordering(situation.shop), terms.delivery_of(situation, task)
    if shop is None or delivery is None or terms.QUOTED not in task.slots:
        return refuse(ACT, "empty basket")
    customer = terms.proven(situation)
    placing = Placing(
        basket=terms.wanted(task),
        delivery=delivery,
        name=str(task.slots.get("recipient") or ""),
        email=str(task.slots.get("order e-mail") or ""),
        pay=terms.way_of(task),
        quoted=task.slots[terms.QUOTED],
        customer=customer.id if customer else "",
        language=situation.language,
        note=str(task.slots.get("note") or ""),
        held_by=situation.conversation.pk,
        numbers=situation.pack.company.order_number_pattern,
    )
    answer = shop.place(placing, key=key, at=situation.at)
    if isinstance(answer, Receipt):
        number = str(answer.details["order"])
        task.looked["order"] = situation.dialogue.order = number
        if customer is None:
            identity.placed_here(situation, str(answer.details["customer"]), number)
    return answer


def procedure_of(situation: Situation) -> Procedure | None:
    """The company's procedure that places an order."""
    return next((one for one in situation.pack.procedures.values() if places(one)), None)


def places(procedure: Procedure | None) -> bool:
    steps = every_step(procedure.steps) if procedure is not None else ()
    return any(isinstance(step, Do) and step.act == ACT for step in steps)
