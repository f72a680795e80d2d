"""Slots: filled from what the customer said, asked for when it was not said, revised when it is corrected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from courtesy.foundation.money import Money
from courtesy.language.understanding import Choice, Duration, Question, Understanding
from courtesy.pack.model import Ask, Procedure
from courtesy.representative import addresses, asking, choosing, items, matching, variants
from courtesy.representative.bookings import asking_when, contact
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.procedures import questions_of
from courtesy.representative.products import without_places
from courtesy.representative.situation import Situation, product_choices
from courtesy.representative.slots import Found, Words
from courtesy.representative.taking_orders import basket, delivering, paying

LONG_ENOUGH = 24  # characters from which an opening says something of its own; half for Chinese


def fill(situation: Situation, task: Task, step: Ask) -> bool:
    """Settle a slot from what was said already. False when the customer has to be asked."""
    found = _read(situation, task, step, _words(situation, step, tuple(task.words), tuple(situation.heard)))
    return _keep(task, step, found)


_SAID_ONCE = ("number", "money", "date", "e-mail", "phone", "name", "postcode", "product", "address")


def keep_what_was_said(situation: Situation, task: Task) -> None:
    """Before a turn ends that waits for a system: what only this message tells is kept for the questions to come."""
    procedure = situation.procedure(task)
    for step in questions_of(procedure) if procedure else ():
        if step.kind in _SAID_ONCE and task.slots.get(step.slot) in (None, "", [], {}):
            found = _read(
                situation, task, step, _words(situation, step, tuple(task.words), tuple(situation.heard)), alone=True
            )
            _keep(task, step, found)


def ask_for(situation: Situation, task: Task, step: Ask) -> None:
    """Put the question of this step, with what there is to choose from."""
    if step.kind == "payment means" and not situation.knows_person:
        choosing.prove_first(situation, task)
        if situation.asked or not situation.knows_person:
            return
        if fill(situation, task, step):
            return
    paying.ask_to_prove(situation, task)
    if situation.asked:
        return
    found = _read(situation, task, step, _words(situation, step, tuple(task.words), tuple(situation.heard)))
    _put(situation, task, step, found)


def take_answer(
    situation: Situation, task: Task, step: Ask, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """Settle a slot from the answer to its question. False when the answer does not fit."""
    if step.optional and _skips(situation, understanding, text, chosen):
        task.skipped.append(step.slot)
        return True
    if chosen is not None and _KINDS[step.kind].chosen(situation, task, step, chosen):
        return True
    about = (situation.dialogue.question or {}).get("text", "")
    found = _read(situation, task, step, _words(situation, step, (text,), (understanding,), asked=True, about=about))
    return _keep(task, step, found)


def revise(situation: Situation, task: Task, understanding: Understanding, text: str) -> list[str]:
    """Slots that this text alone says otherwise; they are replaced, and what hung on them is asked anew."""
    procedure = situation.procedure(task)
    if procedure is None:
        return []
    changed: list[str] = []
    for step in questions_of(procedure):
        before = task.slots.get(step.slot)
        if before in (None, "", [], {}) or step.slot in changed or step.kind == "text":
            continue
        found = _read(situation, task, step, _words(situation, step, (text,), (understanding,)), alone=True)
        if found.reopen:
            task.slots.pop(step.slot)
            changed.append(step.slot)
            continue
        if found.value in (None, "", [], {}) or found.value == before:
            continue
        if step.kind == "items" and matching.says_also(text):
            found = replace(found, value=[*before, *(item for item in found.value if item not in before)])
        task.slots[step.slot] = {**before, **found.value} if isinstance(before, dict) else found.value
        if task.slots[step.slot] == before:
            continue
        changed.append(step.slot)
        if step.slot == "items":
            items.drop_dependants(task)
    return changed


_SAID_AHEAD = ("choice", "payment means", "variants", "delivery", "way to pay")


def says_of(
    situation: Situation, task: Task, procedure: Procedure, understanding: Understanding, text: str
) -> list[str]:
    """Slots still open that this text alone would fill. Nothing is kept: the walk reads it when it gets there."""
    said: list[str] = []
    for step in questions_of(procedure):
        if step.kind not in _SAID_AHEAD or task.slots.get(step.slot) not in (None, "", [], {}):
            continue
        if step.kind == "payment means" and not situation.knows_person:
            continue
        before = dict(task.partial)
        found = _read(situation, task, step, _words(situation, step, (text,), (understanding,)), alone=True)
        if found.value not in (None, "", [], {}) or task.partial.get(step.slot) != before.get(step.slot):
            said.append(step.slot)
        task.partial = before
    return said


# Kinds whose words are matched against names; slips are mended for them. What is kept as written is not touched.
_MATCHED = (
    *("choice", "items", "payment means", "product", "yes or no", "service", "place"),
    *("basket", "delivery", "way to pay"),
)


def _words(
    situation: Situation,
    step: Ask,
    texts: tuple[str, ...],
    heard: tuple[Understanding, ...],
    *,
    asked: bool = False,
    about: str = "",
) -> Words:
    if step.kind in _MATCHED:
        texts = tuple(mend(situation, text) for text in texts)
    return Words(texts, heard, asked, about)


def _read(situation: Situation, task: Task, step: Ask, words: Words, *, alone: bool = False) -> Found:
    """``alone``: only what the words say; nothing is filled because it is the only possibility."""
    found = _KINDS[step.kind].read(situation, task, step, words)
    if alone and found.automatic:
        return Found()
    return found


def _keep(task: Task, step: Ask, found: Found) -> bool:
    if found.value in (None, "", [], {}):
        return False
    task.slots[step.slot] = found.value
    return True


def _skips(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    if chosen == "skip" or understanding.first("declines"):
        return True
    return bool(matching.by_phrase(mend(situation, text), asking.pack_choices(situation, ("skip",))))


def _put(situation: Situation, task: Task, step: Ask, found: Found) -> None:
    choices = found.unclear or found.choices
    if found.problem:
        situation.say(found.problem, **found.fields)
    if step.optional:
        choices = (*choices, Choice("skip", asking.phrase_text(situation, "skip") or "…"))
    question = Question(step.slot, step.kind, choices, found.several, found.about)
    shown = "\n".join(f"• {choice.label}" for choice in choices if choice.value != "skip") if found.list_options else ""
    asking.ask(situation, task, question, found.phrase or f"ask: {step.slot}", options=shown, **found.fields)


# --- kinds that are read from one entity, or from the words as they stand ------------------------


def _from_entity(kind: str) -> Callable[[Situation, Task, Ask, Words], Found]:
    def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
        return Found(words.entity(kind))

    return read


def _phone(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """The number said now, or one that the customer gave earlier."""
    return Found(words.entity("phone") or (None if words.asked else situation.dialogue.claims.get("phone")))


def _from_number(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A number said for itself; where it was asked for, also that of "3 nights", "40 years", "there are two of us"."""
    value = words.entity("quantity")
    if not words.asked:
        return Found(value)
    values = (words.entity("people"), words.entity("duration"), value, words.entity("number"))
    told = next((one for one in values if one is not None), None)
    if isinstance(told, Duration):
        told = told.least if told.least == told.most else None
    return Found(told)


