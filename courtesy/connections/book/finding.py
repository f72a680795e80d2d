"""Finding records by number, owner or fields, newest first, only the customer's own; a bill against the one before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from courtesy.connections.models import Record
from courtesy.connections.port import SystemAway
from courtesy.pack.connections import Connection, Operation
from courtesy.pack.record_values import holds, plain, same_text
from courtesy.pack.records import CUSTOMER, Book, Find, RecordKind, key_of

MOST_READ = 2_000


def find(connection: Connection, operation: Operation, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The answer of a look-up; no "records" in it when nothing is found."""
    book, find = connection.book, operation.find
    kind = book.kinds.get(find.record) if find else None
    if find is None or kind is None:
        raise SystemAway(f"'{operation.name}' finds no kind of record", permanent=True, sent=False)
    shown = {path[-1] for path in (field.path for field in operation.fields if field.name in operation.same)}
    hits = matching(book, kind, find, plain(values), at)
    if not hits and not find.or_none:
        return {}
    answer = as_json(book, hits[0], shown) if hits else {}
    answer["records"] = [as_json(book, one, shown) for one in hits[: find.latest]]
    answer["found"] = len(hits)
    answer["totals"] = _totals(kind, hits)
    if find.compare and hits:
        answer |= _compared(book, kind, find, hits[0])
    return answer


def matching(book: Book, kind: RecordKind, find: Find, values: Mapping[str, Any], at: datetime) -> list[Record]:
    """Records of a kind that fit, newest first. What belongs to customers is found only for one of them."""
    wanted = dict(values)
    rows = Record.objects.filter(kind=kind.name)
    customer = str(wanted.pop(CUSTOMER, "") or "")
    if book.whose(kind.name) == CUSTOMER:
        if not customer:
            raise SystemAway(f"'{kind.name}' is looked up for no customer", permanent=True, sent=False)
        rows = rows.filter(customer=customer)
    if "number" in wanted:
        rows = rows.filter(number=str(wanted.pop("number")))
    for owner in ("of", kind.of):
        if owner in wanted:
            rows = rows.filter(owner__kind=kind.of, owner__number=str(wanted.pop(owner)))
    if kind.found_by in wanted:
        rows = rows.filter(found_by=same_text(wanted.pop(kind.found_by)))
    if find.within:
        rows = rows.filter(dated__gte=at.date() - timedelta(days=find.within))
    conditions = {**find.where, **{name: "{" + name + "}" for name in wanted}}
    ordered = rows.select_related("owner__owner").order_by("-dated", "-pk")[:MOST_READ]
    return [one for one in ordered if fits(kind, one, conditions, lambda name: wanted.get(name, ""))]


def fits(kind: RecordKind, record: Record, conditions: Mapping[str, str], value_of: Any) -> bool:
    return all(
        holds(written, value_in(record, name), _kind_of(kind, name), value_of) for name, written in conditions.items()
    )


def value_in(record: Record, name: str) -> Any:
    return record.state if name == "state" else record.number if name == "number" else record.fields.get(name)


def _kind_of(kind: RecordKind, name: str) -> str:
    field = kind.field(name)
    return field.kind if field else "text"


def as_json(book: Book, record: Record, shown: Collection[str] = ()) -> dict[str, Any]:
    """A record as it stands in an answer, with those it belongs to. Private fields stay in the book, except those that
    the look-up only compares (``shown``)."""
    kind = book.kinds.get(record.kind)
    fields = {
        key_of(name): value
        for name, value in record.fields.items()
        if key_of(name) in shown or not (kind and (field := kind.field(name)) and field.private)
    }
    own = {"number": record.number, "state": record.state, "dated": record.dated.isoformat()}
    owner = {key_of(record.owner.kind): as_json(book, record.owner)} if record.owner is not None else {}
    return {**owner, **fields, **own}


def _totals(kind: RecordKind, records: list[Record]) -> dict[str, str]:
    """The sum of each number and amount over everything that was found."""
    return {
        key_of(field.name): str(sum((_amount(one, field.name) for one in records), Decimal(0)))
        for field in kind.fields
        if field.kind in ("number", "money") and not field.private
    }


def _amount(record: Record, name: str) -> Decimal:
    return Decimal(str(record.fields.get(name) or 0))


# --- one bill against the one before ----------------------------------------------------------------


def _compared(book: Book, kind: RecordKind, find: Find, now: Record) -> dict[str, Any]:
    """What changed since the record before it, line by line, exact to the cent; "unexplained" is what the lines do not
    account for."""
    beside = Record.objects.filter(kind=kind.name, customer=now.customer, owner=now.owner)
    before = beside.filter(dated__lt=now.dated).order_by("-dated", "-pk").first()
    lines = _lines(find, now)
    answer: dict[str, Any] = {"lines": [as_json(book, line) for line in lines]}
    if before is None:
        return answer
    changes = [one for one in _changes(book, find, lines, _lines(find, before)) if one["change"] != "same"]
    changes.sort(key=lambda one: -abs(Decimal(one["difference"])))
    difference = _amount(now, find.total) - _amount(before, find.total)
    explained = sum((Decimal(one["difference"]) for one in changes), Decimal(0))
    direction = "higher" if difference > 0 else "lower" if difference < 0 else "same"
    return answer | {
        "before": as_json(book, before),
        "changes": changes,
        "difference": str(difference),
        "distance": str(abs(difference)),
        "direction": direction,
        "unexplained": str(difference - explained),
    }


def _lines(find: Find, record: Record) -> list[Record]:
    return list(Record.objects.filter(owner=record, kind=find.compare).select_related("owner").order_by("pk"))


def _changes(book: Book, find: Find, now: list[Record], before: list[Record]) -> list[dict[str, Any]]:
    """One entry for each thing that is billed; several lines of one thing count together."""
    named = dict.fromkeys(str(line.fields.get(find.by, "")) for line in (*now, *before))
    kind = book.kinds[find.compare]
    numbers = [one.name for one in kind.fields if one.kind in ("number", "money") and not one.private]
    made = []
    for name in named:
        of_now = [line for line in now if str(line.fields.get(find.by, "")) == name]
        of_before = [line for line in before if str(line.fields.get(find.by, "")) == name]
        one: dict[str, Any] = as_json(book, (of_now or of_before)[0])
        for field in numbers:
            one[f"{key_of(field)}_now"] = str(sum((_amount(line, field) for line in of_now), Decimal(0)))
            one[f"{key_of(field)}_before"] = str(sum((_amount(line, field) for line in of_before), Decimal(0)))
        amount = key_of(find.amount)
        difference = Decimal(one[f"{amount}_now"]) - Decimal(one[f"{amount}_before"])
        one["difference"] = str(difference)
        one["distance"] = str(abs(difference))
        one["change"] = _change(of_now, of_before, difference)
        made.append(one)
    return made


def _change(now: list[Record], before: list[Record], difference: Decimal) -> str:
    if now and before:
        return "higher" if difference > 0 else "lower" if difference < 0 else "same"
    return "new" if now else "gone"
