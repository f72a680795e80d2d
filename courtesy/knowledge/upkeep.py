"""Upkeep: which articles somebody has to look at: a dead link, an end that has passed, a review that is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from courtesy.knowledge.links import links_of
from courtesy.pack.model import Article, Pack

Why = Literal["dead link", "over", "review", "over soon"]
_ORDER: tuple[Why, ...] = ("dead link", "over", "review", "over soon")
SOON = 7  # days before an article ends in which its owner is told


@dataclass(frozen=True, slots=True)
class Due:
    """``about`` is the address that is dead, else ""; ``problem`` what is wrong with it; ``day`` when it was due."""

    article: Article
    why: Why
    about: str = ""
    problem: str = ""
    day: date | None = None


def due(pack: Pack, day: date, dead: Mapping[str, str]) -> list[Due]:
    """What has to be looked at on that day (the company's), the gravest first. ``dead``: address → what is wrong."""
    found = [one for article in pack.articles for one in _of(article, day, dead)]
    return sorted(found, key=lambda one: (_ORDER.index(one.why), one.day or day, one.article.id, one.article.language))


def _of(article: Article, day: date, dead: Mapping[str, str]) -> list[Due]:
    ends = article.valid_until
    if ends is not None and ends < day:  # nobody reads it any more: its links and its review do not matter
        return [Due(article, "over", day=ends)]
    found = [Due(article, "dead link", url, dead[url]) for url in links_of(article) if url in dead]
    if article.review_by is not None and article.review_by < day:
        found.append(Due(article, "review", day=article.review_by))
    if ends is not None and (ends - day).days < SOON:
        found.append(Due(article, "over soon", day=ends))
    return found
