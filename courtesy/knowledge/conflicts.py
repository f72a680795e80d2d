"""Conflicts: articles that contradict each other, shown to whoever keeps them until one is mended or both are right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from courtesy.knowledge.contradicting import Contradiction
from courtesy.knowledge.finding import Passage, all_conflicts, conflict_of
from courtesy.knowledge.models import KnowledgeConflict
from courtesy.pack.mistakes import Finding
from courtesy.pack.model import Pack

_OPEN, _CLOSED = KnowledgeConflict.Status.OPEN, KnowledgeConflict.Status.CLOSED


@dataclass(frozen=True, slots=True)
class Shown:
    """A contradiction of the edition, with how often customers were answered from it."""

    key: str
    language: str
    contradiction: Contradiction
    count: int


@transaction.atomic
def note(pack: Pack, passage: Passage, at: datetime) -> KnowledgeConflict | None:
    """Remember that a customer was answered from a passage that another one contradicts. None when none does."""
    found = conflict_of(pack, passage, at=at)
    if found is None:
        return None
    row = _row(passage.language, found, at)
    KnowledgeConflict.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=at)
    return row


def close(pack: Pack, key: str, *, at: datetime, by: str) -> bool:
    """Say that both passages are right. False when the edition has no such contradiction (any more)."""
    one = next((one for one in _of_edition(pack, at.date()) if key == _key(*one)), None)
    if one is None:
        return False
    row = _row(*one, at)
    row.status, row.closed_at, row.closed_by = _CLOSED, at, by
    row.save(update_fields=["status", "closed_at", "closed_by"])
    return True


def to_settle(pack: Pack, day: date) -> list[Shown]:
    """What contradicts itself in the edition and was not settled, what customers met most first."""
    rows = {(row.language, row.key): row for row in KnowledgeConflict.objects.all()}
    shown = []
    for language, one in _of_edition(pack, day):
        key = _key(language, one)
        row = rows.get((language, key))
        if row is None or row.status == _OPEN:
            shown.append(Shown(key, language, one, row.count if row else 0))
    return sorted(shown, key=lambda one: -one.count)


def findings(pack: Pack, on: date) -> list[Finding]:
    """What the check of a pack says of articles that contradict each other."""
    return [_finding(one) for _language, one in all_conflicts(pack, on)]


def _finding(one: Contradiction) -> Finding:
    older, newer = one.older.section.article, one.newer.section.article
    problem = f"'{one.newer.sentence[:120]}' contradicts '{one.older.sentence[:120]}' in {older.place.file}"
    which = f"'{newer.id}', the newer one, answers" if one.is_dated else "neither is newer, either may answer"
    return Finding(newer.place, "warning", problem, f"Mend one of them; until then {which}.")


_kept: dict[str, tuple[date, Sequence[tuple[str, Contradiction]]]] = {}  # edition → of which day, and what


def _of_edition(pack: Pack, day: date) -> Sequence[tuple[str, Contradiction]]:
    if pack.edition not in _kept or _kept[pack.edition][0] != day:
        _kept.clear()
        _kept[pack.edition] = (day, all_conflicts(pack, day))
    return _kept[pack.edition][1]


def _row(language: str, one: Contradiction, at: datetime) -> KnowledgeConflict:
    defaults = {"older": one.older.section.article.id, "newer": one.newer.section.article.id, "last_at": at}
    return KnowledgeConflict.objects.get_or_create(language=language, key=_key(language, one), defaults=defaults)[0]


def _key(language: str, one: Contradiction) -> str:
    return hashlib.sha256("\0".join((language, *one.key)).encode()).hexdigest()
