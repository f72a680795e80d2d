"""Finds the passage that answers a question, or nothing: no answer is better than a wrong one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from courtesy.knowledge import meaning
from courtesy.knowledge.analyser import Analyser
from courtesy.knowledge.contradicting import Contradiction, contradictions
from courtesy.knowledge.index import Hit, Index
from courtesy.pack.model import Article, Pack

# From here a passage is said as the answer. Measured on tests/unit/knowledge/questions.csv, among which are questions
# that come close to an article without being answered by it; texts in characters share more by chance.
SURE = {"zh": 0.53, "ja": 0.53, "es": 0.42}
SURE_ELSEWHERE = 0.45
# The same where an encoder had a say. Chosen on those questions and on tests/unit/knowledge/tarnfell_questions.csv, so
# that nothing is answered wrongly in either: see docs/decisions/0010.
SURE_IN_MEANING = {"zh": 0.5, "ja": 0.5, "es": 0.4}
SURE_IN_MEANING_ELSEWHERE = 0.47
CERTAIN = 0.7  # below it, another article that comes as close as CLOSE leaves the question open
CLOSE = 0.75
CLOSE_IN_MEANING = 0.8
LIKELY = 0.12  # from here an article is listed in a search
SAME = 0.8  # of the terms of two questions, from which they ask the same
KEPT = 24  # indexes in memory


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article, as it can be quoted with its source.

    ``text`` is plain; ``url`` is a path of the help centre; ``date`` is since when the article is valid;
    ``language`` is the passage's, ``translated`` False when it is not the language that was asked for."""

    text: str
    title: str
    heading: str
    article: str
    url: str
    date: date | None
    score: float
    language: str
    translated: bool = True
    meant: bool = False  # found by its meaning too


def find(
    pack: Pack, text: str, language: str, *, audience: str = "customers", at: datetime | None = None
) -> Passage | None:
    """The passage that answers ``text``, or None when none does surely enough or two articles compete for it. Of two
    that contradict each other the newer one is taken; ``conflict_of`` tells of it.

    ``at``: when articles must be valid."""
    found = find_several(pack, text, language, audience=audience, at=at, most=2)
    if len(found) > 1 and surest(found[:1]) and _are_opposed(pack, *found, audience=audience, at=at):
        found = found[:1]  # they do not compete: they speak of one matter
    best = surest(found)
    conflict = conflict_of(pack, best, audience=audience, at=at) if best is not None else None
    if best is None or conflict is None or not conflict.is_dated or conflict.newer.section.article.id == best.article:
        return best
    section = conflict.newer.section
    return _passage(Hit(section, 0, 0), own=best.translated, as_sure_as=best)


def conflict_of(
    pack: Pack, passage: Passage, *, audience: str = "customers", at: datetime | None = None
) -> Contradiction | None:
    """The contradiction of a passage with another one that this audience may read, valid at the time; None mostly."""
    day = _day(pack, at)
    for one in _index(pack, passage.language).contradictions():
        sides = (one.older.section, one.newer.section)
        if any((side.article.id, side.heading) == (passage.article, passage.heading) for side in sides) and all(
            readable(side.article, audience, day) for side in sides
        ):
            return one
    return None


def _are_opposed(pack: Pack, first: Passage, second: Passage, *, audience: str, at: datetime | None) -> bool:
    conflict = conflict_of(pack, first, audience=audience, at=at)
    return conflict is not None and second.article in (
        conflict.older.section.article.id,
        conflict.newer.section.article.id,
    )


def all_conflicts(pack: Pack, day: date) -> tuple[tuple[str, Contradiction], ...]:
    """Language and contradiction, for every two passages that are valid on a day, whoever reads them."""
    found: list[tuple[str, Contradiction]] = []
    for language in dict.fromkeys(article.language for article in pack.articles):
        own = [one for one in pack.articles if one.language == language and readable(one, "colleagues", day)]
        for one in contradictions(own, language, analyser_of(pack, language)):
            found.append((language, one))
    return tuple(found)


def surest(found: tuple[Passage, ...]) -> Passage | None:
    """The first of several passages, if it can be said as the answer."""
    if not found:
        return None
    first = found[0]
    if first.meant:
        sure, close = SURE_IN_MEANING.get(first.language, SURE_IN_MEANING_ELSEWHERE), CLOSE_IN_MEANING
    else:
        sure, close = SURE.get(first.language, SURE_ELSEWHERE), CLOSE
    if first.score < sure:
        return None
    if first.score < CERTAIN and len(found) > 1 and found[1].score >= close * first.score:
        return None
    return first


