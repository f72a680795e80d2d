"""What a company's own systems told about a task: fields, lists to choose from, and the facts that rules may ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from courtesy.foundation.money import Money
from courtesy.language.understanding import Choice
from courtesy.pack.connections import Argument, Operation
from courtesy.pack.model import Procedure
from courtesy.representative.memory import Task
from courtesy.representative.procedures import fingerprint, questions_of
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill, phrase_of

MOST_EACH = 20  # entries of a list that are tried one after another
FRESH = timedelta(minutes=2)  # older records are read again before anything is done on their strength


def known_of(task: Task, procedure: Procedure | None) -> dict[str, Any]:
    """Every field known now: those of answers, and those of the entries that were chosen from lists."""
    known: dict[str, Any] = {source: Decimal(len(entries)) for source, entries in task.lists.items()}
    known |= {name: value for fields in task.found.values() for name, value in fields.items()}
    for step in questions_of(procedure) if procedure else ():
        if entry := _entry(task, step.source, task.slots.get(step.slot)):
            known |= entry["fields"]
    return known


def _entry(task: Task, source: str | None, value: Any) -> Mapping[str, Any] | None:
    return next((one for one in task.lists.get(source or "", ()) if one["value"] == value), None)


def choices_of(situation: Situation, task: Task, source: str) -> tuple[Choice, ...]:
    """The entries of a list, as choices; a word that only one of them has is another name for it."""
    entries = task.lists.get(source, ())
    words = [
        tuple(part for part in worded(situation, one["fields"]).values() if isinstance(part, str)) for one in entries
    ]
    counted = Counter(part for parts in words for part in dict.fromkeys(parts))
    made = []
    for one, parts in zip(entries, words, strict=True):
        label = entry_text(situation, source, one)
        own = (part for part in parts if counted[part] == 1)
        made.append(Choice(one["value"], label, tuple(dict.fromkeys((label, one["label"], one["value"], *own)))))
    return tuple(made)


def entry_text(situation: Situation, source: str, entry: Mapping[str, Any]) -> str:
    """An entry of a list as the customer reads it: by the phrase "each: SOURCE", else by its label."""
    phrase = phrase_of(situation.pack, situation.language, f"each: {source}")
    written = fill(phrase, worded(situation, entry["fields"]), situation.language) if phrase else ""
    return written or str(entry["label"])


def worded(situation: Situation, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields whose words the pack has a phrase for ("choice: blocked"), in the customer's language."""
    return {
        name: (phrase_of(situation.pack, situation.language, f"choice: {value}") or value)
        if isinstance(value, str)
        else value
        for name, value in fields.items()
    }


def shown_of(situation: Situation, task: Task) -> dict[str, Any]:
    """Fields for phrases; a choice from a list is shown by its label."""
    procedure = situation.procedure(task)
    shown = worded(situation, known_of(task, procedure))
    for source, entries in task.lists.items():
        shown[source] = "\n".join(f"• {entry_text(situation, source, one)}" for one in entries)
    for step in questions_of(procedure) if procedure else ():
        if entry := _entry(task, step.source, task.slots.get(step.slot)):
            shown[step.slot] = entry_text(situation, step.source or "", entry)
    return shown


def facts_for(situation: Situation, task: Task, act: str) -> dict[str, Any]:
    """Facts beside the built-in ones: what records show, and the numbers and amounts that the act would carry."""
    declared = situation.pack.vocabulary.facts
    facts = {name: value for name, value in known_of(task, situation.procedure(task)).items() if name in declared}
    operation = situation.pack.connections.operation(act)
    for argument in operation.arguments if operation else ():
        value = value_of(situation, task, argument.name)
        if argument.kind == "number" and isinstance(value, int | Decimal):
            facts[argument.name] = Decimal(value)
        elif argument.kind == "money" and isinstance(value, Money):
            facts[argument.name] = value
    return facts


def value_of(situation: Situation, task: Task, name: str) -> Any:
    """A value to be sent: from a record before what was said; the customer's number and address only when proven."""
    known = known_of(task, situation.procedure(task))
    if name in known:
        return known[name]
    if name == "customer":
        return situation.dialogue.shop_customer if situation.knows_person else None
    return task.slots.get(name) or task.looked.get(name)


def values_for(situation: Situation, task: Task, operation: Operation) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is sent, by the names of the system, and what is needed but not known or of another kind."""
    values: dict[str, Any] = {}
    missing = []
    for argument in operation.arguments:
        if argument.each:
            entry = entry_in_turn(task, operation, argument)
            value = entry["value"] if entry else None
        else:
            value = value_of(situation, task, argument.name)
        if argument.kind == "yes or no" and value in ("yes", "no"):
            value = value == "yes"
        if value not in (None, "", [], {}) and _fits(argument.kind, value):
            values[argument.to] = written_as(argument.written, value) if argument.written else value
        elif argument.needed:
            missing.append(argument.name)
    return values, tuple(missing)


def entry_in_turn(task: Task, operation: Operation, argument: Argument, *, ahead: int = 0) -> Mapping[str, Any] | None:
    """The entry of a list that is tried now, or the one ``ahead`` of it; None when all were tried."""
    place = task.tries.get(turn_of(operation), 0) + ahead
    entries = task.lists.get(argument.each, [])[:MOST_EACH]
    return entries[place] if place < len(entries) else None


def turn_of(operation: Operation) -> str:
    return f"each: {operation.name}"


def written_as(shape: str, value: Any) -> str:
    """The digits of a value in the shape that a system wants: "+15550101234" as "###-###-####" is 555-010-1234."""
    digits = [sign for sign in str(value) if sign.isdigit()]
    wanted = shape.count("#")
    if len(digits) < wanted:
        return str(value)
    last = iter(digits[len(digits) - wanted :])
    return "".join(next(last) if sign == "#" else sign for sign in shape)


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "number":
            return isinstance(value, int | Decimal) and not isinstance(value, bool)
        case "money":
            return isinstance(value, Money)
        case "yes or no":
            return isinstance(value, bool)
    return not isinstance(value, dict | list)


def forget_changed(situation: Situation, task: Task) -> None:
    """A look-up counts only for what it was asked with: after a correction it is asked anew."""
    if task.acted and not task.at:
        return
    for name in list(task.found):
        if name not in task.looked:  # it is about to be read again
            continue
        operation = situation.pack.connections.operation(name)
        if operation is None or fingerprint(values_for(situation, task, operation)[0]) != task.looked.get(name):
            forget(task, name, operation)


def forget_old(situation: Situation, task: Task) -> bool:
    """Before something is done: whether records are too old to rest on, so that they are read again first."""
    if task.acted and not task.at:  # a procedure's own deed is not the reason to look again
        return False
    old = [name for name, at in task.read_at.items() if situation.at - at > FRESH and name in task.looked]
    for name in old:
        task.looked.pop(name)
    return bool(old)


def forget(task: Task, name: str, operation: Operation | None) -> None:
    task.found.pop(name, None)
    task.looked.pop(name, None)
    if operation is not None:
        task.tries.pop(turn_of(operation), None)
    for choices in operation.choices if operation else ():
        task.lists.pop(choices.source, None)
