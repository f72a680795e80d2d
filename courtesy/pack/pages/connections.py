"""Connection pages: a company's own system, the look-ups and acts it offers, and how its answers are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast
from urllib.parse import urlsplit

from courtesy.pack.connections import (
    ARGUMENT_KINDS,
    FIELD_KINDS,
    VARIABLE,
    VARIABLE_NAME,
    Argument,
    Choices,
    Connection,
    Field,
    FieldKind,
    Operation,
    Systems,
    Unsure,
)
from courtesy.pack.mistakes import Mistakes
from courtesy.pack.pages.conditions import read_condition
from courtesy.pack.pages.forms import Form, Reader, Scalar
from courtesy.pack.pages.records import read_effects, read_find
from courtesy.pack.records import EMPTY_BOOK, Book

KEYS = ("connection", "over", "address", "headers", "team", "when away", "look ups", "acts")
OPERATION_KEYS = (
    "says", "call", "tool", "with", "fixed", "gives", "choices", "same", "refuses", "refusal at", "time out", "tries",
    "example", "find",
)  # fmt: skip
ACT_KEYS = (*(key for key in OPERATION_KEYS if key != "find"), "confirm", "idempotency key", "when unsure", "effects")
ARGUMENT_KEYS = ("as", "kind", "optional", "written", "each")
FIELD_KEYS = ("at", "kind", "values", "currency", "optional")
CHOICES_KEYS = ("at", "value", "label", "gives", "where")
UNSURE_KEYS = ("look up", "done when")
SYSTEMS = ("http", "mcp", "book")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LOCAL = ("localhost", "127.0.0.1", "::1")
_CALL = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (/[^\s?#]*)")
_PATH = re.compile(r"[^\s.]+(\.[^\s.]+)*")
IN_PATH = re.compile(r"\{([^{}]+)\}")
LONGEST_WAIT = 60


class ConnectionReader:
    """Reads connection pages; ``default_language`` for texts written only once."""

    def __init__(self, default_language: str, mistakes: Mistakes, book: Book = EMPTY_BOOK) -> None:
        self.default_language = default_language
        self.mistakes = mistakes
        self.book = book

    def connection(self, form: Form) -> Connection | None:
        reader = Reader(form, self.mistakes)
        reader.only(KEYS, "a connection")
        name = reader.text("connection", needed=True)
        if not name:
            return None
        over = cast(Systems, reader.choice("over", SYSTEMS, "http"))
        headers = reader.mapping("headers")
        address = reader.text("address", needed=over != "book")
        if over != "book":
            self._address(address, form)
        self._variables([address, *headers.values()], form)
        return Connection(
            name=name,
            over=over,
            address=address,
            headers=headers,
            team=reader.text("team"),
            away=reader.wording("when away", self.default_language),
            operations=(
                *self._operations(reader, "look ups", name, over, changes=False),
                *self._operations(reader, "acts", name, over, changes=True),
            ),
            place=form.at("connection"),
            book=self.book if over == "book" else EMPTY_BOOK,
        )

    def _address(self, written: str, form: Form) -> None:
        if VARIABLE.fullmatch(written):
            return
        parts = urlsplit(written)
        if parts.scheme == "https" and parts.hostname and "$" not in parts.netloc:
            return
        if parts.scheme == "http" and parts.hostname in LOCAL:
            return
        self.mistakes.error(
            form.at("address"),
            f"'{written}' is not the address of a system",
            "Write 'https://…' (http only on this machine), or one variable: '${CONNECTION_BILLING_ADDRESS}'.",
        )

    def _variables(self, written: Iterable[str], form: Form) -> None:
        for text in written:
            for name in VARIABLE.findall(text):
                if not VARIABLE_NAME.fullmatch(name):
                    self.mistakes.error(
                        form.at("headers"),
                        f"'{name}' is not a variable that a connection may name",
                        "Its name begins with CONNECTION_, all capitals.",
                    )

    def _operations(self, reader: Reader, key: str, connection: str, over: str, *, changes: bool) -> list[Operation]:
        forms = reader.sub_form(key)
        if forms is None:
            return []
        inner = Reader(forms, self.mistakes)
        made = [(name, inner.sub_form(name)) for name in forms]
        return [self._operation(name, form, connection, over, changes) for name, form in made if form is not None]

    def _operation(self, name: str, form: Form, connection: str, over: str, changes: bool) -> Operation:
        reader = Reader(form, self.mistakes)
        reader.only(ACT_KEYS if changes else OPERATION_KEYS, "an act" if changes else "a look-up")
        method, path = self._call(reader) if over == "http" else ("", "")
        effects = read_effects(reader, self.mistakes) if changes else ()
        refused = {effect.otherwise: effect.otherwise for effect in effects if effect.otherwise}
        return Operation(
            name=name,
            connection=connection,
            changes=changes,
            confirm=changes and reader.text("confirm", "yes").casefold() not in ("no", "false"),
            says=reader.text("says", needed=True),
            method=method,
            path=path,
            tool=reader.text("tool", needed=True) if over == "mcp" else "",
            arguments=self._arguments(reader),
            fixed=reader.mapping("fixed"),
            fields=self.fields(reader),
            choices=self._choices(reader),
            same=reader.mapping("same"),
            refusals={**refused, **reader.mapping("refuses")},
            refusal_at=self._path(reader, "refusal at"),
            idempotency=reader.text("idempotency key", "key" if over == "book" else ""),
            unsure=self._unsure(reader),
            seconds=self._number(reader, "time out", 10, LONGEST_WAIT),
            tries=int(self._number(reader, "tries", 2, 5)),
            example=reader.text("example"),
            place=form.place,
            find=read_find(reader, self.mistakes) if not changes else None,
            effects=effects,
        )

    def _call(self, reader: Reader) -> tuple[str, str]:
        written = reader.text("call", needed=True)
        found = _CALL.fullmatch(written)
        if found is None:
            place = reader.form.at("call")
            self.mistakes.error(place, f"'{written}' is not a call", "Write for example 'GET /bills/{bill}'.")
            return "GET", "/"
        return found[1], found[2]

    def _arguments(self, reader: Reader) -> tuple[Argument, ...]:
        form = reader.sub_form("with")
        found = []
        for name in form or ():
            assert form is not None
            value = form.get(name)
            if isinstance(value, Scalar):
                kind = value.text or "text"
                if kind not in ARGUMENT_KINDS:
                    self.mistakes.error(
                        value.place, f"'{kind}' is not a kind of argument", f"Write one of {', '.join(ARGUMENT_KINDS)}."
                    )
                    kind = "text"
                found.append(Argument(name, kind, name))
            elif isinstance(value, Form):
                one = Reader(value, self.mistakes)
                one.only(ARGUMENT_KEYS, "an argument")
                kind = one.choice("kind", ARGUMENT_KINDS, "text")
                to, written, each = one.text("as") or name, one.text("written"), one.text("each")
                found.append(Argument(name, kind, to, not one.yes("optional"), written, each))
            else:
                self.mistakes.error(form.at(name), f"'{name}' must be a kind or a form", "Write 'bill: text'.")
        return tuple(found)

    def fields(self, reader: Reader) -> tuple[Field, ...]:
        form = reader.sub_form("gives")
        found = []
        for name in form or ():
            assert form is not None
            value = form.get(name)
            if isinstance(value, Scalar):
                found.append(Field(name, self._split(value.text, value), "word"))
            elif isinstance(value, Form):
                one = Reader(value, self.mistakes)
                one.only(FIELD_KEYS, "a field")
                kind = cast(FieldKind, one.choice("kind", FIELD_KINDS, "word"))
                values = one.texts("values")
                if kind == "scale" and len(values) < 2:
                    self.mistakes.error(value.place, f"the scale '{name}' has no 'values'", "Write the weakest first.")
                path = self._path(one, "at") or (name,)
                found.append(Field(name, path, kind, values, one.text("currency"), one.yes("optional")))
            else:
                self.mistakes.error(form.at(name), f"'{name}' must say where it stands", "Write 'status: state.code'.")
        return tuple(found)

    def _choices(self, reader: Reader) -> tuple[Choices, ...]:
        form = reader.sub_form("choices")
        found = []
        for source in form or ():
            assert form is not None
            inner = Reader(form, self.mistakes).sub_form(source)
            if inner is None:
                continue
            one = Reader(inner, self.mistakes)
            one.only(CHOICES_KEYS, "choices")
            value = self._path(one, "value")
            where = one.sub_form("where")
            kept = read_condition(where, self.mistakes) if where is not None else {}
            found.append(Choices(source, self._path(one, "at"), value, one.text("label"), self.fields(one), kept))
        return tuple(found)

    def _unsure(self, reader: Reader) -> Unsure | None:
        form = reader.sub_form("when unsure")
        if form is None:
            return None
        one = Reader(form, self.mistakes)
        one.only(UNSURE_KEYS, "'when unsure'")
        return Unsure(one.text("look up", needed=True), one.mapping("done when"))

    def _path(self, reader: Reader, key: str, *, needed: bool = False) -> tuple[str, ...]:
        value = reader.form.get(key)
        written = reader.text(key, needed=needed)
        return self._split(written, value) if isinstance(value, Scalar) and written else ()

    def _split(self, written: str, value: Scalar) -> tuple[str, ...]:
        if not _PATH.fullmatch(written):
            self.mistakes.error(value.place, f"'{written}' is not a place in an answer", "Write 'plan.name'.")
            return ()
        return tuple(written.split("."))

    def _number(self, reader: Reader, key: str, usual: float, most: float) -> float:
        written = reader.text(key).removesuffix("seconds").strip()
        if not written:
            return usual
        if not re.fullmatch(r"\d{1,3}(\.\d)?", written) or not 0 < float(written) <= most:
            place = reader.form.at(key)
            self.mistakes.error(place, f"'{key}' is not a number up to {most:g}", f"Write '{key}: {usual:g}'.")
            return usual
        return float(written)
