"""What was heard in a message, as the journal keeps it: for whoever asks later what was understood, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from courtesy.conversations.models import Message
from courtesy.language.masking import mask
from courtesy.language.understanding import Feelings, Move, Understanding
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

NOTICED = 0.2  # a feeling weaker than this is none


def note_understood(situation: Situation, message: Message, understanding: Understanding) -> None:
    """Moves, entities and feelings with where they stand in the text, and the readings that were weighed."""
    content = {
        "message": message.pk,
        "language": understanding.language,
        "language probability": round(understanding.language_probability, 3),
        "supported": understanding.supported,
        "moves": [_move(move) for move in understanding.moves],
        "readings": [{"target": label, "probability": round(share, 3)} for label, share in understanding.readings],
        "rivals": [move.target for move in understanding.alternatives],
        "entities": [
            {
                "kind": one.kind,
                "value": str(one.value),
                "span": one.span,
                "text": mask(one.text),
                "probability": round(one.probability, 3),
                "role": one.role,
            }
            for one in understanding.entities
        ],
        "feelings": _feelings(understanding.feelings),
        "edition": situation.pack.edition,
        "microseconds": understanding.microseconds,
    }
    situation.note("understood", content)


def note_taken_up(situation: Situation, message: Message, before: Iterable[Task]) -> None:
    """Which matters the message opened; nothing is written where it opened none."""
    known = {task.id for task in before}
    opened = [task.procedure for task in situation.dialogue.tasks if task.id not in known]
    if opened:
        situation.note("taken up", {"message": message.pk, "procedures": opened})


def _move(move: Move) -> dict[str, Any]:
    return {
        "kind": move.kind,
        "target": mask(move.target),
        "value": "" if move.value is None else move.value,
        "probability": round(move.probability, 3),
        "span": move.span,
        "evidence": move.evidence,
    }


def _feelings(feelings: Feelings) -> list[dict[str, Any]]:
    found = []
    for one in fields(feelings):
        strength = getattr(feelings, one.name)
        if isinstance(strength, float) and strength >= NOTICED:
            name = one.name.replace("_", " ")
            evidence = feelings.evidence.get(name) or feelings.evidence.get(name.replace(" ", "-")) or ""
            found.append({"name": name, "strength": round(strength, 2), "evidence": mask(evidence)})
    return sorted(found, key=lambda one: -one["strength"])
