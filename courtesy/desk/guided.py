"""Guides at the desk: what a customer was led through, what came of it, and the words of the step they stand at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from courtesy.conversations.models import Conversation
from courtesy.pack.model import GuideAnswer, GuideStep, Pack, Procedure
from courtesy.pack.pages.guides import PLAIN, is_end
from courtesy.representative import memory

TEXTS = ("say", "do this", "ask", "explain")


@dataclass(frozen=True, slots=True)
class Led:
    """One guide of a conversation. ``tried``: step and answer. ``now`` is the step in hand, "" at an end; ``words``
    are its texts, ``ways`` its answers and where each leads."""

    title: str
    tried: tuple[tuple[str, str], ...]
    now: str
    words: tuple[tuple[str, str], ...]
    ways: tuple[tuple[str, str], ...]


def guides_of(conversation: Conversation, pack: Pack, language: str) -> list[Led]:
    """The guides that this conversation went into, newest first, in the colleague's language where it is written."""
    dialogue = memory.from_json(conversation.dialogue or {})
    languages = (language, *pack.company.languages)
    found = []
    for task in reversed(dialogue.tasks):
        procedure = pack.procedures.get(task.procedure)
        if procedure is not None and procedure.guide is not None and task.at:
            found.append(_led(procedure, task, languages))
    return found


def _led(procedure: Procedure, task: memory.Task, languages: tuple[str, ...]) -> Led:
    steps = procedure.guide.steps if procedure.guide else {}
    step = None if is_end(task.at) else steps.get(task.at)
    words = [(kind, _in(step.texts[kind], languages)) for kind in TEXTS if kind in step.texts] if step else []
    return Led(
        title=_in(procedure.title, languages) or procedure.name,
        tried=tuple((one["step"], one["answer"]) for one in task.trail if one["answer"]),
        now=task.at if step else "",
        words=tuple(words),
        ways=_ways(step, languages) if step else (),
    )


def _ways(step: GuideStep, languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((_label(one, languages), one.then) for one in step.answers)


def _label(one: GuideAnswer, languages: tuple[str, ...]) -> str:
    if one.value in PLAIN:
        return one.value
    return next((one.labels[code][0] for code in languages if one.labels.get(code)), one.value)


def _in(wording: Mapping[str, str], languages: tuple[str, ...]) -> str:
    return next((wording[code] for code in languages if wording.get(code)), "")
