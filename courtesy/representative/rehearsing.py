"""Rehearsing: plays a pack's simulated customer against the representative and checks what must, and must not, happen.

Everything is played in a transaction that is rolled back: no message leaves, nothing stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from courtesy.commerce import shop as shops
from courtesy.connections import calls
from courtesy.conversations import journal, messages, opening
from courtesy.conversations.models import Conversation, JournalEntry, Message
from courtesy.customers.models import Customer
from courtesy.pack.model import Pack, Rehearsal
from courtesy.policy.permitted import NO_ACTS, Acts, acts_of
from courtesy.representative.mistyping import mistype
from courtesy.representative.turn import take_turn

Wanted = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How a rehearsal went. ``transcript`` holds (who, text) in order; ``failures`` say what was missing or wrong;
    ``acts`` are those that the record holds. An act that nothing permitted fails any rehearsal."""

    name: str
    passed: bool
    failures: tuple[str, ...]
    transcript: tuple[tuple[str, str], ...]
    acts: Acts = NO_ACTS
    references: tuple[str, ...] = ()  # numbers that systems gave what was done: another each time

    @property
    def replies(self) -> tuple[str, ...]:
        """What was said back, without the references."""
        said = (text for who, text in self.transcript if who == "representative")
        return tuple(self._without_references(text) for text in said)

    def _without_references(self, text: str) -> str:
        for one in self.references:
            text = text.replace(one, "#")
        return text


@dataclass
class _Doors:
    """Keeps what would have gone out; a code by e-mail is known to the simulated customer."""

    codes: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def deliver(self, message: Message) -> None:
        return None

    def call_out(self, call: str) -> None:
        self.calls.append(call)

    def bring_question(self, message: int) -> None:
        pass

    def send_code(self, address: str, code: str, language: str) -> None:
        self.codes.append(code)


class _Over(Exception):
    """Rolls the rehearsal back."""


def rehearse(pack: Pack, rehearsal: Rehearsal, at: datetime) -> Rehearsed:
    """Play one rehearsal. ``{code}`` in what the customer says is the code sent last."""
    played: list[Rehearsed] = []
    try:
        with transaction.atomic():
            played.append(_play(pack, rehearsal, at))
            raise _Over
    except _Over:
        return played[0]


def mistyped(rehearsals: Sequence[Rehearsal], share: float, number: int = 0) -> list[Rehearsal]:
    """The same rehearsals with ``share`` of the letters mistyped; ``number`` tells one playing from the next."""
    if not share:
        return list(rehearsals)
    return [
        replace(
            one, says=tuple(mistype(said, share, f"{one.name}:{place}:{number}") for place, said in enumerate(one.says))
        )
        for one in rehearsals
    ]


def _play(pack: Pack, rehearsal: Rehearsal, at: datetime) -> Rehearsed:
    conversation = _open(rehearsal, at)
    doors = _Doors()
    transcript: list[tuple[str, str]] = []
    for number, said in enumerate(rehearsal.says):
        now = at + timedelta(minutes=number)
        text = said.replace("{code}", doors.codes[-1] if doors.codes else "000000")
        provider_id = f"{conversation.pk}:{number}"
        messages.receive(conversation, text=text, at=now, line=conversation.line, provider_id=provider_id)
        replies = [take_turn(conversation.pk, at=now, doors=doors, pack=pack)]
        while doors.calls:  # a company's own systems answer with the examples of the pack
            calls.rehearse(doors.calls.pop(0), pack, at=now)
            replies.append(take_turn(conversation.pk, at=now, doors=doors, pack=pack))
        said_back = "\n\n".join(reply.text for reply in replies if reply)
        transcript += [("customer", text), ("representative", said_back or "(nothing)")]
    conversation.refresh_from_db()
    found = _Record.of(conversation)
    failures = [f"missing: {_words(one)}" for one in rehearsal.must if not found.holds(one)]
    failures += [f"must not happen: {_words(one)}" for one in rehearsal.must_not if found.holds(one)]
    acts = acts_of(found.entries)
    failures += [f"done, though nothing permitted it: {act}" for act in acts.unpermitted]
    return Rehearsed(rehearsal.name, not failures, tuple(failures), tuple(transcript), acts, _references(found.entries))


_REFERENCE = re.compile(r"[A-Z]+(?:-[A-Z]+)*-\d{4,}(?:-\d+)?")


