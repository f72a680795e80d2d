"""Answers: what the customer says to the question that is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from courtesy.language.understanding import MoveKind, Question, Understanding
from courtesy.pack.model import Ask
from courtesy.representative import asking, filling, guiding, identity, lookups, matching, memory, orders, paying_back
from courtesy.representative.bookings import looking
from courtesy.representative.fields import slot_text
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.procedures import questions_of
from courtesy.representative.selling import finding
from courtesy.representative.situation import Situation
from courtesy.representative.taking_orders import paying

YES_AND_A_WORD = 2
_CODE = re.compile(r"(?<!\d)(\d{3})[\s-]?(\d{3})(?!\d)")


def take(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    """Take the message as the answer to the open question. False when it is none."""
    stored = situation.dialogue.question
    if stored is None:
        return False
    question = memory.question_from_json(stored)
    task = situation.dialogue.task(stored["task"])
    if task is None or task.status != "active":
        situation.dialogue.question = None
        return False
    taken = _KINDS.get(question.kind, _slot)(situation, task, question, understanding, text, chosen)
    if taken:
        situation.dialogue.misses = 0
        if situation.dialogue.question is stored:
            situation.dialogue.question = None
    return taken


def said_ahead(situation: Situation, understanding: Understanding, text: str) -> bool:
    """What the matter in hand will ask for later, said before it was asked: "refund, please", "to my card"."""
    task = situation.dialogue.current()
    procedure = situation.procedure(task) if task is not None else None
    if task is None or procedure is None or not task.announced or task.acted:
        return False
    if not filling.says_of(situation, task, procedure, understanding, text):
        return False
    task.words.append(text)
    return True


def is_label(situation: Situation, procedure: str, text: str) -> bool:
    """Whether the text is only the title of a procedure, as a button sends it."""
    titles = situation.pack.procedures[procedure].title.values()
    return matching.fold(text).strip(" .") in {matching.fold(title) for title in titles}


def take_up_again(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    """An answer after all to the question at which the last matter was dropped: the matter is taken up again.

    A mere yes does not bring back what was declined."""
    dialogue = situation.dialogue
    last = dialogue.tasks[-1] if dialogue.tasks else None
    if last is None or last.status != "stopped" or not last.suspended or dialogue.question is not None:
        return False
    if chosen is None and any(understanding.first(kind) for kind in _NOT_AN_ANSWER):
        return False
    last.status, dialogue.question = "active", last.suspended
    if take(situation, understanding, text, chosen):
        last.suspended = None
        return True
    last.status, dialogue.question = "stopped", None
    return False


_NOT_AN_ANSWER: tuple[MoveKind, ...] = ("agrees", "declines", "thanks", "says goodbye", "greets", "stops")


def _confirm(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """Only an explicit yes to exactly what was shown counts; a no with other values is a correction."""
    if chosen == "yes" or (chosen is None and understanding.first("agrees") and not understanding.first("declines")):
        plain = chosen is not None or _only_agrees(understanding, text)
        changed = [] if plain else filling.revise(situation, task, understanding, text)
        if changed:
            note_corrections(situation, task, changed)
        elif not plain and paying_back.names_another(situation, task, text):
            task.words.append(text)  # not to what was shown: told where the money goes, and asked once more
        else:
            task.confirmed = question.text
        return True
    changed = filling.revise(situation, task, understanding, text) if chosen is None else []
    if changed:
        task.words.append(text)
        note_corrections(situation, task, changed)
        return True
    if chosen == "no" or understanding.first("declines"):
        task.suspended = situation.dialogue.question
        task.status = "stopped"
        situation.say("nothing changed", matter=situation.title(task))
        return True
    if chosen is None and paying_back.names_another(situation, task, text):
        task.words.append(text)
        return True
    return False


def _only_agrees(understanding: Understanding, text: str) -> bool:
    """Whether a yes has no words beside it that could say something else."""
    rest = text
    for move in understanding.moves:
        if move.kind in ("agrees", "thanks") and move.span != (0, len(text)):
            rest = rest.replace(text[slice(*move.span)], " ")
    plain = understanding.first("agrees") is not None and not matching.words_of(rest)
    return plain or len(matching.words_of(text)) <= YES_AND_A_WORD


def note_corrections(situation: Situation, task: Task, changed: list[str]) -> None:
    for slot in changed:
        value = slot_text(situation, task, slot, task.slots[slot]) if slot in task.slots else ""
        what = asking.phrase_text(situation, f"slot: {slot}") or slot
        situation.say("correction noted", what=what, value=value)


def _code(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    entity = understanding.entity("code")
    found = _CODE.search(text)
    code = str(entity.value) if entity else "".join(found.groups()) if found else ""
    if code:
        identity.take_code(situation, task, code)
        return True
    if email := understanding.entity("e-mail"):
        identity.send_code(situation, task, str(email.value))
        return True
    return paying.does_without(situation, task, text)


def _identity(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """An e-mail address or postcode; ``identity.claim`` has noted those that are written as such."""
    claims = situation.dialogue.claims
    if understanding.entity("e-mail") or understanding.entity("postcode"):
        return True
    short = text.strip(" .")
    if question.slot == "proof" and 3 <= len(short) <= 12 and any(char.isdigit() for char in short):
        claims["postcode"] = short
        return True
    return paying.does_without(situation, task, text)


def _order(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    move = understanding.first("chooses")
    if lookups.UNKNOWN in (chosen, move.value if move else None):
        task.tries["no number"] = 1
        return True
    if chosen is not None and chosen in [choice.value for choice in question.choices]:
        task.slots["order"] = chosen
        return True
    numbers = list(dict.fromkeys(str(one.value) for one in understanding.entities if one.kind == "order number"))
    offered = [str(choice.value) for choice in question.choices if choice.value != lookups.UNKNOWN]
    if not numbers and len(offered) > 1 and matching.says_all(text):
        numbers = offered
    if numbers:
        task.slots["order"] = orders.settle_for_each(situation, task, numbers)
        return True
    if move is not None and move.value in [choice.value for choice in question.choices]:
        task.slots["order"] = move.value
        return True
    unknown = lookups.number_unknown(situation, understanding, text)
    hits = matching.by_hint(text, question.choices) or matching.by_hint(mend(situation, text), question.choices)
    if len(hits) == 1 and hits[0].value != lookups.UNKNOWN and not unknown:
        task.slots["order"] = hits[0].value
        return True
    if not unknown and (told := orders.told_by(situation, task, text)):
        task.slots["order"] = told
        return True
    if hits or understanding.entity("e-mail") or unknown:
        task.tries["no number"] = 1
        return True
    return False


def _product(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    values = [choice.value for choice in question.choices]
    entity = understanding.entity("product")
    picked = chosen if chosen in values else None
    if picked is None and (move := understanding.first("chooses")) and move.value in values:
        picked = move.value
    if picked is None and entity is not None:
        picked = entity.value
    if picked is None:
        hits = matching.by_hint(mend(situation, text), question.choices)
        picked = hits[0].value if len(hits) == 1 else None
    if picked is not None:
        task.slots["product"] = picked
        return True
    task.words.append(text)
    return filling.fill(situation, task, Ask("product", "product", (), None, None, False, _nowhere(situation, task)))


def _nowhere(situation: Situation, task: Task) -> Any:
    procedure = situation.procedure(task)
    return procedure.place if procedure else None


def _slot(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """The slot of a step of the procedure."""
    procedure = situation.procedure(task)
    step = next((one for one in questions_of(procedure) if one.slot == question.slot), None) if procedure else None
    if step is None:
        return False
    if step.kind == "variants" and matching.says_only(text):
        before = task.slots.get("items") or []
        changed = filling.revise(situation, task, understanding, matching.only_part(text))
        if changed == ["items"] and len(task.slots["items"]) < len(before):
            note_corrections(situation, task, changed)
            return True
    if step.kind == "variants" and understanding.first("declines") and chosen is None:
        task.suspended = situation.dialogue.question
        task.status = "stopped"
        situation.say("nothing changed", matter=situation.title(task))
        return True
    skipped = len(task.skipped)
    taken = filling.take_answer(situation, task, step, understanding, text, chosen)
    if taken and len(task.skipped) == skipped and chosen is None:
        task.words.append(text)
    if not taken and (task.partial.get(step.slot) or len(task.skipped) > skipped):
        return True  # a part of it was understood; the walk asks for the rest
    return taken


_KINDS: dict[str, Callable[[Situation, Task, Question, Understanding, str, Any], bool]] = {
    "confirm": _confirm,
    "code": _code,
    "identity": _identity,
    "order": _order,
    "product": _product,
    "booking": looking.take_answer,
    guiding.KIND: guiding.answer,
    finding.KIND: finding.take_answer,
}


def is_one_sentence(text: str) -> bool:
    return len([part for part in re.split(r"[.!?;。！？；\n]+", text) if part.strip()]) <= 1


def is_brief(text: str) -> bool:
    """Whether a message is too short to hold an answer and a new wish."""
    weight = sum(2 if ord(char) > 0x2E80 else 1 for char in text)
    return weight <= 40
