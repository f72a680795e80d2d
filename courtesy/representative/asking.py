"""Asking the customer, and getting a person when asking is no use."""

from __future__ import annotations

from typing import Any

from courtesy.language.understanding import Choice, Question
from courtesy.representative import memory
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.values import Offered

SHOWN = 8
MOST_TIMES = 5  # the same question in a row


def ask(situation: Situation, task: Task | None, question: Question, phrase: str, **fields: Any) -> None:
    """Put one question; the turn ends with it. Offered choices become buttons or numbered lines."""
    if _too_often(situation, task, question):
        needs_person(situation, f"the question for {question.slot!r} got no fitting answer {MOST_TIMES} times in a row")
        return
    situation.say(phrase, **fields)
    situation.dialogue.question = memory.question_to_json(question, task.id if task else "")
    situation.dialogue.question["phrase"] = phrase
    situation.dialogue.question["fields"] = memory.keep(fields)
    situation.offered = [Offered(choice.value, choice.label) for choice in question.choices[:SHOWN]]
    situation.asked = True


def _too_often(situation: Situation, task: Task | None, question: Question) -> bool:
    """Whether this very question was put often enough in a row: nobody is led in a circle."""
    dialogue = situation.dialogue
    key = f"{task.id if task else ''}:{question.slot}:{question.kind}:{question.text}"
    dialogue.times_put = dialogue.times_put + 1 if key == dialogue.last_put else 1
    dialogue.last_put = key
    return dialogue.times_put > MOST_TIMES


def ask_again(situation: Situation) -> None:
    """Put the open question once more, after a digression or an answer that did not fit."""
    stored = situation.dialogue.question
    if stored is None:
        return
    question = memory.question_from_json(stored)
    task = situation.dialogue.task(stored["task"]) if stored["task"] else None
    if task is not None and task.status != "active":
        situation.dialogue.question = None
        return
    ask(situation, task, question, stored["phrase"], **memory.recall(stored["fields"]))


def needs_person(situation: Situation, because: str, *, team: str = "", urgent: bool = False) -> None:
    """Note that this conversation must go to a person; the turn hands it over at its end. The first reason stands."""
    situation.urgent = situation.urgent or urgent
    situation.asked = True
    if not situation.handed_over:
        situation.handed_over = True
        situation.to_team = team
        situation.because = because
        situation.dialogue.question = None


def phrase_text(situation: Situation, name: str, language: str = "") -> str:
    """The wording of a phrase, or "" when the pack has none."""
    for code in (language or situation.language, situation.pack.company.languages[0]):
        if phrase := situation.pack.phrases.get((code, name)):
            return phrase.text
    return ""


def pack_choices(situation: Situation, names: tuple[str, ...]) -> tuple[Choice, ...]:
    """Choices of the pack with their label in the conversation's language and all ways of saying them."""
    made = []
    for name in names:
        labels: list[str] = [name]
        for language in situation.pack.company.languages:
            if phrase := situation.pack.phrases.get((language, f"choice: {name}")):
                labels += [phrase.text, *phrase.also]
        made.append(Choice(name, phrase_text(situation, f"choice: {name}") or name, tuple(dict.fromkeys(labels))))
    return tuple(made)
