"""Reads a system's answer into the typed fields that its pack declares. Pure; what does not fit is a broken thing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from courtesy.foundation.money import Money
from courtesy.pack.connections import Field, Operation
from courtesy.pack.pages.conditions import parse_written

MOST_ENTRIES = 100
LONGEST_TEXT = 2_000
_SHOWN = re.compile(r"\{([^{}\n]{1,60})\}")


class UnfitAnswer(ValueError):
    """The answer is not what the pack declares. The message names the field, never what stood in it."""


class NothingThere(Exception):
    """The path ends before a value: the key is missing, or null."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: what it is chosen by, how it is shown, and its own fields."""

    value: str
    label: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """Fields by name (str, Decimal, Money, date), and the entries of each list by its source."""

    fields: Mapping[str, Any]
    lists: Mapping[str, tuple[Entry, ...]]


def parse(written: str | bytes) -> Any:
    """JSON with exact numbers; raises UnfitAnswer."""
    try:
        return json.loads(written, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UnfitAnswer("the answer is not JSON") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def read_answer(operation: Operation, answer: Any, currency: str, today: date) -> Answer:
    """Every declared field of the answer. A missing field that is not optional, or a wrong kind, is an UnfitAnswer."""
    lists = {}
    for choices in operation.choices:
        entries = at(answer, choices.path, missing=[])
        if not isinstance(entries, list):
            raise UnfitAnswer(f"'{choices.source}' is not a list")
        if len(entries) > MOST_ENTRIES:
            raise UnfitAnswer(f"'{choices.source}' has more than {MOST_ENTRIES} entries")
        read = []
        for entry in entries:
            fields = _fields(choices.fields, entry, currency, today)
            if not _kept(choices.where, fields):
                continue
            value = _word(at(entry, choices.value), choices.source)
            read.append(Entry(value, _label(choices.label, fields, value), fields))
        lists[choices.source] = tuple(read)
    return Answer(_fields(operation.fields, answer, currency, today), lists)


def _kept(where: Mapping[str, str], fields: Mapping[str, Any]) -> bool:
    """Whether an entry belongs to the list: every field that ``where`` names is, or is not, what it says."""
    for name, written in where.items():
        said = str(fields.get(name, "")).casefold()
        for comparator, values in parse_written(written):
            if (said in [value.casefold() for value in values]) != (comparator == "is"):
                return False
    return True


def at(answer: Any, path: Sequence[str], **default: Any) -> Any:
    """What stands at a path; raises NothingThere unless ``missing=`` gives a value for it."""
    try:
        return _at(answer, path)
    except NothingThere:
        if "missing" in default:
            return default["missing"]
        raise UnfitAnswer(f"the answer has nothing at '{'.'.join(path)}'") from None


def _at(answer: Any, path: Sequence[str]) -> Any:
    for key in path:
        if isinstance(answer, Mapping) and key in answer:
            answer = answer[key]
        elif isinstance(answer, list) and key.isdigit() and int(key) < len(answer):
            answer = answer[int(key)]
        else:
            raise NothingThere
    if answer is None:
        raise NothingThere
    return answer


def _fields(declared: Sequence[Field], answer: Any, currency: str, today: date) -> dict[str, Any]:
    found = {}
    for one in declared:
        try:
            raw = _at(answer, one.path)
        except NothingThere:
            if one.optional:
                continue
            raise UnfitAnswer(f"'{one.name}' is missing in the answer, at '{'.'.join(one.path)}'") from None
        found[one.name] = _typed(one, raw, currency, today)
    return found


def _typed(one: Field, raw: Any, currency: str, today: date) -> Any:
    match one.kind:
        case "number":
            return _number(raw, one.name)
        case "money":
            return Money(_number(raw, one.name), one.currency or currency)
        case "date":
            return _date(raw, one.name)
        case "days since":
            return Decimal((today - _date(raw, one.name)).days)
        case "days until":
            return Decimal((_date(raw, one.name) - today).days)
        case "yes or no":
            if not isinstance(raw, bool):
                raise UnfitAnswer(f"'{one.name}' is neither true nor false in the answer")
            return "yes" if raw else "no"
    return _one_of(one, _word(raw, one.name))


def _one_of(one: Field, word: str) -> str:
    if not one.values:
        return word
    found = next((value for value in one.values if value.casefold() == word.casefold()), None)
    if found is None:
        raise UnfitAnswer(f"'{one.name}' has a value in the answer that the connection does not declare")
    return found


def _word(raw: Any, name: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise UnfitAnswer(f"'{name}' is not a text in the answer")
    if len(str(raw)) > LONGEST_TEXT:
        raise UnfitAnswer(f"'{name}' is longer than {LONGEST_TEXT} characters")
    return str(raw).strip()


def _number(raw: Any, name: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise UnfitAnswer(f"'{name}' is not a number in the answer")
    try:
        number = Decimal(raw)
    except InvalidOperation:
        raise UnfitAnswer(f"'{name}' is not a number in the answer") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise UnfitAnswer(f"'{name}' is not a number in the answer that can be reckoned with")
    return number


def _date(raw: Any, name: str) -> date:
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        raise UnfitAnswer(f"'{name}' is not a date in the answer") from None


def _label(written: str, fields: Mapping[str, Any], value: str) -> str:
    if not written:
        return value
    return _SHOWN.sub(lambda found: str(fields.get(found[1], "")), written).strip()
