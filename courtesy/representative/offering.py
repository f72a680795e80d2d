"""Offering: what a refusal leaves open is put as a question, and a yes begins it with all that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.pack.model import Procedure
from courtesy.representative import asking, matching, memory
from courtesy.representative.memory import Task
from courtesy.representative.mending import mend
from courtesy.representative.situation import Situation
from courtesy.representative.values import Offered

_CARRIED = ("order", "items", "new variants", "product")
KIND = "offer"


def offer(situation: Situation, task: Task, offers: Sequence[str]) -> None:
    """Make those offers that a procedure carries out answerable. The refusal itself has named them all."""
    choices = tuple(
        Choice(procedure.name, label, (label, one))
        for one in offers
        for procedure in situation.pack.procedures.values()
        if one in procedure.offered_as and procedure.name != task.procedure
        for label in [asking.phrase_text(situation, f"offer: {one}") or one]
    )
    if not choices or situation.dialogue.current() is not None:
        return
    question = Question(KIND, KIND, choices)
    situation.dialogue.question = memory.question_to_json(question, task.id)
    situation.dialogue.question |= {"phrase": "would you like that", "fields": {}}
    situation.offered = [Offered(choice.value, choice.label) for choice in choices]
    situation.say("would you like that")


def offer_to_begin(situation: Situation, procedure: Procedure, words: str) -> None:
    """Ask whether the matter that a general question comes near to is wanted too."""
    title = procedure.title.get(situation.language) or procedure.name
    choices = (Choice(procedure.name, asking.phrase_text(situation, "yes")),)
    asking.ask(situation, None, Question(KIND, KIND, choices, text=words), "shall i begin", matter=title)


def take(situation: Situation, understanding: Understanding, text: str, chosen: Any) -> bool:
    """A yes, or one of the offers by name, begins it; anything else lets the offer lapse."""
    stored = situation.dialogue.question
    if stored is None or stored["kind"] != KIND:
        return False
    situation.dialogue.question = None
    choices = memory.question_from_json(stored).choices
    picked = _picked(situation, choices, understanding, text, chosen)
    refused = situation.dialogue.task(stored["task"])
    if picked is None:
        return False
    task = Task.open(picked, str(stored.get("text") or ""))
    if refused is not None:
        task.words = list(refused.words)
        task.slots = {name: value for name, value in refused.slots.items() if name in _CARRIED}
    situation.dialogue.tasks.append(task)
    return True


def _picked(
    situation: Situation, choices: Sequence[Choice], understanding: Understanding, text: str, chosen: Any
) -> str | None:
    values = [choice.value for choice in choices]
    move = understanding.first("chooses")
    for value in (chosen, move.value if move else None):
        if value in values:
            return str(value)
    if understanding.first("wants"):
        return None
    hits = matching.by_phrase(mend(situation, text), choices)
    if len(hits) == 1:
        return str(hits[0].value)
    if understanding.first("agrees") and not understanding.first("declines"):
        return str(values[0])
    return None
