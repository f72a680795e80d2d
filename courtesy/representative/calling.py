"""Calling out: a look-up or act in a company's own system is noted in this turn and made between it and the next."""

from __future__ import annotations

from courtesy.connections import calls
from courtesy.pack.connections import Operation
from courtesy.representative import asking, filling, found, identity
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation


def look_up(situation: Situation, task: Task, operation: Operation) -> bool:
    """Note the look-up; False, because the turn waits for its answer (or for the customer's proof)."""
    if any(argument.name == "customer" for argument in operation.arguments) and not situation.knows_person:
        identity.match_customer(situation)
        if not situation.knows_person:
            identity.ask_who(situation, task)
            return False
    filling.keep_what_was_said(situation, task)
    task.tries["calls"] = task.tries.get("calls", 0) + 1
    _note(situation, task, operation, place="", key=f"{task.id}:{operation.name}:{task.tries['calls']}")
    return False


def act(situation: Situation, task: Task, operation: Operation, place: str, key: str) -> None:
    """Note an act that the guard has let through; its key is the deed's own."""
    _note(situation, task, operation, place=place, key=key)


def _note(situation: Situation, task: Task, operation: Operation, *, place: str, key: str) -> None:
    values, missing = found.values_for(situation, task, operation)
    if missing:
        asking.needs_person(situation, f"{operation.name!r} needs {', '.join(missing)}, which is not known")
        return
    call = calls.note(
        situation.pack, operation, values, key=key, conversation=situation.conversation.pk, at=situation.at
    )
    task.calling = {"call": call.pk, "operation": operation.name, "place": place, "key": key}
    task.status = "calling"
    situation.calls.append(call.pk)
