"""The journal: everything that happened, written once, in one hash chain.

``digest`` = SHA-256 of the previous digest and the canonical JSON of the line. The counter row "journal" keeps the
last number, so a changed, missing or cut-off line is found by ``verify``. In a transaction that also changes a
conversation, the conversation's row is locked before the journal is written; that order keeps writers from deadlock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from courtesy.conversations.models import Counter, JournalEntry
from courtesy.conversations.numbering import current_value, grow
from courtesy.foundation.prepared import Question, insert

FIRST = "0" * 64
COUNTER = "journal"

_before = JournalEntry.objects.filter(sequence=OuterRef("value") - 1).values("digest")
_place = Question[tuple[int, str | None]](
    lambda name: Counter.objects.filter(name=name).annotate(before=Subquery(_before)).values_list("value", "before"),
    name="",
)


@dataclass(frozen=True, slots=True)
class Breach:
    """Where the chain is broken first, and how."""

    sequence: int
    problem: str


def plain(content: Mapping[str, Any] | None) -> dict[str, Any]:
    """Content as JSON keeps it: text for whatever JSON has no word for (money, dates, tuples)."""
    return json.loads(json.dumps(dict(content or {}), default=str, ensure_ascii=False))  # type: ignore[no-any-return]


def digest_of(entry: JournalEntry) -> str:
    line = {
        "sequence": entry.sequence,
        "conversation": entry.conversation,
        "kind": entry.kind,
        "actor": entry.actor,
        "content": entry.content,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    canonical = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{entry.previous}\n{canonical}".encode()).hexdigest()


@transaction.atomic(savepoint=False)
def write(
    kind: str, *, actor: str, at: datetime, conversation: str = "", content: Mapping[str, Any] | None = None
) -> JournalEntry:
    """Append one line. It becomes visible with the caller's transaction, or not at all."""
    grow(COUNTER, 1)
    place = _place.first(name=COUNTER)
    assert place is not None
    sequence, previous = place
    entry = JournalEntry(
        sequence=sequence,
        conversation=conversation,
        kind=kind,
        actor=actor,
        content=plain(content),
        at=at,
        previous=previous or FIRST,
    )
    entry.digest = digest_of(entry)
    insert(entry)
    return entry


def wait_for() -> None:
    """Until the transaction ends nobody else writes here: what is read from the record now stays true for this deed."""
    grow(COUNTER, 0)


def entries_of(conversation_id: str) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(conversation=conversation_id).order_by("sequence")


def verify(progress: Callable[[int], None] | None = None) -> Breach | None:
    """Walk the whole chain; None when it is whole. ``progress`` is called with each sequence number seen."""
    expected, previous = 1, FIRST
    for entry in JournalEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            return Breach(expected, f"entry {expected} is missing")
        if entry.previous != previous:
            return Breach(entry.sequence, f"entry {entry.sequence} does not follow entry {entry.sequence - 1}")
        if digest_of(entry) != entry.digest:
            return Breach(entry.sequence, f"entry {entry.sequence} was changed")
        expected, previous = expected + 1, entry.digest
        if progress is not None:
            progress(entry.sequence)
    last = current_value(COUNTER)
    if last != expected - 1:
        return Breach(expected, f"entries {expected} to {last} are missing at the end")
    return None
