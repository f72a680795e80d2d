"""Why the representative did what it did: its journal read back as understanding, verdicts and deeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courtesy.conversations import journal
from courtesy.conversations.models import JournalEntry, Message
from courtesy.desk.plain import plain_text
from courtesy.desk.understood import Understood, understood_of

KINDS = ("understood", "verdict", "deed")
LED_TO = ("taken up", "answered", "asked colleague", "handed over")


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: str
    source: str  # record, claim, unknown


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
    understood: Understood | None = None
    led_to: tuple[tuple[str, str], ...] = ()  # (kind of LED_TO, what)
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
    found = journal.entries_of(conversation_id).filter(kind__in=(*KINDS, *LED_TO)).order_by("-sequence")
    entries = list(found[: 2 * limit])[::-1]
    heard = [entry.content["message"] for entry in entries if entry.kind == "understood" and "message" in entry.content]
    said = dict(Message.objects.filter(pk__in=heard, conversation=conversation_id).values_list("pk", "text"))
    cards: list[Why] = []
    for place, entry in enumerate(entries):
        if entry.kind in KINDS:
            message = said.get(str(entry.content.get("message")), "")
            cards.append(reason_of(entry, message, _led_to(entries, place)))
    return cards[::-1][:limit]


def _led_to(entries: list[JournalEntry], place: int) -> tuple[tuple[str, str], ...]:
    """What came of a message: the lines after it, up to what was understood next."""
    if entries[place].kind != "understood":
        return ()
    found: list[tuple[str, str]] = []
    for entry in entries[place + 1 :]:
        if entry.kind == "understood":
            break
        content = entry.content
        if entry.kind == "taken up":
            found += [(entry.kind, plain_text(name)) for name in content.get("procedures") or ()]
        elif entry.kind == "answered":
            found.append((entry.kind, plain_text(content.get("title"))))
        elif entry.kind in LED_TO:
            found.append((entry.kind, plain_text(content.get("team"))))
    return tuple(dict.fromkeys(found))


def reason_of(entry: JournalEntry, said: str = "", led_to: tuple[tuple[str, str], ...] = ()) -> Why:
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
        understood=understood_of(content, said) if entry.kind == "understood" else None,
        led_to=led_to,
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
