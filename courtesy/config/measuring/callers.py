"""Callers played back against a register: who is identified after how many tries, and who is taken for another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time
from typing import Any

from courtesy.config.measuring.machine import share
from courtesy.config.measuring.rows import Fields, missing, read_rows
from courtesy.customers.callers import ITEMS, TRIES, Found, HeardItem, look_up
from courtesy.language.identity.comparing import Item, Person, Persons

_ITEM_NAMES: dict[str, Item] = {"postcode": "postcode", "name": "name", "dob": "birth", "birth": "birth"}


@dataclass(slots=True)
class Call:
    """One call: whose it truly is, and the readings of each attempt."""

    person: str
    heard: dict[Item, list[tuple[str, ...]]] = field(default_factory=dict)


def register_of(file: Path) -> list[Person]:
    return read_rows(file, _person)


def calls_of(file: Path) -> list[Call]:
    calls: dict[str, Call] = {}
    read_rows(file, lambda fields: _turn(fields, calls))
    return list(calls.values())


def _person(fields: Fields) -> Person | str:
    fault = missing(fields, ("scenario_id", "postcode", "name", "dob"))
    return fault or Person(fields["scenario_id"], fields["postcode"], fields["name"], fields["dob"])


def _turn(fields: Fields, calls: dict[str, Call]) -> Call | str:
    fault = missing(fields, ("dialogue_id", "scenario_id", "item", "nbest"))
    item = _ITEM_NAMES.get(fields.get("item") or "")
    if fault or item is None:
        return fault or f"item {fields['item']!r} is none of postcode, name, dob"
    try:
        readings = json.loads(fields["nbest"])
    except ValueError as error:
        return f"nbest is not JSON ({error})"
    call = calls.setdefault(fields["dialogue_id"], Call(fields["scenario_id"]))
    call.heard.setdefault(item, []).append(tuple(str(reading) for reading in readings))
    return call


def measure(register: Sequence[Person], calls: Sequence[Call]) -> dict[str, Any]:
    """Shares of the calls whose label is in the register. A stranger is the same caller with their own entry "
    "left out."""
    persons = Persons(register)
    known = set(persons.ids)
    labelled = [call for call in calls if call.person in known]
    after = dict.fromkeys(range(1, TRIES + 1), 0)
    wrong = strangers_taken = 0
    milliseconds: list[float] = []
    for call in labelled:
        started = process_time()
        tries, found = _play(persons, call)
        milliseconds.append((process_time() - started) * 1000 / tries)
        if found.status == "identified":
            wrong += found.person != call.person
            for number in range(tries, TRIES + 1):
                after[number] += found.person == call.person
        strangers_taken += _play(persons, call, without=call.person)[1].status == "identified"
    milliseconds.sort()
    count = max(1, len(labelled))
    return {
        "persons": len(register),
        "calls": len(labelled),
        "calls_without_a_label_of_the_register": len(calls) - len(labelled),
        **{f"identified_by_try_{number}": right / count for number, right in after.items()},
        "wrong_person": wrong / count,
        "wrong_person_calls": wrong,
        "stranger_taken_for_someone": strangers_taken / count,
        "stranger_calls_taken": strangers_taken,
        "ms_per_try_p50": share(milliseconds, 0.5),
        "ms_per_try_p95": share(milliseconds, 0.95),
    }


def _play(persons: Persons, call: Call, without: str = "") -> tuple[int, Found]:
    """Tries one after another, all items in each, until somebody is identified."""
    found = Found("not found")
    for number in range(1, TRIES + 1):
        heard = [HeardItem(item, tuple(call.heard.get(item, [])[:number])) for item in ITEMS if item in call.heard]
        found = look_up(persons, heard, without=without)
        if found.status == "identified":
            return number, found
    return TRIES, found