def _references(entries: Sequence[JournalEntry]) -> tuple[str, ...]:
    """Receipts, and numbers like D-603739 among what a deed brought back."""
    given: dict[str, None] = {}
    for entry in entries:
        if entry.kind == "deed":
            details = map(str, (entry.content.get("details") or {}).values())
            receipt = str(entry.content.get("receipt") or "")
            given |= dict.fromkeys(one for one in (receipt, *filter(_REFERENCE.fullmatch, details)) if one)
    return tuple(given)


def _open(rehearsal: Rehearsal, at: datetime) -> Conversation:
    customer = Customer.objects.create(name="", language=rehearsal.language)
    conversation = opening.open_conversation(
        channel=rehearsal.channel, line=f"rehearsal:{rehearsal.name}"[:120], customer=customer, at=at
    )
    if rehearsal.signed_in_as:
        shop = shops.current()
        known = shop.customer_by_email(rehearsal.signed_in_as) or shop.customer(rehearsal.signed_in_as)
        if known is None:
            raise LookupError(f"{rehearsal.place.file}: nobody in the shop is {rehearsal.signed_in_as!r}")
        customer.shop_customer, customer.name = known.id, known.name
        customer.save()
        conversation.identity = "signed in"
        conversation.save(update_fields=["identity"])
    return conversation


def _words(wanted: Wanted) -> str:
    return ", ".join(f"{name}: {value}" for name, value in wanted.items())


@dataclass(frozen=True, slots=True)
class _Record:
    """What the journal and the conversation say happened."""

    conversation: Conversation
    entries: tuple[JournalEntry, ...]
    replies: tuple[Message, ...]

    @classmethod
    def of(cls, conversation: Conversation) -> _Record:
        replies = conversation.messages.filter(author=Message.Author.REPRESENTATIVE).order_by("sequence")
        return cls(conversation, tuple(journal.entries_of(conversation.pk)), tuple(replies))

    def holds(self, wanted: Wanted) -> bool:
        """Whether something happened that is all of what is expected, as often as it says."""
        kind = next((name for name in wanted if name in _KINDS), "")
        if not kind:
            return all(_END[name](self, value) for name, value in wanted.items() if name in _END)
        narrowed = {name: value for name, value in wanted.items() if name not in (kind, "times")}
        hits = [one for one in self._of(_KINDS[kind], kind, wanted[kind]) if _fits(one.content, narrowed)]
        return len(hits) == int(wanted["times"]) if "times" in wanted else bool(hits)

    def _of(self, entry_kind: str, name: str, value: str) -> list[JournalEntry]:
        field_ = _FIELD[name]
        return [
            entry for entry in self.entries if entry.kind == entry_kind and _is(entry.content.get(field_), name, value)
        ]


_KINDS = {
    "deed": "deed",
    "verdict": "verdict",
    "handed over": "handed over",
    "promised": "promise made",
    "case": "case opened",
    "answered from": "answered",
    "said": "reply",
    "asked": "reply",
}
_FIELD = {
    "deed": "act",
    "verdict": "decision",
    "handed over": "team",
    "promised": "what",
    "case": "kind",
    "answered from": "article",
    "said": "phrases",
    "asked": "asked",
}


def _is(found: Any, name: str, value: str) -> bool:
    """A reply in which nothing is asked is no question; the other kinds happened when their entry is there."""
    if value in ("yes", "any"):
        return bool(found) or name != "asked"
    return _same(found, value)


def _same(found: Any, wanted: str) -> bool:
    if isinstance(found, list):
        return any(_same(one, wanted) for one in found)
    return str(found).strip().casefold() == wanted.strip().casefold()


def _fits(content: Mapping[str, Any], narrowed: Wanted) -> bool:
    flat = {**(content.get("details") or {}), **(content.get("arguments") or {}), **content}
    return all(_has(flat.get(name), value) for name, value in narrowed.items())


def _has(found: Any, wanted: str) -> bool:
    values = found.values() if isinstance(found, Mapping) else found if isinstance(found, list) else [found]
    return any(_same(value, wanted) for value in values)


def _text(record: _Record, wanted: str) -> bool:
    return any(wanted.casefold() in reply.text.casefold() for reply in record.replies)


_END: dict[str, Callable[[_Record, str], bool]] = {
    "text": _text,
    "identity": lambda record, wanted: record.conversation.identity == wanted,
    "language": lambda record, wanted: bool(record.replies) and record.replies[-1].language == wanted,
    "team": lambda record, wanted: record.conversation.team is not None and record.conversation.team.name == wanted,
}
