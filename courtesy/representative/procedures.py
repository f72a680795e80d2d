"""The walk of a procedure: what comes next, decided from what is known. Pure; no database, no clock.

A procedure is walked from the top on every turn. What is known is passed over, so a correction simply changes a slot
and the walk finds the first place that is not settled any more: branches are taken anew, and a confirmation counts
only for exactly what was shown when it was given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courtesy.pack.model import (
    Ask,
    Confirm,
    ContinueWith,
    Do,
    Guide,
    GuideStep,
    HandOver,
    If,
    LookUp,
    Place,
    Procedure,
    Promise,
    Step,
    Tell,
)
from courtesy.pack.pages.guides import CONTINUE, is_end
from courtesy.representative.conditions import holds
from courtesy.representative.memory import Task, keep

_NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Show:
    """Tell one step of a guide, and wait where the customer has something to do or to answer."""

    guide_step: GuideStep
    place: str


@dataclass(frozen=True, slots=True)
class Next:
    """The first unsettled step and its place ("3" or "4.then.0"); ``step`` is None at the end of the procedure."""

    step: Step | Show | None
    place: str
    fingerprint: str = ""


def fingerprint(slots: Mapping[str, Any], names: tuple[str, ...] | None = None) -> str:
    """A short hash of slots: equal when, and only when, they hold the same values."""
    chosen = {name: keep(slots[name]) for name in sorted(slots) if names is None or name in names}
    return hashlib.sha256(json.dumps(chosen, sort_keys=True, default=str).encode()).hexdigest()[:16]


def path(steps: tuple[Step, ...], known: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Step]]:
    """The steps on the way, branches taken as far as what is known decides them."""
    for number, step in enumerate(steps):
        place = f"{prefix}{number}"
        if isinstance(step, If):
            branch = "then" if holds(step.when, known) else "otherwise"
            yield from path(step.then if branch == "then" else step.otherwise, known, f"{place}.{branch}.")
        else:
            yield place, step


def walk(procedure: Procedure, task: Task, known: Mapping[str, Any]) -> Next:
    """The next step of the task. ``known`` are slots and facts for the conditions of branches."""
    now = fingerprint({**task.slots, **{f"found: {name}": fields for name, fields in task.found.items()}})
    if procedure.guide is not None:
        return _walk_guide(procedure.guide, task, known, now)
    for place, step in path(procedure.steps, known):
        if not _settled(place, step, task, now):
            return Next(step, place, now)
    return Next(None, "end", now)


MOST_DECISIONS = 30  # of a guide, one after the other without the customer; more is a circle


def _walk_guide(guide: Guide, task: Task, known: Mapping[str, Any], now: str) -> Next:
    """Where the customer stands in a guide: first what the step carries out, then its words, then the next step.

    A yes to what one step would do is none to what another does: its fingerprint holds the place too."""
    for one in every_look_up(guide):
        if one.what in task.read_at and one.what not in task.looked:  # its step lies behind, its records are too old
            return Next(one, f"again: {one.what}", now)
    at = task.at or guide.first
    for _ in range(MOST_DECISIONS):
        if is_end(at):
            return _end_of(guide, task, at, now)
        step = guide.steps.get(at)
        if step is None:  # the guide was rewritten while the customer followed it
            return Next(HandOver(guide.team, "the guide no longer has the step the customer was at", _NOWHERE), "gone")
        place = f"{at}~{sum(one['step'] == at for one in task.trail)}"
        own = fingerprint({"$": place, "slots": now})
        acted = any(receipt.startswith(f"{place}.") for receipt in task.receipts)
        for inner, deed in path(step.carry_out, known, f"{place}."):
            done = task.confirmed == own or acted if isinstance(deed, Confirm) else _settled(inner, deed, task, now)
            if not done:
                return Next(deed, inner, own)
        if not step.when:
            return Next(Show(step, place), place, now)
        at = step.then if holds(step.when, known) else step.otherwise
    return Next(HandOver(guide.team, "the guide goes round in a circle", _NOWHERE), "circle")


def every_look_up(guide: Guide) -> Iterator[LookUp]:
    """The look-ups of a guide, in the order of its steps."""
    for step in guide.steps.values():
        for one in step.carry_out:
            for inner in (*one.then, *one.otherwise) if isinstance(one, If) else (one,):
                if isinstance(inner, LookUp):
                    yield inner


def _end_of(guide: Guide, task: Task, end: str, now: str) -> Next:
    if end in task.told:
        return Next(None, "end", now)
    if end.startswith(CONTINUE):
        return Next(ContinueWith(end.removeprefix(CONTINUE), _NOWHERE), end, now)
    if end == "solved":
        return Next(Tell("guide solved", _NOWHERE), end, now)
    return Next(HandOver(guide.team, "everything in the guide was tried", _NOWHERE), end, now)


def _settled(place: str, step: Step, task: Task, now: str) -> bool:
    match step:
        case LookUp(what=what, again=again):
            return what in task.looked and (not again or place in task.told)
        case Ask(slot=slot):
            return task.slots.get(slot) not in (None, "", [], {}) or slot in task.skipped
        case Confirm():
            return task.confirmed == now or any(_order(done) > _order(place) for done in task.receipts)
        case Do():
            return place in task.receipts
        case Tell() | Promise() | HandOver() | ContinueWith():
            return place in task.told
        case _:
            return True


def _order(place: str) -> tuple[int, ...]:
    """Where a place stands in its procedure: a yes holds for the deeds behind it, not for what was done before it."""
    parts = (part for part in place.split(".") if part)
    return tuple(int(part) if part.isdecimal() else int(part == "otherwise") for part in parts)


def deeds_ahead(procedure: Procedure, task: Task, known: Mapping[str, Any]) -> list[tuple[str, Do]]:
    """The deeds that are still to be done on the way as it looks now, for a look ahead."""
    steps = procedure.steps
    if procedure.guide is not None:
        here = procedure.guide.steps.get(task.at or procedure.guide.first)
        steps = here.carry_out if here else ()
    return [(place, step) for place, step in path(steps, known) if isinstance(step, Do) and place not in task.receipts]


def _may_turn(step: If) -> bool:
    """Whether a branch does something or leads elsewhere, so that what follows is not certain."""
    return any(isinstance(one, ContinueWith | HandOver | Do) for one in (*step.then, *step.otherwise))


def certain_deeds(procedure: Procedure, task: Task, known: Mapping[str, Any]) -> list[Do]:
    """The deeds that will come whatever the customer answers: up to the first branch that may lead elsewhere."""
    found: list[Do] = []
    if procedure.guide is not None:
        return found  # what a guide comes to do hangs on answers

    def inside(steps: tuple[Step, ...], prefix: str) -> bool:
        for number, step in enumerate(steps):
            place = f"{prefix}{number}"
            if isinstance(step, If):
                decided = all(known.get(name) not in (None, "", [], {}) for name in step.when)
                branch = "then" if holds(step.when, known) else "otherwise"
                if decided and not inside(step.then if branch == "then" else step.otherwise, f"{place}.{branch}."):
                    return False
                if not decided and _may_turn(step):
                    return False
            elif isinstance(step, ContinueWith | HandOver):
                return False
            elif isinstance(step, Do) and place not in task.receipts:
                found.append(step)
        return True

    inside(procedure.steps, "")
    return found


def questions_of(procedure: Procedure) -> Iterator[Ask]:
    """Every question of the procedure, in either branch."""

    def inside(steps: tuple[Step, ...]) -> Iterator[Ask]:
        for step in steps:
            if isinstance(step, If):
                yield from inside(step.then)
                yield from inside(step.otherwise)
            elif isinstance(step, Ask):
                yield step

    return inside(procedure.steps)
