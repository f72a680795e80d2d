"""Changing records: all effects of an act together or none, once for each key, each as a version that stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from courtesy.connections.book.finding import as_json, fits, value_in
from courtesy.connections.models import BookDeed, Record, RecordVersion
from courtesy.connections.port import SystemAway, Told
from courtesy.pack.connections import Connection, Operation
from courtesy.pack.record_values import filled, kept, plain, relative_day, same_text
from courtesy.pack.records import CUSTOMER, Book, Effect, RecordKind, key_of

Values = Mapping[str, Any]


class _Refused(Exception):
    """An effect's condition does not hold; nothing of the act is done."""


class _NotThere(Exception):
    """The record to be changed does not exist, or is somebody else's: the same answer."""


def change(connection: Connection, operation: Operation, values: Values, key: str, at: datetime) -> Told:
    """Carry out an act. The same key gives the same answer and changes nothing again."""
    with transaction.atomic():
        deed, new = BookDeed.objects.get_or_create(key=key, defaults={"operation": operation.name, "at": at})
        if new:
            try:
                with transaction.atomic():
                    deed.answer = json.dumps(_Act(connection.book, plain(values), key, at).run(operation))
            except _Refused as refused:
                deed.refused = str(refused)
            except _NotThere:
                deed.found = False
            except ValueError as error:
                raise SystemAway(
                    f"'{operation.name}' does not fit the record: {error}", permanent=True, sent=False
                ) from error
            deed.save()
    return Told(deed.answer or "{}", refused=deed.refused, found=deed.found)


