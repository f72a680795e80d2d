"""Counting entities: those marked by hand against those found, by place and by value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from time import process_time
from typing import Any

from courtesy.foundation.money import Money
from courtesy.language.entities.finding import find_entities
from courtesy.language.text import hear
from courtesy.language.understanding import Context, Duration, Entity, Period


@dataclass(frozen=True, slots=True)
class Marked:
    """An entity marked by hand; ``value`` in its normal form as text, "" where none was given."""

    kind: str
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with its marked entities; ``reference`` is the ISO day, or day and time, on which it was written."""

    text: str
    language: str
    reference: str
    entities: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """``f1``: exact places; ``value_f1``: the right value at a place that overlaps. None where nothing was marked."""

    marked: int
    found: int
    precision: float | None
    recall: float | None
    f1: float | None
    value_f1: float | None
    value_accuracy: float | None  # of the entities whose place was found


def canonical(value: Any) -> str:
    """The normal form of a value as text: dates and times in ISO 8601, money as "12.50 EUR"."""
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    if isinstance(value, Period):
        return f"{value.first or ''}/{value.last or ''}"
    if isinstance(value, Duration):
        least, most = (f"{number.normalize():f}" for number in (value.least, value.most))
        return f"{least} {value.unit}" if least == most else f"{least}-{most} {value.unit}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    return str(value).casefold()


def measure(
    rows: Sequence[Labelled], roles: frozenset[str], pattern: str, country: str, currency: str
) -> dict[str, Any]:
    """All figures. ``roles``: kinds of which the file marks what they begin or end; kinds nobody marked do not "
    "count."""
    kinds = {marked.kind for row in rows for marked in row.entities}
    gold: list[tuple[Marked, ...]] = []
    found: list[list[Marked]] = []
    seconds = 0.0
    for row in rows:
        day, _, clock = row.reference.partition("T")
        context = Context(
            languages=(row.language or "en",), order_number_pattern=pattern, country=country, currency=currency,
            today=day, now=clock,
        )  # fmt: skip
        started = process_time()
        entities = find_entities(hear(row.text), context)
        seconds += process_time() - started
        gold.append(row.entities)
        found.append([one for entity in entities if (one := _marked(entity, roles)).kind in kinds])
    apart = {kind: _counts(gold, found, kind.__eq__) for kind in sorted(kinds)}
    return {
        "messages": len(rows),
        "overall": _counts(gold, found, lambda _: True),
        "roles_aside": _counts(
            [tuple(_without_role(one, roles) for one in row) for row in gold],
            [[_without_role(one, roles) for one in row] for row in found],
            lambda _: True,
        ),
        "kinds": apart,
        "microseconds_per_message": seconds * 1e6 / max(1, len(rows)),
    }


def _marked(entity: Entity, roles: frozenset[str]) -> Marked:
    kind = f"{entity.kind} {entity.role}" if entity.role and entity.kind in roles else entity.kind
    return Marked(kind, *entity.span, canonical(entity.value))


def _without_role(one: Marked, roles: frozenset[str]) -> Marked:
    for kind in roles:
        if one.kind.startswith(kind + " "):
            return Marked(kind, one.start, one.end, one.value)
    return one


def _counts(
    gold: Sequence[Sequence[Marked]], found: Sequence[Sequence[Marked]], chosen: Callable[[str], bool]
) -> Counts:
    marked = predicted = exact = valued = near = given = 0
    for wanted, had in zip(gold, found, strict=True):
        wanted = [one for one in wanted if chosen(one.kind)]
        left = [one for one in had if chosen(one.kind)]
        marked += len(wanted)
        predicted += len(left)
        places: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        for one in left:
            places[one.kind, one.start, one.end] += 1
        for one in wanted:
            if places[one.kind, one.start, one.end]:
                places[one.kind, one.start, one.end] -= 1
                exact += 1
            match = _nearest(one, left)
            if match is not None:
                left.remove(match)
                near += 1
                given += bool(one.value)
                valued += bool(one.value) and same(one.value, match.value)
    return Counts(
        marked, predicted, _share(exact, predicted), _share(exact, marked), _f1(exact, marked, predicted),
        _f1(valued, marked, predicted) if given else None, _share(valued, given),
    )  # fmt: skip


def _nearest(one: Marked, left: Sequence[Marked]) -> Marked | None:
    """The found entity of the same kind that overlaps most."""
    near = [(min(one.end, other.end) - max(one.start, other.start), other) for other in left if other.kind == one.kind]
    best = max(near, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def same(wanted: str, given: str) -> bool:
    """Whether two normal forms say the same; an amount without a currency is compared by its figures alone."""
    if wanted.casefold() == given.casefold():
        return True
    try:
        amount, _, currency = given.partition(" ")
        return " " not in wanted and bool(currency) and float(wanted) == float(amount)
    except ValueError:
        return False


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(right: int, marked: int, found: int) -> float | None:
    return 2 * right / (marked + found) if marked + found else None
