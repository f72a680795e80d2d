"""Results: what a look-up found is said, unless the procedure itself tells it."""

from __future__ import annotations

import re

from courtesy.pack.model import Ask, If, LookUp, Procedure, Step, Tell
from courtesy.representative.fields import fields_of
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.wording import phrase_of

_FIELD = re.compile(r"\{([^{}\n]{1,60})\}")

# look-up → the field that holds what it found, already in words
_FOUND = {
    "price": "prices",
    "stock": "stock",
    "shipping cost": "shipping line",
    "return": "returns",
    "tracking": "tracking lines",
    "credit balance": "balance line",
}


def say_result(situation: Situation, task: Task, procedure: Procedure, step: LookUp) -> None:
    """Say what was found, in procedures that answer a question and do not tell it in a phrase of their own."""
    name = _FOUND.get(step.what)
    if name is None or procedure.kind != "question" or name in _told(situation, procedure.steps):
        return
    text = fields_of(situation, task).get(name)
    if text:
        situation.say("", text=text)


def _told(situation: Situation, steps: tuple[Step, ...]) -> set[str]:
    """Fields that the phrases told by this procedure show."""
    fields: set[str] = set()
    for step in steps:
        if isinstance(step, If):
            fields |= _told(situation, step.then) | _told(situation, step.otherwise)
        elif isinstance(step, (Tell, Ask)):
            name = step.phrase if isinstance(step, Tell) else f"ask: {step.slot}"
            fields |= set(_FIELD.findall(phrase_of(situation.pack, situation.language, name) or ""))
    return fields
