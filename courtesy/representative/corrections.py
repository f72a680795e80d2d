"""Corrections: "actually, the other order", "no, size 44", at any point before the deed is done."""

from __future__ import annotations

from courtesy.language.understanding import Move, Understanding
from courtesy.representative import answers, asking, filling, items
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

# What was read from the order and does not hold for another one.
_OF_ORDER = ("items", "new variants", "reason", "photo")


def take(situation: Situation, understanding: Understanding, text: str) -> bool:
    """Apply a correction to the task in hand, or to the one just finished. False when there is nothing to correct."""
    move = understanding.first("corrects")
    if move is None:
        return False
    task = situation.dialogue.current()
    if task is None:
        return _correct_finished(situation, understanding, move, text)
    if task.acted:
        return False
    return _correct(situation, task, understanding, move, text)


def _correct(situation: Situation, task: Task, understanding: Understanding, move: Move, text: str) -> bool:
    if _other_order(situation, task, understanding, move):
        task.words.append(text)
        return True
    changed = filling.revise(situation, task, understanding, text)
    if not changed:
        return False
    task.words.append(text)
    answers.note_corrections(situation, task, changed)
    situation.dialogue.question = None
    return True


def _other_order(situation: Situation, task: Task, understanding: Understanding, move: Move) -> bool:
    """Another order number, or "the other order"."""
    entity = understanding.entity("order number")
    before = str(task.looked.get("order") or task.slots.get("order") or "")
    number = str(entity.value) if entity else ""
    if not number and move.target == "order":
        others = [order.number for order in situation.own_orders() if order.number != before]
        number = others[0] if len(others) == 1 else ""
    if number == before or (not number and move.target != "order"):
        return False
    forget_order(task)
    situation.dialogue.question = None
    situation.dialogue.order = ""
    if number:
        task.slots["order"] = number
        what = asking.phrase_text(situation, "slot: order") or "order"
        situation.say("correction noted", what=what, value=number)
    else:
        task.slots["not order"] = before
        task.tries["other order"] = 1
    return True


def forget_order(task: Task) -> None:
    """Drop the order and everything that was read from it or chosen in it."""
    for slot in ("order", *_OF_ORDER, items.NAMED):
        task.slots.pop(slot, None)
        task.partial.pop(slot, None)
    task.looked.clear()
    task.told.clear()
    task.confirmed = ""


def _correct_finished(situation: Situation, understanding: Understanding, move: Move, text: str) -> bool:
    """A question just answered is answered again for the other order; a deed that is done is not undone here."""
    if not situation.dialogue.tasks:
        return False
    last = situation.dialogue.tasks[-1]
    if last.status not in ("done", "refused"):
        return False
    if last.acted:
        asking.needs_person(situation, "the customer wants something changed that was done already")
        return True
    again = Task.open(last.procedure, "")
    again.words, again.slots = list(last.words), dict(last.slots)
    again.looked, again.partial = dict(last.looked), dict(last.partial)
    again.skipped, again.announced = list(last.skipped), True
    if not _correct(situation, again, understanding, move, text):
        return False
    situation.dialogue.tasks.append(again)
    return True
