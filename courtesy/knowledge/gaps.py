"""Gaps: questions that no article answers, remembered until somebody writes one."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import regex
from django.db import transaction
from django.db.models import F

from courtesy.knowledge.models import GapDay, KnowledgeGap
from courtesy.knowledge.terms import terms
from courtesy.language.masking import mask

LONGEST = 500  # characters kept of a question
MOST = 5_000  # open gaps; beyond that only those already known are counted, so that nobody can fill the disk

_PERSONAL = regex.compile(
    r"(?P<mail>\S{1,64}@\S{1,80})|(?P<link>(?:https?://|www\.)\S{1,300})"
    r"|(?P<number>\+?\p{L}{0,3}[-–]?\d(?:[\d ().\-/]{2,25})\d)"
)


@transaction.atomic
def note(question: str, language: str, at: datetime) -> KnowledgeGap | None:
    """Remember a question that was not answered; the same question again is counted. A closed gap that is asked again
    opens anew. None when there is nothing in it to look for."""
    key = _key(question, language)
    if not key:
        return None
    known = KnowledgeGap.objects.filter(language=language, key=key)
    again = known.update(
        count=F("count") + 1,
        last_asked_at=at,
        status=KnowledgeGap.Status.OPEN,
        article="",
        closed_at=None,
        closed_by="",
    )
    if not again and KnowledgeGap.objects.filter(status=KnowledgeGap.Status.OPEN).count() >= MOST:
        return None
    if not again:
        KnowledgeGap.objects.get_or_create(
            language=language,
            key=key,
            defaults={"text": masked(question), "first_asked_at": at, "last_asked_at": at},
        )
    gap = known.get()
    day, _ = GapDay.objects.get_or_create(gap=gap, day=at.astimezone(UTC).date())
    GapDay.objects.filter(pk=day.pk).update(count=F("count") + 1)
    return gap


def close(gap: KnowledgeGap, *, at: datetime, by: str = "", article: str = "") -> None:
    """Say that the question is answered now, by which article and who wrote it."""
    gap.status, gap.article, gap.closed_at, gap.closed_by = KnowledgeGap.Status.CLOSED, article, at, by
    gap.save(update_fields=["status", "article", "closed_at", "closed_by"])


def close_same(question: str, language: str, *, at: datetime, by: str = "", article: str = "") -> bool:
    """Close the gap that asks the same as ``question``. False when there is none that is open."""
    gap = KnowledgeGap.objects.filter(
        language=language, key=_key(question, language), status=KnowledgeGap.Status.OPEN
    ).first()
    if gap is not None:
        close(gap, at=at, by=by, article=article)
    return gap is not None


def open_gaps(language: str = "") -> list[KnowledgeGap]:
    """What is asked most and not answered, first."""
    gaps = KnowledgeGap.objects.filter(status=KnowledgeGap.Status.OPEN)
    return list((gaps.filter(language=language) if language else gaps).order_by("-count", "-last_asked_at"))


def masked(question: str) -> str:
    """The question on one line, without addresses, links and long numbers."""
    line = mask(" ".join(question.split())[: 2 * LONGEST])
    return str(_PERSONAL.sub(lambda found: f"[{found.lastgroup}]", line))[:LONGEST]


def _key(question: str, language: str) -> str:
    found = sorted(set(terms(masked(question), language)))
    return hashlib.sha256(" ".join(found).encode()).hexdigest() if found else ""
