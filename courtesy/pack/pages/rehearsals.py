"""Rehearsal pages: a simulated customer, and what must and must not have happened at the end."""

from __future__ import annotations

from collections.abc import Mapping

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Rehearsal
from courtesy.pack.pages.forms import Form, Reader

KEYS = ("rehearsal", "language", "channel", "signed in as", "customer says", "must", "must not")
# What can be said about the end of a rehearsal; each expectation has one of these and may narrow it.
EXPECTATIONS = (
    "deed", "verdict", "said", "handed over", "promised", "case", "asked", "policy", "rule", "amount", "order",
    "outcome", "reason", "refund to", "text", "answered from", "identity", "language", "team", "times",
)  # fmt: skip


def read_rehearsal(form: Form, mistakes: Mistakes) -> Rehearsal | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a rehearsal")
    name = reader.text("rehearsal", needed=True)
    if not name:
        return None
    must = _expectations(reader, "must", mistakes)
    must_not = _expectations(reader, "must not", mistakes)
    if not must and not must_not:
        mistakes.error(
            form.at("rehearsal"), "the rehearsal expects nothing", "Add 'must: [{deed: …}]' or 'must not: [ … ]'."
        )
    return Rehearsal(
        name=name,
        language=reader.text("language", "en"),
        channel=reader.text("channel", "chat"),
        signed_in_as=reader.text("signed in as") or None,
        says=reader.texts("customer says", needed=True),
        must=must,
        must_not=must_not,
        place=form.at("rehearsal"),
    )


def _expectations(reader: Reader, key: str, mistakes: Mistakes) -> tuple[Mapping[str, str], ...]:
    expectations = []
    for value in reader.listing(key):
        if not isinstance(value, Form) or not value.entries:
            mistakes.error(value.place, f"an entry of '{key}' must be 'what: value'", "Write '- deed: refund'.")
            continue
        entry = Reader(value, mistakes)
        for name in value:
            if name not in EXPECTATIONS:
                mistakes.error(value.at(name), f"'{name}' cannot be expected", suggest(name, EXPECTATIONS))
        expectations.append({name: entry.text(name) for name in value})
    return tuple(expectations)
