"""Choices: reasons, outcomes and payment means, told from what the customer said."""

from __future__ import annotations

from typing import Any

from courtesy.commerce.port import PaymentMeans
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import almost, asking, found, identity, items, last_time, matching, paying_back
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words
from courtesy.representative.wording import money_text


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """One of the written choices; for each chosen item on its own when the step says so."""
    if step.source in task.lists:
        return _from_list(found.choices_of(situation, task, step.source), words)
    choices = asking.pack_choices(situation, step.choices)
    if step.slot == "refund to":
        return _refund_to(situation, task, choices, words)
    if step.for_each == "items" and task.slots.get("items"):
        return _for_each_item(situation, task, step, choices, words)
    value = _one(choices, words)
    return Found(value, choices=choices)


def _from_list(choices: tuple[Choice, ...], words: Words) -> Found:
    """One entry of a list that a company's system gave; the only one is taken without asking."""
    value = _one(choices, words)
    if value is None and len(choices) == 1:
        return Found(choices[0].value, automatic=True, choices=choices)
    return Found(value, choices=choices, list_options=True)


def _one(choices: tuple[Choice, ...], words: Words, text: str = "") -> Any:
    said = text or words.all
    values = [choice.value for choice in choices]
    if picked := words.picked(values):
        return picked[0]
    hits = matching.by_phrase(said, choices)
    if hits:
        return hits[0].value
    if words.asked and len(hinted := matching.by_hint(said, choices)) == 1:
        return hinted[0].value
    meant = almost.within(said, choices)
    return meant.value if meant else None


def _for_each_item(situation: Situation, task: Task, step: Ask, choices: tuple[Choice, ...], words: Words) -> Found:
    """A dict line → choice. One answer to the question covers every item that it does not tell apart."""
    lines = [str(item["line"]) for item in task.slots["items"]]
    known: dict[str, Any] = {
        line: value for line, value in (task.partial.get(step.slot) or {}).items() if line in lines
    }
    own = items.choices_of(situation, task, lines)
    for choice in own:
        said = (
            words.all if len(own) == 1 else " . ".join(matching.part_about(text, choice, own) for text in words.texts)
        )
        if said.strip(" .") and (value := _one(choices, words, said)) is not None:
            known[str(choice.value)] = value
    missing = [line for line in lines if line not in known]
    if missing and words.asked and (value := _one(choices, words)) is not None and not _tells_apart(words, own):
        known |= dict.fromkeys(missing, value)
    missing = [line for line in lines if line not in known]
    if not missing:
        return Found(known, choices=choices)
    task.partial[step.slot] = known
    names = [choice.label for choice in own if choice.value in missing]
    return Found(choices=choices, fields={"items": names})


def _tells_apart(words: Words, own: tuple[Choice, ...]) -> bool:
    return len(own) > 1 and any(matching.by_hint(part, own) for part in matching.parts_of(words.all))


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: one of the written choices, for every item that has none yet."""
    if step.slot == "refund to" and isinstance(value, str):
        task.slots[step.slot] = value
        return True
    if step.source in task.lists:
        if value not in [choice.value for choice in found.choices_of(situation, task, step.source)]:
            return False
        task.slots[step.slot] = value
        return True
    if value not in step.choices:
        return False
    if step.for_each == "items" and task.slots.get("items"):
        known = dict(task.partial.get(step.slot) or {})
        for item in task.slots["items"]:
            known.setdefault(str(item["line"]), value)
        task.slots[step.slot] = known
        return True
    task.slots[step.slot] = value
    return True


# --- payment means ------------------------------------------------------------------------------


def prove_first(situation: Situation, task: Task) -> None:
    """Stored payment means are shown only to a customer whose e-mail is confirmed, or who is known otherwise."""
    if identity.accepts_claims(situation):
        identity.match_customer(situation)
        if situation.knows_person:
            return
    situation.say("identity needed")
    identity.ask_who(situation, task)


def means_choices(situation: Situation, means: tuple[PaymentMeans, ...]) -> tuple[Choice, ...]:
    made = []
    for one in means:
        names = [
            phrase
            for language in situation.pack.company.languages
            if (phrase := situation.pack.phrases.get((language, f"means: {one.kind}")))
        ]
        labels = [one.label, one.kind, *(name.text for name in names), *(also for name in names for also in name.also)]
        balance = f" ({money_text(one.balance, situation.language)})" if one.balance is not None else ""
        made.append(Choice(one.id, f"{one.label}{balance}", tuple(dict.fromkeys(labels))))
    return tuple(made)


def read_means(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    customer = situation.shop_customer()
    if customer is None or not situation.knows_person:
        return Found()
    choices = means_choices(situation, customer.payment_means)
    if len(choices) == 1:
        return Found(choices[0].value, automatic=True, choices=choices)
    value = _means(choices, words)
    if value is None and last_time.is_meant(situation, words.all):
        value = last_time.means(situation, task, [choice.value for choice in choices]) or None
    return Found(value, choices=choices)


def _means(choices: tuple[Choice, ...], words: Words) -> Any:
    values = [choice.value for choice in choices]
    if picked := words.picked(values):
        return picked[0]
    hits = matching.by_phrase(words.all, choices)
    if len(hits) > 1:
        narrowed = matching.by_hint(words.all, hits)
        hits = narrowed or hits
    if len(hits) == 1:
        return hits[0].value
    if not hits and words.asked and len(hinted := matching.by_hint(words.all, choices)) == 1:
        return hinted[0].value
    return None


def _refund_to(situation: Situation, task: Task, choices: tuple[Choice, ...], words: Words) -> Found:
    """Where the money goes. A means that paid for the order is "original means", whatever the customer calls it."""
    order = situation.order(str(task.looked.get("order", "")))
    paid = {payment.means: payment for payment in order.payments if payment.amount.amount > 0} if order else {}
    customer = situation.shop_customer() if situation.knows_person else None
    stored = (
        customer.payment_means
        if customer
        else tuple(PaymentMeans(payment.means, payment.kind, payment.label) for payment in paid.values())
    )
    value = _one(choices, words)
    means = _means(means_choices(situation, stored), words)
    if means is not None and value in (None, "gift card", "original means"):
        kind = next(one.kind for one in stored if one.id == means)
        if means in paid and not (value == "gift card" and kind == "gift card"):
            value = "original means"
        elif kind == "gift card" and "gift card" in [choice.value for choice in choices]:
            value = "gift card"
        elif value is None:
            value = means
    if value is None and paying_back.names_another(situation, task, words.all):
        value = "original means"  # what cannot be paid to; the customer is told before the confirmation
    if value is None and not words.asked and len(choices) == 1:
        return Found(choices[0].value, automatic=True, choices=choices)
    return Found(value, choices=choices)
