"""Declaring an incident, changing what is said of it, and saying that it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.db.models import F

from courtesy.conversations import journal
from courtesy.conversations.models import Incident
from courtesy.conversations.numbering import next_value
from courtesy.pack.model import Pack
from courtesy.workforce.models import Colleague

Lacking = Literal[
    "", "title", "a matter", "what is said", "a known procedure", "a known article", "a time to come", "not over yet"
]


@dataclass(frozen=True, slots=True)
class News:
    """What customers are told: language → words, when it should be over, and when they hear more."""

    said: Mapping[str, str]
    expected_at: datetime | None = None
    next_news_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Touches:
    """What an incident affects. ``areas``: beginnings of postcodes or names of places, none for everywhere."""

    areas: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """An incident as somebody declares it. ``whole_answer``: the ordinary procedure is only begun when the customer
    asks again after being told."""

    title: str
    touches: Touches
    news: News
    severity: str = Incident.Severity.MEDIUM
    whole_answer: bool = False
    began_at: datetime | None = None
    said_over: Mapping[str, str] = field(default_factory=dict)


def lacking(trouble: Trouble, pack: Pack, at: datetime) -> Lacking:
    """What is missing before it can be declared; "" when nothing is."""
    touches = trouble.touches
    if not trouble.title.strip():
        return "title"
    if not (touches.products or touches.procedures or touches.articles):
        return "a matter"
    if any(name not in pack.procedures for name in touches.procedures):
        return "a known procedure"
    if set(touches.articles) - {article.id for article in pack.articles}:
        return "a known article"
    return _lacking_news(trouble.news, pack, at)


def _lacking_news(news: News, pack: Pack, at: datetime) -> Lacking:
    if not news.said.get(pack.company.languages[0], "").strip():
        return "what is said"
    times = (news.expected_at, news.next_news_at)
    return "a time to come" if any(one is not None and one <= at for one in times) else ""


@transaction.atomic
def declare(trouble: Trouble, pack: Pack, by: Colleague | None, at: datetime) -> Incident | Lacking:
    """From now on whoever asks about it is told. Answers with what is lacking where it cannot be declared."""
    if lack := lacking(trouble, pack, at):
        return lack
    touches, news = trouble.touches, trouble.news
    incident = Incident.objects.create(
        number=f"I{at:%y}-{next_value('incident'):06d}",
        title=trouble.title.strip()[:200],
        severity=trouble.severity,
        areas=list(touches.areas),
        products=list(touches.products),
        procedures=list(touches.procedures),
        articles=list(touches.articles),
        said=_spoken(news.said, pack),
        said_over=_spoken(trouble.said_over, pack),
        whole_answer=trouble.whole_answer,
        began_at=trouble.began_at or at,
        expected_at=news.expected_at,
        next_news_at=news.next_news_at,
        declared_by=by,
        declared_at=at,
    )
    note(incident, "incident declared", by, at)
    return incident


@transaction.atomic
def change(incident: Incident, news: News, pack: Pack, by: Colleague | None, at: datetime) -> Lacking:
    """Other words or times; whoever was told before is told the news. Nothing is said twice when nothing changed."""
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.status == Incident.Status.OVER:
        return "not over yet"
    if lack := _lacking_news(news, pack, at):
        return lack
    before = (held.said, held.expected_at, held.next_news_at)
    held.said = _spoken(news.said, pack)
    held.expected_at, held.next_news_at = news.expected_at, news.next_news_at
    if before != (held.said, held.expected_at, held.next_news_at):
        held.news = F("news") + 1
        held.save(update_fields=["said", "expected_at", "next_news_at", "news"])
        held.refresh_from_db()
        note(held, "incident changed", by, at)
    return ""


@transaction.atomic
def finish(
    incident: Incident, pack: Pack, by: Colleague | None, at: datetime, said: Mapping[str, str] | None = None
) -> Lacking:
    """It is over: nobody is told of it any more, and everybody who was hears so, once."""
    held = Incident.objects.select_for_update().get(pk=incident.pk)
    if held.status == Incident.Status.OVER:
        return "not over yet"
    held.status, held.over_at, held.news = Incident.Status.OVER, at, F("news") + 1
    held.said_over = _spoken(said or {}, pack) or held.said_over
    held.save(update_fields=["status", "over_at", "news", "said_over"])
    held.refresh_from_db()
    note(held, "incident over", by, at)
    return ""


def _spoken(said: Mapping[str, str], pack: Pack) -> dict[str, str]:
    return {
        code: words.strip()[:2000] for code, words in said.items() if code in pack.company.languages and words.strip()
    }


def note(incident: Incident, kind: str, by: Colleague | None, at: datetime) -> None:
    """A line of the journal with all that is said of it now."""
    content = {
        "incident": incident.number,
        "title": incident.title,
        "areas": incident.areas,
        "products": incident.products,
        "procedures": incident.procedures,
        "articles": incident.articles,
        "said": incident.said_over if incident.status == Incident.Status.OVER else incident.said,
        "expected": incident.expected_at,
        "next news": incident.next_news_at,
        "news": incident.news,
    }
    journal.write(kind, actor=by.pk if by else "command", at=at, content=content)
