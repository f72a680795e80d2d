"""Record pages, and the ``find`` and ``effects`` by which a connection's look-ups and acts use the book."""

from __future__ import annotations

import re
from typing import Literal, cast

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.pages.forms import Form, Reader, Scalar
from courtesy.pack.records import (
    COLUMNS,
    CUSTOMER,
    RECORD_FIELD_KINDS,
    Effect,
    Find,
    RecordField,
    RecordFieldKind,
    RecordKind,
)

KEYS = ("record", "title", "number", "of", "states", "fields", "dated", "found by")
FIELD_KEYS = ("kind", "values", "optional", "private")
FIND_KEYS = ("record", "where", "latest", "within", "compare", "by", "amount", "total", "or none")
EFFECT_KEYS = ("change", "create", "number", "of", "when", "otherwise", "set", "add", "subtract")
MOST_FOUND = 100
_DAYS = re.compile(r"(\d{1,4})( days?)?")


def read_record(form: Form, default_language: str, mistakes: Mistakes) -> RecordKind | None:
    """One page of ``records/``."""
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a kind of record")
    name = reader.text("record", needed=True)
    if not name:
        return None
    number = reader.text("number", needed=True)
    if number.count("#") < 4:
        mistakes.error(form.at("number"), f"'{number}' has fewer than four '#'", "Write for example 'C-######'.")
    return RecordKind(
        name=name,
        title=reader.wording("title", default_language) or {default_language: name},
        number=number,
        of=reader.text("of", CUSTOMER),
        states=reader.texts("states") or ("open",),
        fields=_fields(reader, mistakes),
        dated=reader.text("dated"),
        found_by=reader.text("found by"),
        place=form.at("record"),
    )


def _fields(reader: Reader, mistakes: Mistakes) -> tuple[RecordField, ...]:
    form = reader.sub_form("fields")
    found = []
    for name in form or ():
        assert form is not None
        value = form.get(name)
        if name in COLUMNS or "_" in name or "." in name:
            mistakes.error(
                form.at(name), f"'{name}' cannot be the name of a field", "Take another, without '_' or '.'."
            )
        if isinstance(value, Scalar):
            kind = value.text or "text"
            if kind not in RECORD_FIELD_KINDS:
                known = ", ".join(RECORD_FIELD_KINDS)
                mistakes.error(value.place, f"'{kind}' is not a kind of field", f"Write one of {known}.")
                kind = "text"
            found.append(RecordField(name, cast(RecordFieldKind, kind)))
        elif isinstance(value, Form):
            one = Reader(value, mistakes)
            one.only(FIELD_KEYS, "a field of a record")
            kind = one.choice("kind", RECORD_FIELD_KINDS, "text")
            values = one.texts("values")
            found.append(
                RecordField(name, cast(RecordFieldKind, kind), values, not one.yes("optional"), one.yes("private"))
            )
        else:
            mistakes.error(form.at(name), f"'{name}' must be a kind or a form", "Write 'opened: date'.")
    return tuple(found)


def read_find(reader: Reader, mistakes: Mistakes) -> Find | None:
    """``find: card`` or ``find: {record: card, …}``; None when the operation does not look into the book."""
    value = reader.form.get("find")
    if value is None:
        return None
    if isinstance(value, Scalar):
        return Find(value.text)
    form = reader.sub_form("find")
    if form is None:
        return None
    one = Reader(form, mistakes)
    one.only(FIND_KEYS, "'find'")
    compare = one.text("compare")
    return Find(
        record=one.text("record", needed=True),
        where=one.mapping("where"),
        latest=_whole(one, "latest", 50, MOST_FOUND),
        within=_whole(one, "within", 0, 3660),
        compare=compare,
        by=one.text("by", needed=bool(compare)),
        amount=one.text("amount", needed=bool(compare)),
        total=one.text("total", needed=bool(compare)),
        or_none=one.yes("or none"),
    )


def _whole(reader: Reader, key: str, usual: int, most: int) -> int:
    written = reader.text(key)
    found = _DAYS.fullmatch(written) if written else None
    if found and 0 < int(found[1]) <= most:
        return int(found[1])
    if written:
        reader.mistakes.error(
            reader.form.at(key), f"'{written}' is not a number from 1 to {most}", f"Write '{key}: 30'."
        )
    return usual


def read_effects(reader: Reader, mistakes: Mistakes) -> tuple[Effect, ...]:
    found = []
    for item in reader.listing("effects"):
        if not isinstance(item, Form):
            mistakes.error(item.place, "an effect must be a form", "Write '- change: card'.")
            continue
        one = Reader(item, mistakes)
        one.only(EFFECT_KEYS, "an effect")
        does: Literal["change", "create"] = "create" if "create" in item else "change"
        record = one.text(does, needed=True)
        found.append(
            Effect(
                does=does,
                record=record,
                number=one.text("number", "" if does == "create" else record),
                of=one.text("of"),
                when=one.mapping("when"),
                otherwise=one.text("otherwise"),
                set=one.mapping("set"),
                add=one.mapping("add"),
                subtract=one.mapping("subtract"),
                place=item.place,
            )
        )
    return tuple(found)
