"""Where the goods go: to an address, or to a store where they are collected."""

from __future__ import annotations

from typing import Any

import regex

from courtesy.language.text import flatten
from courtesy.pack.model import Ask
from courtesy.representative import addresses, asking, matching
from courtesy.representative.memory import Task
from courtesy.representative.ordering.terms import ADDRESS, HOME, stores_of
from courtesy.representative.procedures import questions_of
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words

PROVE = "wants proof"  # kept with the task: something stored was asked for, which only a proven customer may use
_COLLECTS = regex.compile(
    r"\b(?:collect\w*|pick(?:ed)? (?:it |them )?up|pick up|in (?:the )?store|at (?:the )?store|recog\w+|recoj\w+|"
    r"en (?:la )?tienda)\b|自取|到店|门店|店里(?:取|拿)"
)


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """ "home delivery", or the store where it is collected."""
    stores = stores_of(situation)
    choices = asking.pack_choices(situation, (*step.choices, *stores))
    if not stores:
        return Found(HOME, automatic=True)
    if _gives_address(task, words) or addresses.says_the_saved_one(situation, words.all):
        return Found(HOME)
    if picked := words.picked([choice.value for choice in choices]):
        return Found(picked[0], choices=choices)
    for text in reversed(words.texts):
        collects = _COLLECTS.search(flatten(text)) is not None
        hits = matching.by_phrase(text, choices)
        store = next((hit.value for hit in hits if hit.value in stores), None)
        if store and (collects or words.asked):
            return Found(store, choices=choices)
        if collects and len(stores) == 1:
            return Found(stores[0], choices=choices)
        if not collects and hits and hits[0].value not in stores:
            return Found(hits[0].value, choices=choices)
    return Found(choices=choices)


def choose(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    if value not in (*step.choices, *stores_of(situation)):
        return False
    task.slots[step.slot] = value
    return True


def _gives_address(task: Task, words: Words) -> bool:
    if any(entity.kind == "address" for one in words.heard for entity in one.entities):
        return True
    return bool(task.slots.get(ADDRESS) or task.partial.get(ADDRESS)) and "delivery" not in task.slots


# --- the address ----------------------------------------------------------------------------------


def read_address(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """The address that is given; the stored one only of who has proven to be its owner, who is asked to prove it."""
    if addresses.says_the_saved_one(situation, words.all) and not situation.knows_person:
        task.partial[PROVE] = "address"
        if words.asked:
            task.partial[step.slot] = {"name": ""}
            task.words.append(words.texts[-1])
        return Found()
    return addresses.read(situation, task, step, words)


def note_address(situation: Situation, task: Task, words: Words) -> None:
    """Keep an address that is given before it is asked for."""
    procedure = situation.procedure(task)
    step = next((one for one in questions_of(procedure) if one.slot == ADDRESS), None) if procedure else None
    given = any(entity.kind == "address" for one in situation.heard for entity in one.entities)
    if step is None or not given or task.slots.get(ADDRESS):
        return
    found = addresses.read(situation, task, step, Words(words.texts, tuple(situation.heard)))
    if found.value:
        task.slots[ADDRESS] = found.value
