"""How ``courtesy talk`` prints a conversation: messages, numbered choices, reasons, sources, and kept mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from courtesy.config.environment import read
from courtesy.conversations.models import Conversation, JournalEntry, Message
from courtesy.desk import why

Choice = dict[str, Any]


def message(said: Message, representative: str) -> str:
    """Who says it, the words, the files, and what may be answered."""
    names = {Message.Author.REPRESENTATIVE.value: representative, Message.Author.SYSTEM.value: "*"}
    name = said.colleague.name if said.colleague else names.get(said.author, said.author)
    files = [f"   [{document.name}, {document.size} bytes]" for document in said.documents.order_by("at", "pk")]
    offered = [f"   {number}. {choice['label']}" for number, choice in enumerate(said.choices, 1)]
    if any(choice.get("several") for choice in said.choices):
        offered.append("   (several may be taken: 1 2)")
    return "\n".join([f"{name}: {said.text}", *files, *offered])


def picked(line: str, choices: Sequence[Choice]) -> list[Choice]:
    """The offered answers that a line of numbers takes; none when it is not one, so that it is said as it stands."""
    several = any(choice.get("several") for choice in choices)
    pattern = r"[0-9]{1,3}([ ,]+[0-9]{1,3})*" if several else r"[0-9]{1,3}"
    if not re.fullmatch(pattern, line):
        return []
    numbers = dict.fromkeys(int(number) for number in re.findall(r"[0-9]+", line))
    return [choices[number - 1] for number in numbers] if all(1 <= one <= len(choices) for one in numbers) else []


def hands(conversation: Conversation) -> str:
    """Who speaks for the company from here on."""
    if conversation.speaker == Conversation.Speaker.REPRESENTATIVE:
        return "(the representative speaks again)"
    if conversation.holder:
        return f"({conversation.holder.name} has taken the conversation; an empty line shows what is new)"
    team = conversation.team.name if conversation.team else "people"
    return f"(the conversation is with {team} now, at the desk; an empty line shows what is new)"


def reason(entry: JournalEntry) -> list[str]:
    """Lines for what was understood, judged or done; none for another kind of journal line."""
    if entry.kind not in why.KINDS:
        return []
    told = why.reason_of(entry)
    if told.understood is not None:
        heard = told.understood
        moves = [" ".join(filter(None, (one.kind, one.target, one.value))) + f" {one.percent} %" for one in heard.moves]
        return [f"   understood ({heard.language or '?'}): " + ("; ".join(moves) or "nothing")]
    if told.kind == "deed":
        return ["   deed: " + ", ".join(filter(None, (told.act, told.number, told.amount)))]
    verdict = f"   verdict: {told.act}: {told.decision}" + (f" {told.whom}" if told.whom else "")
    by = ", ".join(part for part in (_named("policy", told.policy), _named("rule", told.rule)) if part)
    facts = [f"      {fact.name} = {fact.value}" + (f" ({fact.source})" if fact.source else "") for fact in told.facts]
    because = [f"      because: {told.because}"] if told.because else []
    return [verdict + (f" [{by}]" if by else ""), *because, *facts]


def _named(what: str, name: str) -> str:
    return f"{what} {name}" if name else ""


def sources(said: Iterable[Message]) -> list[str]:
    return [f"   source: {' '.join(filter(None, (one.title, one.date, one.url)))}" for one in why.cited(said)]


def outbox() -> set[Path]:
    """Mails kept as files because no outgoing mail server is set; a code that was sent can be read there."""
    return set() if read("COURTESY_MAIL_OUT") else set((Path(settings.COURTESY_DATA) / "outbox").glob("*.eml"))