def find_several(
    pack: Pack,
    text: str,
    language: str,
    *,
    audience: str = "customers",
    at: datetime | None = None,
    most: int = 5,
    floor: float = LIKELY,
) -> tuple[Passage, ...]:
    """The best passage of each of the best articles, best first. Articles that are missing in the language are looked
    for in the company's first language. Customers see only what is written for them; colleagues see everything."""
    day = _day(pack, at)
    own = _search(pack, text, language, most, floor, lambda article: readable(article, audience, day))
    default = pack.company.languages[0]
    if language == default or surest(own):
        return own
    translated = {article.id for article in pack.articles if article.language == language}
    others = _search(
        pack,
        text,
        default,
        most,
        floor,
        lambda one: one.id not in translated and readable(one, audience, day),
        own=False,
    )
    return tuple(sorted((*own, *others), key=lambda passage: -passage.score)[:most])


def _day(pack: Pack, at: datetime | None) -> date:
    return (at or datetime.now(UTC)).astimezone(ZoneInfo(pack.company.time_zone)).date()


def readable(article: Article, audience: str, day: date) -> bool:
    """Whether this audience may read the article, and it is valid that day."""
    if audience != "colleagues" and article.audience != "customers":
        return False
    begun = article.valid_from is None or article.valid_from <= day
    return begun and (article.valid_until is None or day <= article.valid_until)


def analyser_of(pack: Pack, language: str) -> Analyser:
    """How texts of this language are cut into terms, by the pack's synonyms."""
    return Analyser(language, (line.words for line in pack.synonyms.get(language, ())))


def _turned_down(article: Article, question: frozenset[str], analyser: Analyser) -> bool:
    """Whether people have said that this article does not answer this question."""
    for other in article.not_for:
        known = frozenset(analyser.terms(other))
        if known and len(known & question) >= SAME * len(known | question):
            return True
    return False


def address_of(article: Article, number: int = 0) -> str:
    """The path of the article in the help centre; of its part ``number``."""
    part = f"#part-{number}" if number else ""
    return f"/help/{article.language}/{quote(article.id)}/{part}"


def _search(
    pack: Pack, text: str, language: str, most: int, floor: float, fits: Callable[[Article], bool], *, own: bool = True
) -> tuple[Passage, ...]:
    best: dict[str, Hit] = {}
    index = _index(pack, language)
    asked = frozenset(index.analyser.terms(text))

    def possible(article: Article) -> bool:
        return fits(article) and not _turned_down(article, asked, index.analyser)

    for hit in index.hits(text, possible, most * 6):
        if hit.score >= floor and hit.section.article.id not in best:
            best[hit.section.article.id] = hit
    return tuple(_passage(hit, own=own) for hit in best.values())[:most]


def _passage(hit: Hit, *, own: bool, as_sure_as: Passage | None = None) -> Passage:
    section, article = hit.section, hit.section.article
    return Passage(
        text=section.quote,
        title=article.title,
        heading=section.heading,
        article=article.id,
        url=address_of(article, section.number),
        date=article.valid_from,
        score=as_sure_as.score if as_sure_as else hit.score,
        language=article.language,
        translated=own,
        meant=as_sure_as.meant if as_sure_as else hit.closeness is not None,
    )


def make_ready(pack: Pack) -> None:
    """Build the index of every language now, with what contradicts itself in it, so that no customer waits for it."""
    for language in dict.fromkeys(article.language for article in pack.articles):
        _index(pack, language).contradictions()


# --- indexes in memory ----------------------------------------------------------------------------

_lock = threading.Lock()
_indexes: dict[tuple[str, str, str], tuple[tuple[Article, ...], Index]] = {}  # the least recently used first


def _index(pack: Pack, language: str) -> Index:
    """The index of the edition's articles in this language, built when it is first asked for."""
    encoder = meaning.encoder_for(language)
    key = (pack.edition, language, encoder.id if encoder else "")
    with _lock:
        kept = _indexes.pop(key, None)
        if kept is None or kept[0] is not pack.articles:
            own = [one for one in pack.articles if one.language == language]
            kept = pack.articles, Index(own, language, encoder, analyser_of(pack, language))
        _indexes[key] = kept
        while len(_indexes) > KEPT:
            del _indexes[next(iter(_indexes))]
        return kept[1]
