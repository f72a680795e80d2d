"""Ladders and protocols: who is asked next, and what is done for a person in difficulty."""

from __future__ import annotations

from typing import cast

from courtesy.pack.matters import Ladder, LadderFor, Protocol, Rung, RungKind
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.pages.complaints import entries, length, words_of
from courtesy.pack.pages.forms import Form, Reader
from courtesy.pack.vocabulary import SIGNS, STOPS

LADDER_KEYS = ("escalation", "for", "owner", "steps")
RUNG_KEYS = ("to", "kind", "within")
LADDER_SERVES = ("complaint", "question", "approval", "difficulty")
RUNG_KINDS = ("functional", "management")
PROTOCOL_KEYS = (
    "protocol", "owner", "title", "signs", "customers say", "stop", "call", "within", "urgent", "hand over",
    "complaint", "colleagues", "reviewed by", "reviewed within",
)  # fmt: skip


def read_ladder(form: Form, mistakes: Mistakes) -> Ladder | None:
    reader = Reader(form, mistakes)
    reader.only(LADDER_KEYS, "an escalation")
    name = reader.text("escalation", needed=True)
    if not name:
        return None
    serves = _known(reader, "for", LADDER_SERVES)
    return Ladder(
        name=name,
        serves=tuple(cast(LadderFor, one) for one in serves),
        owner=reader.text("owner"),
        rungs=entries(reader, "steps", RUNG_KEYS, _rung),
        place=form.at("escalation"),
    )


def _rung(reader: Reader) -> Rung | None:
    to, within = reader.text("to", needed=True), length(reader, "within", needed=True)
    kind = reader.choice("kind", RUNG_KINDS, "functional")
    return Rung(cast(RungKind, kind), to, within, reader.form.at("to")) if to and within else None


def read_protocol(form: Form, default_language: str, mistakes: Mistakes) -> Protocol | None:
    reader = Reader(form, mistakes)
    reader.only(PROTOCOL_KEYS, "a protocol")
    name = reader.text("protocol", needed=True)
    if not name:
        return None
    return Protocol(
        name=name,
        owner=reader.text("owner"),
        title=reader.wording("title", default_language),
        signs=_known(reader, "signs", SIGNS),
        words=words_of(reader, "customers say"),
        stops=_known(reader, "stop", STOPS),
        calls=reader.text("call", needed=True),
        within=length(reader, "within", needed=True),
        urgent=reader.yes("urgent"),
        hands_over="hand over" not in form or reader.yes("hand over"),
        complaint=reader.yes("complaint"),
        colleagues=reader.wording("colleagues", default_language),
        reviewed_by=reader.text("reviewed by", "team lead"),
        reviewed_within=length(reader, "reviewed within") or "5 business days",
        place=form.at("protocol"),
    )


def _known(reader: Reader, key: str, words: dict[str, str] | tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for one in reader.scalars(key):
        if one.text in words:
            found.append(one.text)
        else:
            reader.mistakes.error(one.place, f"'{one.text}' is not known in '{key}'", suggest(one.text, words))
    return tuple(found)
