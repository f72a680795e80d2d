"""Finding conversations by what was said in them, newest first, with the words marked; within what a colleague may see.

The word index gives messages, newest first; what does not fit the filters, or may not be seen, is passed over. One page
looks at a bounded number of messages: it costs the same in a house of a hundred and of a million. When a page ends
before everything was looked at, its cursor goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from courtesy.conversations.models import Message
from courtesy.desk.search.conditions import conditions
from courtesy.desk.search.typed import Typed
from courtesy.desk.visible import conversations_visible_to, sees_everything
from courtesy.foundation.search import index
from courtesy.language.search_terms import fold, marked, terms, wanted
from courtesy.workforce.models import Colleague

PAGE = 20
CHUNK = 60  # messages that are looked at in one go
BUDGET = 1_200  # messages that one page looks at
AROUND = 70  # characters shown before the first marked word
SHOWN = 200  # characters shown in all
_NARROW = ("from", "order", "tag")  # filters that leave few conversations: their messages are read instead

Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """The newest message of a conversation that fits, with ``parts`` of its text, marked or not; ``more`` fit too."""

    message: Message
    parts: Marked
    more: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    after: int = 0  # cursor: where to go on; 0 at the end
    looked_back_to: datetime | None = None  # the page ended before it was full: how far it has come


def find(typed: Typed, colleague: Colleague, at: datetime, *, before: int = 0, limit: int = PAGE) -> Found:
    """A page of what was said with these words, one hit for each conversation."""
    sought = wanted(typed.spoken)
    if not sought:
        return Found(())
    meant = conditions(typed, colleague, at)
    if any(name in typed.filters for name in _NARROW):
        return _among_few(typed, sought, colleague, meant, before, limit)
    number, looked, kept = before or index.NEWEST, 0, _Kept(typed, limit)
    while looked < BUDGET:
        candidates = index.look(index.MESSAGES, sought, before=number, most=CHUNK)
        numbers = {one.key: one.number for one in candidates}
        fitting = _fitting(typed, colleague, meant, [one.key for one in candidates])
        for one in candidates:
            if one.key in fitting and not kept.take(fitting[one.key]):
                return Found(kept.hits(), number)
            number, looked = numbers[one.key], looked + 1
        if len(candidates) < CHUNK:
            return Found(kept.hits())
    last = Message.objects.filter(pk=candidates[-1].key).values_list("at", flat=True).first()
    return Found(kept.hits(), number, last)


class _Kept:
    """The hits of a page, one for each conversation."""

    def __init__(self, typed: Typed, limit: int) -> None:
        self._typed, self._limit = typed, limit
        self._first: dict[str, Message] = {}
        self._more: dict[str, int] = {}

    def take(self, message: Message) -> bool:
        """False when the page is full and this message would begin another conversation."""
        conversation = message.conversation_id
        if conversation in self._first:
            self._more[conversation] = self._more.get(conversation, 0) + 1
        elif len(self._first) == self._limit:
            return False
        elif _has_phrases(self._typed, message.text):
            self._first[conversation] = message
        return True

    def hits(self) -> tuple[Hit, ...]:
        return tuple(
            Hit(message, marked_parts(message.text, self._typed.spoken), self._more.get(conversation, 0))
            for conversation, message in self._first.items()
        )


def _messages(typed: Typed) -> QuerySet[Message]:
    rows = Message.objects.select_related("conversation__customer", "colleague").defer(
        "html", "quoted", "conversation__dialogue", "conversation__summary"
    )
    if typed.since:
        rows = rows.filter(at__gte=typed.since)
    if typed.until:
        rows = rows.filter(at__lt=typed.until)
    return rows.filter(internal=True) if "note" in typed.filters.get("is", ()) else rows


def _fitting(typed: Typed, colleague: Colleague, meant: Q, keys: list[str]) -> dict[str, Message]:
    """Of these messages, those that fit and that the colleague may see: asked of their conversations alone."""
    rows = _messages(typed).in_bulk(keys)
    if not rows or (sees_everything(colleague) and not meant):
        return rows
    theirs = {message.conversation_id for message in rows.values()}
    seen = set(conversations_visible_to(colleague).filter(meant, pk__in=theirs).values_list("pk", flat=True))
    return {key: message for key, message in rows.items() if message.conversation_id in seen}


def _among_few(typed: Typed, sought: list[list[str]], colleague: Colleague, meant: Q, before: int, limit: int) -> Found:
    """Where filters leave few conversations, their messages are read, newest first; the cursor counts these."""
    conversations = list(
        conversations_visible_to(colleague).filter(meant).order_by("-moved_at").values_list("pk", flat=True)[:BUDGET]
    )
    kept = _Kept(typed, limit)
    rows = _messages(typed).filter(conversation__in=conversations).order_by("-at", "-pk")
    looked = list(rows[before : before + BUDGET + 1])
    for number, message in enumerate(looked[:BUDGET], before):
        has = terms(message.text, message.language or message.conversation.language)
        if all(_holds(has, group) for group in sought) and not kept.take(message):
            return Found(kept.hits(), number)
    if len(looked) <= BUDGET:
        return Found(kept.hits())
    return Found(kept.hits(), before + BUDGET, looked[BUDGET].at)


def _holds(has: set[str], group: list[str]) -> bool:
    return any(any(term.startswith(one[:-1]) for term in has) if one.endswith("*") else one in has for one in group)


def _has_phrases(typed: Typed, text: str) -> bool:
    flat = " ".join(fold(text).split())
    return all(" ".join(fold(phrase).split()) in flat for phrase in typed.phrases)


def marked_parts(text: str, words: str) -> Marked:
    """The text around the first place where the words are, in parts: (text, whether it is one of the words)."""
    flat = " ".join(text.split())
    places = marked(flat, words)
    start = max(0, places[0][0] - AROUND) if places else 0
    if start:
        blank = flat.find(" ", start)
        start = blank + 1 if 0 <= blank < places[0][0] else start
    end = min(len(flat), start + SHOWN)
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    here = start
    for begins, ends in places:
        if begins >= end:
            break
        parts += [(flat[here:begins], False), (flat[begins : min(ends, end)], True)]
        here = min(ends, end)
    parts.append((flat[here:end] + (" …" if end < len(flat) else ""), False))
    return tuple(part for part in parts if part[0])
