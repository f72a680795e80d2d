"""How an order is paid: later, at the counter, or by a means that is stored for who is proven. Never by a number."""

from __future__ import annotations

from typing import Any

from courtesy.commerce.selling.port import COUNTER
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import asking, choosing, identity, last_time, matching
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.ordering.terms import ADDRESS, HOME, STORED, proven
from courtesy.representative.procedures import questions_of
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.taking_orders import delivering
from courtesy.representative.taking_orders.delivering import PROVE

_MASKED = "[card"  # what masking leaves of a card's number


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    if task.slots.get("delivery") not in (None, HOME):
        return Found(COUNTER, automatic=True)
    if words.asked:
        task.partial.pop(step.slot, None)
    customer = proven(situation)
    later = asking.pack_choices(situation, tuple(one for one in step.choices if one != STORED))
    means = choosing.means_choices(situation, customer.payment_means) if customer and STORED in step.choices else ()
    stored = asking.pack_choices(situation, (STORED,)) if STORED in step.choices and customer is None else ()
    choices = (*means, *later, *stored)
    if words.asked and any(_MASKED in text for text in words.texts):
        task.partial[step.slot] = "said"
        situation.say("order: no card numbers")
        return Found(choices=choices)
    value = None
    if last_time.is_meant(situation, words.texts[-1] if words.texts else ""):
        own = last_time.means(situation, task, [choice.value for choice in means])
        value = own or (STORED if STORED in step.choices and customer is None else None)
    value = value or _meant(choices, words)
    if value == STORED:
        return _prove_first(task, step, words, choices)
    return Found(value, choices=choices)


def _meant(choices: tuple[Choice, ...], words: Words) -> Any:
    """The latest that was said counts."""
    if picked := words.picked([choice.value for choice in choices]):
        return picked[0]
    for text in reversed(words.texts):
        if hits := matching.by_phrase(text, choices):
            return hits[0].value
    if words.asked and len(hinted := matching.by_hint(words.all, choices)) == 1:
        return hinted[0].value
    return None


def _prove_first(task: Task, step: Ask, words: Words, choices: tuple[Choice, ...]) -> Found:
    task.partial[PROVE] = "payment"
    if words.asked:
        task.partial[step.slot] = "said"
        if words.texts[-1] not in task.words:
            task.words.append(words.texts[-1])
    return Found(choices=choices)


def choose(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: a way that is written, or one of the proven customer's own means."""
    if value == STORED and STORED in step.choices and proven(situation) is None:
        task.partial[PROVE] = "payment"
        return True
    customer = proven(situation)
    own = [one.id for one in customer.payment_means] if customer else []
    if value not in (*(one for one in step.choices if one != STORED), *own):
        return False
    task.slots[step.slot] = value
    return True


def ask_to_prove(situation: Situation, task: Task) -> None:
    """What is stored was asked for: the customer proves who they are first. The words are the same whether or not
    anything is stored, or there is an account at all."""
    if PROVE not in task.partial:
        return
    if proven(situation) is not None:
        task.partial.pop(PROVE)
        return
    if not task.tries.get(PROVE):
        situation.say("order: prove first")
    task.tries[PROVE] = task.tries.get(PROVE, 0) + 1
    identity.ask_who(situation, task)


def does_without(situation: Situation, task: Task, text: str) -> bool:
    """Whether another way to pay, or an address, is told where a proof was asked for: then none is needed."""
    if PROVE not in task.partial:
        return False
    before = task.slots.get(ADDRESS)
    delivering.note_address(situation, task, Words((text,)))
    steps = questions_of(procedure) if (procedure := situation.procedure(task)) else ()
    told = task.slots.get(ADDRESS) != before or any(
        _another_way(situation, task, step, text) for step in steps if step.kind == "way to pay"
    )
    if told:
        task.partial.pop(PROVE, None)
    return told


def _another_way(situation: Situation, task: Task, step: Ask, text: str) -> bool:
    later = asking.pack_choices(situation, tuple(one for one in step.choices if one != STORED))
    if not (hits := matching.by_phrase(mend(situation, text), later)):
        return False
    task.slots[step.slot] = hits[0].value
    return True