def _from_money(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """An amount; where it was asked for, a bare number is one in the company's currency."""
    value = words.entity("money")
    bare = words.entity("number") or words.entity("quantity")
    if value is None and words.asked and isinstance(bare, int | Decimal):
        return Found(Money(Decimal(bare), situation.pack.company.currency))
    return Found(value)


def _text(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A description: what was answered, or an opening that is long enough to be one."""
    if words.asked:
        return Found(words.all.strip() or None)
    opening = max(words.texts, key=len, default="").strip()
    weight = sum(2 if ord(char) > 0x2E80 else 1 for char in opening)
    return Found(opening if weight >= LONG_ENOUGH and step.slot in ("complaint", "question") else None)


def _photo(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    pictures = [
        document.pk
        for message in situation.unread
        for document in message.documents.all()
        if document.media_type.startswith("image/")
    ]
    if pictures:
        return Found(pictures[0])
    if words.asked and step.optional:
        task.skipped.append(step.slot)
        return Found()
    return Found()


def _yes_or_no(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    yes = asking.phrase_text(situation, "yes"), asking.phrase_text(situation, "no")
    choices = (Choice("yes", yes[0]), Choice("no", yes[1]))
    if words.asked:
        for one in words.heard:
            if one.first("agrees"):
                return Found("yes")
            if one.first("declines"):
                return Found("no")
    return Found(choices=choices)


def _product(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    value = words.entity("product")
    if value is None:
        hits = matching.by_hint(without_places(situation, words.all), product_choices(situation.shop))
        if len(hits) == 1:
            return Found(hits[0].value)
        if 1 < len(hits) <= asking.SHOWN:
            return Found(unclear=tuple(hits), list_options=True, phrase="which of these")
    if value is None and not words.asked and (hint := situation.dialogue.product):
        return Found(hint, automatic=True)
    return Found(value)


def _plain(situation: Situation, task: Task, step: Ask, chosen: Any) -> bool:
    task.slots[step.slot] = chosen
    return True


def _not_offered(situation: Situation, task: Task, step: Ask, chosen: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """How slots of one kind are read from words, and how a button that was pressed is taken."""

    read: Callable[[Situation, Task, Ask, Words], Found]
    chosen: Callable[[Situation, Task, Ask, Any], bool] = _not_offered


_KINDS: dict[str, Kind] = {
    "order": Kind(_from_entity("order number"), _plain),
    "items": Kind(items.read, items.chosen),
    "choice": Kind(choosing.read, choosing.chosen),
    "variants": Kind(variants.read, variants.chosen),
    "address": Kind(addresses.read, addresses.chosen),
    "payment means": Kind(choosing.read_means, _plain),
    "photo": Kind(_photo),
    "text": Kind(_text),
    "number": Kind(_from_number),
    "money": Kind(_from_money),
    "date": Kind(_from_entity("date")),
    "e-mail": Kind(_from_entity("e-mail")),
    "phone": Kind(_phone),
    "product": Kind(_product, _plain),
    "yes or no": Kind(_yes_or_no, _plain),
    "name": Kind(_from_entity("name")),
    "postcode": Kind(_from_entity("postcode")),
    "service": Kind(asking_when.read_service, asking_when.choose),
    "place": Kind(asking_when.read_place, asking_when.choose),
    "appointment": Kind(asking_when.read_appointment, asking_when.choose_appointment),
    "contact name": Kind(contact.read_name),
    "contact e-mail": Kind(contact.read_email),
    "basket": Kind(basket.read, basket.chosen),
    "delivery": Kind(delivering.read, delivering.choose),
    "delivery address": Kind(delivering.read_address, addresses.chosen),
    "way to pay": Kind(paying.read, paying.choose),
}
