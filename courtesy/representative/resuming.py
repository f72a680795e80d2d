"""Resuming: a task goes on with what a company's system answered; what failed or is unsure goes to a person."""

from __future__ import annotations

from typing import Any

from courtesy.commerce.port import Receipt, Refusal
from courtesy.connections import calls
from courtesy.connections.book import changing
from courtesy.connections.models import Call
from courtesy.pack.answers import Answer, parse, read_answer
from courtesy.pack.connections import Operation
from courtesy.policy import counting
from courtesy.representative import acting, asking, found
from courtesy.representative.fields import fields_of
from courtesy.representative.memory import Task
from courtesy.representative.procedures import fingerprint, questions_of
from courtesy.representative.situation import Situation

SHORTEST_NUMBER, LONGEST_COUNTRY_CODE = 7, 3  # digits of a telephone number
MOST_TRIES = 2  # to find something by what the customer says


def resume_calls(situation: Situation) -> None:
    """Take what came back for every task that waits for a system."""
    for task in situation.dialogue.tasks:
        if task.status != "calling" or not task.calling:
            continue
        call = calls.find(task.calling["call"])
        if call is not None and call.status in (Call.Status.WAITING, Call.Status.SENDING):
            continue
        waited, task.calling = task.calling, {}
        task.status, task.suspended, task.announced = "active", None, True
        situation.touched.add(task.id)
        operation = situation.pack.connections.operation(waited["operation"])
        if call is None or operation is None:
            asking.needs_person(situation, f"the pack no longer declares {waited['operation']!r}")
        else:
            _take(situation, task, operation, call, waited)


def _take(situation: Situation, task: Task, operation: Operation, call: Call, waited: dict[str, Any]) -> None:
    situation.note("called out", {"operation": operation.name, "call": call.pk, "status": call.status, "task": task.id})
    match call.status:
        case Call.Status.ANSWERED if operation.changes:
            if changes := changing.changes_by(call.key):
                situation.note("records changed", {"act": operation.name, "call": call.pk, "changes": changes})
            acting.note_receipt(situation, task, _receipt(situation, operation, call), waited["place"], waited["key"])
        case Call.Status.ANSWERED:
            _take_answer(situation, task, operation, call)
        case Call.Status.NOT_FOUND if not operation.changes and _try_next(task, operation):
            return
        case Call.Status.NOT_FOUND if not operation.changes:
            _not_found(situation, task, operation)
        case Call.Status.REFUSED if operation.changes:
            counting.release(waited["key"])
            acting.shop_refused(situation, task, Refusal(operation.name, call.reason, _answered(situation, task)))
        case Call.Status.REFUSED:
            situation.say(call.reason, **fields_of(situation, task))
            acting.close_refused(situation, task)
        case _:
            _away(situation, operation, call)


def _answered(situation: Situation, task: Task) -> dict[str, Any]:
    return {name: value for name, value in found.shown_of(situation, task).items() if isinstance(value, str)}


def _read(situation: Situation, operation: Operation, call: Call) -> Answer:
    today = situation.at.astimezone(situation.zone).date()
    return read_answer(operation, parse(call.answer), situation.pack.company.currency, today)


def _receipt(situation: Situation, operation: Operation, call: Call) -> Receipt:
    """The system's own number for it when it gives one as "receipt", else the number of the call."""
    details = dict(_read(situation, operation, call).fields) if call.answer else {}
    number = str(details.pop("receipt", "") or call.pk)
    return Receipt(operation.name, number, situation.at, details=details)


def _take_answer(situation: Situation, task: Task, operation: Operation, call: Call) -> None:
    answer = _read(situation, operation, call)
    if not all(_same(answer.fields.get(field), task.slots.get(slot)) for field, slot in operation.same.items()):
        if _try_next(task, operation):
            return
        _not_found(situation, task, operation)  # the same words as for what does not exist
        return
    values, _ = found.values_for(situation, task, operation)
    task.found[operation.name] = dict(answer.fields)
    task.looked[operation.name] = fingerprint(values)
    task.read_at[operation.name] = situation.at
    for source, entries in answer.lists.items():
        task.lists[source] = [{"value": one.value, "label": one.label, "fields": dict(one.fields)} for one in entries]


def _try_next(task: Task, operation: Operation) -> bool:
    """Go on to the next entry of the list that is tried through; False when there is none, and it starts anew."""
    for argument in operation.arguments:
        if argument.each and found.entry_in_turn(task, operation, argument, ahead=1) is not None:
            task.tries[found.turn_of(operation)] = task.tries.get(found.turn_of(operation), 0) + 1
            return True
    task.tries.pop(found.turn_of(operation), None)
    return False


def _same(record: Any, said: Any) -> bool:
    """Whether what was said proves to be what stands on record; what has no letter and no digit proves nothing."""

    def plain(value: Any) -> str:
        return "".join(char for char in str(value).casefold() if char.isalnum())

    if record is None or said is None:
        return False
    if str(said).startswith("+") and str(record)[:1] != "+":  # a telephone number as it is dialled at home
        digits = plain(record).lstrip("0")
        return (
            len(digits) >= SHORTEST_NUMBER
            and plain(said)[-len(digits) :] == digits
            and len(plain(said)) - len(digits) <= LONGEST_COUNTRY_CODE
        )
    return plain(record) == plain(said) != ""


def _not_found(situation: Situation, task: Task, operation: Operation) -> None:
    """Say that nothing was found and ask again what it was looked up by; at the second time a person looks."""
    shown = fields_of(situation, task)
    procedure = situation.procedure(task)
    asked = {step.slot for step in questions_of(procedure)} if procedure else set()
    tried = f"not found: {operation.name}"
    task.tries[tried] = task.tries.get(tried, 0) + 1
    situation.say(tried, **shown)
    by = (*(argument.name for argument in operation.arguments), *operation.same.values())
    again = [name for name in by if name in asked]
    for name in {*again, *operation.same.values()}:
        value = task.slots.pop(name, None)
        for kind in [kind for kind, claimed in situation.dialogue.claims.items() if claimed == value]:
            situation.dialogue.claims.pop(kind)
    task.words.clear()
    if task.tries[tried] >= MOST_TRIES or not again:
        asking.needs_person(situation, f"{operation.name!r} found nothing by what the customer said")


def _away(situation: Situation, operation: Operation, call: Call) -> None:
    """What the customer hears, and who takes over, when a system fails or nobody knows whether it did its part."""
    connection = situation.pack.connections.of(operation)
    words = connection.away.get(situation.language) or next(iter(connection.away.values()), "")
    if words:
        situation.say("", text=words)
    else:
        situation.say("something broke")
    because = f"{operation.name!r} in {connection.name!r} failed: {call.reason}"
    if call.status == Call.Status.UNSURE:
        because = (
            f"{operation.name!r} in {connection.name!r} may have been done; look before repeating it: {call.reason}"
        )
    asking.needs_person(situation, because, team=connection.team, urgent=call.status == Call.Status.UNSURE)
