"""The book in and out as CSV, a file for each kind of record: good rows load, bad ones are told; safe to run twice."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from courtesy.connections.book.changing import found_by, note_version
from courtesy.connections.models import Record
from courtesy.pack.record_values import kept
from courtesy.pack.records import CUSTOMER, Book, RecordField, RecordKind

BATCH = 500
Rows = Iterable[tuple[int, Mapping[str, str] | str]]  # line, and the cells by column or why it cannot be read


@dataclass
class Taken:
    """What an import did with the rows of one file. ``problems``: line and reason of what was left out."""

    file: str
    new: int = 0
    changed: int = 0
    same: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def file_of(kind: RecordKind) -> str:
    return f"{kind.name.replace(' ', '_')}.csv"


def columns_of(book: Book, kind: RecordKind) -> tuple[str, ...]:
    """The columns of a kind's file: its number, whose it is, its state, then its fields."""
    owner = CUSTOMER if kind.of == CUSTOMER else kind.of if kind.of in book.kinds else ""
    return ("number", *([owner] if owner else []), "state", *(one.name for one in kind.fields))


def import_records(
    book: Book, folder: Path, *, at: datetime, customers: frozenset[str] | None = None, key: str = ""
) -> list[Taken]:
    """Load every file of ``folder`` that a kind of record has, owners first. ``customers``: the known ids, None when
    they are not looked at. Raises FileNotFoundError when there is none."""
    found = [(kind, folder / file_of(kind)) for kind in book.in_order() if (folder / file_of(kind)).is_file()]
    if not found:
        names = ", ".join(file_of(kind) for kind in book.in_order())
        raise FileNotFoundError(f"{folder} holds none of {names or 'the files of records; the pack declares none'}")
    return [
        take(book, kind, read_rows(path, columns_of(book, kind)), at=at, customers=customers, key=key)
        for kind, path in found
    ]


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            header = [name.strip() for name in next(reader, [])]
            if wrong := wrong_header(header, columns):
                yield 1, wrong
                return
            for cells in reader:
                line = reader.line_num
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    yield line, f"the row has {len(cells)} cells, the header {len(header)}"
                    continue
                yield line, dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except UnicodeDecodeError:
        yield 1, "the file is not UTF-8; save it as CSV UTF-8"
    except csv.Error as error:
        yield line, f"the row cannot be read: {error}"


def wrong_header(header: list[str], columns: tuple[str, ...]) -> str:
    if not header:
        return "the file is empty; its first line names the columns"
    if unknown := [name for name in header if name not in columns]:
        return f"there is no column '{unknown[0]}'; there are: {', '.join(columns)}"
    if len(set(header)) != len(header):
        return "a column is there twice"
    return "" if "number" in header else "the column 'number' is missing"


def take(
    book: Book,
    kind: RecordKind,
    rows: Rows,
    *,
    at: datetime,
    customers: frozenset[str] | None = None,
    today: date | None = None,
    key: str = "",
) -> Taken:
    """Take the rows of one kind, in batches. ``today`` lets dates be written as "today - 5 days" (samples)."""
    loading = _Loading(book, kind, at, customers, today, key or f"import:{at.isoformat()}")
    for number, one in enumerate(rows):
        if number % BATCH == 0:
            loading.flush()
        loading.row(*one)
    loading.flush()
    return loading.taken


