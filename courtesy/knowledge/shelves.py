"""What a reader may see of an edition: its articles by folder, and one article with its other languages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from courtesy.knowledge.finding import readable
from courtesy.knowledge.labels import folder_title
from courtesy.pack.model import Article, Pack


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of articles in the order of their titles."""

    folder: str
    title: str
    articles: tuple[Article, ...]


def readable_articles(pack: Pack, language: str, audience: str, day: date) -> tuple[Article, ...]:
    """One article for each id: in the reader's language, else in the company's first."""
    default = pack.company.languages[0]
    own = {one.id: one for one in pack.articles if one.language == language and readable(one, audience, day)}
    translated = {one.id for one in pack.articles if one.language == language}
    for one in pack.articles:
        if one.language == default and one.id not in translated and readable(one, audience, day):
            own.setdefault(one.id, one)
    return tuple(sorted(own.values(), key=lambda one: (one.title.casefold(), one.id)))


def shelves(pack: Pack, language: str, audience: str, day: date) -> tuple[Shelf, ...]:
    """All folders, the fullest first; articles outside any folder come last."""
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for article in readable_articles(pack, language, audience, day):
        found[article.id.partition("/")[0] if "/" in article.id else ""].append(article)
    order = sorted(found, key=lambda folder: (not folder, -len(found[folder]), folder))
    return tuple(Shelf(one, folder_title(pack, one, language) if one else "", tuple(found[one])) for one in order)


def article_of(pack: Pack, language: str, id: str, audience: str, day: date) -> Article | None:
    """The article in this language, else in the company's first; None when there is none for this reader today."""
    return next((one for one in readable_articles(pack, language, audience, day) if one.id == id), None)


def languages_of(pack: Pack, id: str, audience: str, day: date) -> tuple[str, ...]:
    """The languages an article can be read in."""
    found = {one.language for one in pack.articles if one.id == id and readable(one, audience, day)}
    return tuple(code for code in pack.company.languages if code in found)
