"""Why the representative did what it did: its journal read back as understanding, verdicts and deeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from courtesy.conversations import journal
from courtesy.conversations.models import JournalEntry, Message

KINDS = ("understood", "verdict", "deed")


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    source: str  # record, claim, unknown


@dataclass(frozen=True, slots=True)
class Heard:
    """One move that was understood, with how sure the representative was (0 to 100)."""

    kind: str
    target: str
    value: str
    percent: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Why:
    """One card of the panel. ``kind`` is understood, verdict or deed; what does not belong to it is empty."""

    kind: str
    at: datetime
    sequence: int
    act: str = ""
    decision: str = ""
    whom: str = ""
    policy: str = ""
    rule: str = ""
    because: str = ""
    facts: tuple[Fact, ...] = ()
    heard: tuple[Heard, ...] = ()
    text: str = ""
    language: str = ""
    number: str = ""
    amount: str = ""
    edition: str = ""
    law: str = ""
    right: str = ""  # the right under which a rule's "refuse" became a question


@dataclass(frozen=True, slots=True)
class Cited:
    title: str
    url: str
    date: str


def reasons(conversation_id: str, limit: int = 40) -> list[Why]:
    """The newest reasons first."""
    entries = list(journal.entries_of(conversation_id).filter(kind__in=KINDS).order_by("-sequence")[:limit])
    heard = [entry.content["message"] for entry in entries if entry.kind == "understood" and "message" in entry.content]
    said = dict(Message.objects.filter(pk__in=heard, conversation=conversation_id).values_list("pk", "text"))
    return [reason_of(entry, said.get(str(entry.content.get("message")), "")) for entry in entries]


def reason_of(entry: JournalEntry, said: str = "") -> Why:
    """One journal entry as a card; ``said``: the words that were understood. Entries of older editions may lack a
    key: what is missing stays empty."""
    content: Mapping[str, Any] = entry.content
    verdict, receipt = _part(content, "verdict"), _part(content, "receipt")
    return Why(
        kind=entry.kind,
        at=entry.at,
        sequence=entry.sequence,
        act=plain_text(content.get("act") or verdict.get("act") or receipt.get("act")),
        decision=plain_text(verdict.get("decision")),
        whom=plain_text(verdict.get("whom")),
        policy=plain_text(verdict.get("policy")),
        rule=plain_text(verdict.get("rule")),
        because=plain_text(verdict.get("because")),
        facts=facts_of(verdict.get("facts")),
        heard=tuple(_heard(content.get("moves"))),
        text=said,
        language=plain_text(content.get("language")),
        number=plain_text(receipt.get("number") or content.get("receipt")) if entry.kind == "deed" else "",
        amount=plain_text(receipt.get("amount")),
        edition=plain_text(verdict.get("edition") or content.get("edition"))[:10],
        law=plain_text(verdict.get("law")),
        right=plain_text(verdict.get("right")),
    )


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A part that stands under its own name, else the content itself."""
    part = content.get(name)
    return part if isinstance(part, Mapping) else content


def facts_of(written: Any) -> tuple[Fact, ...]:
    """Facts as a verdict wrote them: name → value, or name → {value, source}."""
    if not isinstance(written, Mapping):
        return ()
    facts = []
    for name, fact in written.items():
        if isinstance(fact, Mapping):
            facts.append(Fact(name, plain_text(fact.get("value")), plain_text(fact.get("source"))))
        else:
            facts.append(Fact(name, plain_text(fact), ""))
    return tuple(facts)


def cited(messages: Iterable[Message]) -> list[Cited]:
    """The passages that the messages cite, each once."""
    seen: dict[tuple[str, str], Cited] = {}
    for message in messages:
        for source in message.sources:
            title, url = plain_text(source.get("title")), plain_text(source.get("url"))
            seen.setdefault((title, url), Cited(title, url, plain_text(source.get("date"))))
    return list(seen.values())


def _heard(moves: Any) -> Iterable[Heard]:
    for move in moves if isinstance(moves, list) else ():
        if not isinstance(move, Mapping):
            continue
        probability = move.get("probability")
        percent = round(100 * float(probability)) if isinstance(probability, int | float) else 0
        yield Heard(
            plain_text(move.get("kind")),
            plain_text(move.get("target")),
            plain_text(move.get("value")),
            percent,
            plain_text(move.get("evidence")),
        )


def plain_text(value: Any) -> str:
    """A value as a person reads it; a text in several languages in the colleague's own, else in the first of them."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if {"amount", "currency"} <= set(value):
            return f"{value['amount']} {value['currency']}"
        if all(isinstance(part, str) for part in value.values()):
            return str(value.get((get_language() or "")[:2]) or value.get("en") or next(iter(value.values()), ""))
        return ", ".join(f"{key}: {plain_text(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain_text(part) for part in value)
    return str(value)