class _Loading:
    """Takes the rows of one file; what is the same as before stays untouched."""

    def __init__(
        self,
        book: Book,
        kind: RecordKind,
        at: datetime,
        customers: frozenset[str] | None,
        today: date | None,
        key: str,
    ) -> None:
        self.book, self.kind, self.at, self.customers, self.today, self.key = book, kind, at, customers, today, key
        self.taken = Taken(file_of(kind))
        self.seen: dict[str, int] = {}
        self.waiting: list[tuple[int, str, Mapping[str, str]]] = []

    def row(self, line: int, cells: Mapping[str, str] | str) -> None:
        if isinstance(cells, str):
            self.taken.problems.append((line, cells))
            return
        number = cells.get("number", "")
        if not number or len(number) > 60:
            self.taken.problems.append((line, "number: is empty" if not number else "number: is too long"))
        elif number in self.seen:
            self.taken.problems.append((line, f"number '{number}' stands on line {self.seen[number]} already"))
        else:
            self.seen[number] = line
            self.waiting.append((line, number, cells))

    def flush(self) -> None:
        with transaction.atomic():
            numbers = [number for _, number, _ in self.waiting]
            rows = Record.objects.select_for_update(of=("self",)).select_related("owner")
            there = {one.number: one for one in rows.filter(kind=self.kind.name, number__in=numbers)}
            owners = self._owners()
            for line, number, cells in self.waiting:
                try:
                    self._save(there.get(number), number, cells, owners)
                except ValueError as error:
                    self.taken.problems.append((line, str(error)))
        self.waiting = []

    def _owners(self) -> dict[str, Record]:
        if self.kind.of not in self.book.kinds:
            return {}
        numbers = {cells.get(self.kind.of, "") for _, _, cells in self.waiting}
        return {one.number: one for one in Record.objects.filter(kind=self.kind.of, number__in=numbers)}

    def _save(self, old: Record | None, number: str, cells: Mapping[str, str], owners: dict[str, Record]) -> None:
        customer, owner = self._whose(cells, owners)
        fields = self._fields(cells)
        state = cells.get("state") or self.kind.states[0]
        if state not in self.kind.states:
            raise ValueError(f"state: '{state}' must be one of: {', '.join(self.kind.states)}")
        dated = date.fromisoformat(fields[self.kind.dated]) if fields.get(self.kind.dated) else self.at.date()
        if old is None:
            made = Record(kind=self.kind.name, number=number, customer=customer, owner=owner, state=state)
            made.fields, made.found_by, made.dated = fields, found_by(self.kind, fields), dated
            made.save()
            note_version(made, self.key, self.at)
            self.taken.new += 1
            return
        if (old.customer, old.owner_id) != (customer, owner.pk if owner else None):
            raise ValueError(f"'{number}' belongs to somebody else here; a record does not change hands")
        if (old.state, old.fields) == (state, fields):
            self.taken.same += 1
            return
        old.state, old.fields, old.found_by, old.version = state, fields, found_by(self.kind, fields), old.version + 1
        old.dated = dated if self.kind.dated else old.dated
        old.save()
        note_version(old, self.key, self.at)
        self.taken.changed += 1

    def _whose(self, cells: Mapping[str, str], owners: dict[str, Record]) -> tuple[str, Record | None]:
        if self.kind.of in self.book.kinds:
            owner = owners.get(cells.get(self.kind.of, ""))
            if owner is None:
                raise ValueError(f"{self.kind.of}: there is no '{cells.get(self.kind.of, '')}'")
            return owner.customer, owner
        if self.kind.of != CUSTOMER:
            return "", None
        customer = cells.get(CUSTOMER, "")
        if not customer or (self.customers is not None and customer not in self.customers):
            raise ValueError(f"customer: there is no '{customer}'")
        return customer, None

    def _fields(self, cells: Mapping[str, str]) -> dict[str, Any]:
        found = {}
        for one in self.kind.fields:
            cell = cells.get(one.name, "")
            if not cell:
                if one.needed:
                    raise ValueError(f"{one.name}: is empty")
                continue
            found[one.name] = _kept(one, cell, self.today)
        return found


def _kept(one: RecordField, cell: str, today: date | None) -> Any:
    try:
        return kept(one, cell, today)
    except ValueError as error:
        raise ValueError(f"{one.name}: {error}") from None


def export_records(book: Book, folder: Path) -> dict[str, int]:
    """Write a file for each kind; what is written can be imported again and changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for kind in book.in_order():
        with (folder / file_of(kind)).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            columns = columns_of(book, kind)
            writer.writerow(columns)
            rows = Record.objects.filter(kind=kind.name).select_related("owner").order_by("pk")
            count = 0
            for record in rows.iterator(chunk_size=BATCH):
                writer.writerow(_cells(record, columns))
                count += 1
        written[file_of(kind)] = count
    return written


def _cells(record: Record, columns: tuple[str, ...]) -> list[str]:
    own = {"number": record.number, "state": record.state, CUSTOMER: record.customer}
    if record.owner is not None:
        own = {**own, record.owner.kind: record.owner.number}
    return [_cell(own[name] if name in own else record.fields.get(name)) for name in columns]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