class _Act:
    def __init__(self, book: Book, values: Values, key: str, at: datetime) -> None:
        self.book, self.values, self.key, self.at = book, values, key, at
        self.touched: dict[str, Record] = {}
        self.made: Record | None = None

    def run(self, operation: Operation) -> dict[str, Any]:
        for place, effect in enumerate(operation.effects):
            kind = self.book.kinds.get(effect.record)
            if kind is None:
                raise ValueError(f"there is no kind of record '{effect.record}'")
            record = self._create(kind, effect, place) if effect.does == "create" else self._change(kind, effect)
            self.touched[kind.name] = record
        shown = self.made or next(iter(self.touched.values()))
        by_kind = {key_of(name): as_json(self.book, record) for name, record in self.touched.items()}
        receipt = {"receipt": self.made.number} if self.made else {}
        return {**as_json(self.book, shown), **by_kind, **receipt}

    # --- one effect ---

    def _change(self, kind: RecordKind, effect: Effect) -> Record:
        record = self._locked(kind, self._number(effect.number or kind.name))
        if not fits(kind, record, effect.when, self.value):
            raise _Refused(effect.otherwise)
        version = record.version
        self._set(kind, effect, record)
        self._reckon(kind, effect, record)
        record.version = version + 1
        changed = Record.objects.filter(pk=record.pk, version=version).update(
            state=record.state, fields=record.fields, version=record.version, found_by=found_by(kind, record.fields)
        )
        if not changed:
            raise SystemAway("the record was changed meanwhile", permanent=False, sent=False)
        self._keep(record)
        return record

    def _create(self, kind: RecordKind, effect: Effect, place: int) -> Record:
        customer = str(self.values.get(CUSTOMER) or "")
        owner = self._owner(kind, effect)
        if self.book.whose(kind.name) == CUSTOMER and not customer:
            raise ValueError("it is made for no customer")
        record = Record(kind=kind.name, customer=customer, owner=owner, state=kind.states[0], dated=self.at.date())
        self._set(kind, effect, record)
        missing = [one.name for one in kind.fields if one.needed and one.name not in record.fields]
        if missing:
            raise ValueError(f"'{missing[0]}' of the new {kind.name} is not known")
        record.number = free_number(kind, f"{self.key}:{place}")
        record.found_by = found_by(kind, record.fields)
        if kind.dated and record.fields.get(kind.dated):
            record.dated = record.fields[kind.dated]
        record.save()
        record.refresh_from_db()
        self._keep(record)
        self.made = record
        return record

    def _owner(self, kind: RecordKind, effect: Effect) -> Record | None:
        if kind.of not in self.book.kinds:
            return None
        if not effect.of and kind.of in self.touched:
            return self.touched[kind.of]
        return self._locked(self.book.kinds[kind.of], self._number(effect.of or kind.of))

    def _locked(self, kind: RecordKind, number: str) -> Record:
        rows = Record.objects.select_for_update(of=("self",)).select_related("owner__owner")
        record = rows.filter(kind=kind.name, number=number).first()
        if record is None or (self.book.whose(kind.name) == CUSTOMER and record.customer != self._customer()):
            raise _NotThere
        return record

    def _customer(self) -> str:
        return str(self.values.get(CUSTOMER) or "\0")  # nobody's record is the record of nobody

    def _number(self, written: str) -> str:
        """The number of a record: an argument, or a reference such as "transaction.account"."""
        return str(self.value(written))

    # --- values ---

    def value(self, name: str) -> Any:
        """What a reference stands for: an argument, a field of a record touched before, or a day."""
        if name in self.values:
            return self.values[name]
        if (day := relative_day(name, self.at.date())) is not None:
            return day.isoformat()
        record: Record | None = self.touched.get(name)
        if record is not None:
            return record.number
        kind, _, field = name.rpartition(".")
        if (record := self.touched.get(kind)) is None:
            raise ValueError(f"'{name}' is not known")
        owner = record.owner
        while owner is not None and owner.kind != field:
            owner = owner.owner
        return owner.number if owner is not None else value_in(record, field)

    def _set(self, kind: RecordKind, effect: Effect, record: Record) -> None:
        fields = dict(record.fields)
        for name, written in effect.set.items():
            raw = filled(written, self.value)
            if name == "state":
                record.state = str(raw)
            elif field := kind.field(name):
                if raw in (None, "") and not field.needed:
                    fields.pop(name, None)
                else:
                    fields[name] = kept(field, raw)
            else:
                raise ValueError(f"a {kind.name} has no '{name}'")
        record.fields = fields

    def _reckon(self, kind: RecordKind, effect: Effect, record: Record) -> None:
        for sign, changes in ((1, effect.add), (-1, effect.subtract)):
            for name, written in changes.items():
                field = kind.field(name)
                if field is None:
                    raise ValueError(f"a {kind.name} has no '{name}'")
                by = Decimal(str(filled(written, self.value)).split()[0])
                now = Decimal(str(record.fields.get(name) or 0)) + sign * by
                record.fields = {**record.fields, name: kept(field, now)}

    def _keep(self, record: Record) -> None:
        note_version(record, self.key, self.at)


def note_version(record: Record, key: str, at: datetime) -> None:
    RecordVersion.objects.create(
        record=record, version=record.version, state=record.state, fields=record.fields, key=key, at=at
    )


def found_by(kind: RecordKind, fields: Mapping[str, Any]) -> str:
    return same_text(fields.get(kind.found_by, "")) if kind.found_by else ""


def free_number(kind: RecordKind, key: str) -> str:
    """A number of the kind's pattern that is not taken, drawn from the deed's key: the same deed, the same number."""
    for turn in range(100):
        digits = iter(str(int(hashlib.sha256(f"{key}:{turn}".encode()).hexdigest(), 16)))
        number = "".join(next(digits) if char == "#" else char for char in kind.number)
        if not Record.objects.filter(kind=kind.name, number=number).exists():
            return number
    raise ValueError(f"no number of the pattern '{kind.number}' is free")


def changes_by(key: str) -> list[dict[str, Any]]:
    """What a deed changed, for the journal."""
    rows = RecordVersion.objects.filter(key=key).select_related("record").order_by("pk")
    return [
        {"record": row.record.kind, "number": row.record.number, "version": row.version, "state": row.state}
        for row in rows
    ]
