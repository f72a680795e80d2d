"""Passages that contradict each other: other figures, or yes and no, for the same matter.

Two sentences are about the same matter when most of what they say besides the figures is the same, weighed by how
telling each word is among the articles; and so are the first sentences below two headings that ask the same. Where they
share a figure of a kind, they do not contradict each other in it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from courtesy.knowledge.analyser import Analyser
from courtesy.knowledge.claims import Claim, claims_of
from courtesy.knowledge.passages import Section, sections
from courtesy.pack.model import Article

SAME_MATTER = 0.62  # Dice's coefficient of two sentences, weighted
SAME_QUESTION = 0.8  # the same of two headings
SAME_SAID = 0.8  # of two sentences of which one denies what the other says
RELATED = 0.2  # of what two passages are about, title and heading; below it, sentences must be nearly the same
_TERM = 2  # characters from which a term is a reason to compare
_FEWEST = 2  # terms that two sentences must share; twice as many where their passages are not related
_COMMON, _MANY = 0.2, 60  # a term in a larger share, or in more of the sentences, is no reason to compare two of them


@dataclass(frozen=True, slots=True)
class Contradiction:
    """``older`` and ``newer`` by the day since when the articles are valid; of the same day, by their ids."""

    older: Claim
    newer: Claim

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Stays the same as long as both sentences do."""
        return self.older.section.article.id, self.older.sentence, self.newer.section.article.id, self.newer.sentence

    @property
    def is_dated(self) -> bool:
        """Whether one of the two is newer, so that it is known which to believe."""
        return _since(self.older) < _since(self.newer)


def contradictions(articles: Sequence[Article], language: str, analyser: Analyser) -> tuple[Contradiction, ...]:
    """Every contradiction among articles of one language, in the order of the articles. Which of them are valid and for
    whom is the caller's business."""
    claims = [claim for article in articles for section in sections(article) for claim in claims_of(section, analyser)]
    weights = _weights(claims)
    found: dict[tuple[str, ...], Contradiction] = {}
    for first, second in _pairs(claims):
        if _contradict(first, second, weights):
            older, newer = sorted((first, second), key=lambda claim: (_since(claim), claim.section.article.id))
            found.setdefault(tuple(sorted((_place(first), _place(second)))), Contradiction(older, newer))
    return tuple(found.values())


def _place(claim: Claim) -> str:
    return f"{claim.section.article.id}#{claim.section.number}"


def _since(claim: Claim) -> date:
    return claim.section.article.valid_from or date.min


def _weights(claims: Sequence[Claim]) -> dict[str, float]:
    seen = Counter(term for claim in claims for term in claim.about | claim.matter)
    return {term: math.log(1 + len(claims) / count) for term, count in seen.items()}


def _pairs(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Claims of different passages that share a word which not everybody uses; each pair once."""
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        for term in claim.about | (claim.asked if claim.answers or claim.figures else frozenset()):
            if len(term) < _TERM:
                continue
            homes[term].append(place)
    most = max(6, min(_MANY, int(_COMMON * len(claims))))
    for place, claim in enumerate(claims):
        if not (claim.figures or claim.answers or claim.denies):
            continue
        telling = [homes[term] for term in claim.about | claim.asked if term in homes and len(homes[term]) <= most]
        near = {other for places in telling for other in places}
        for other in sorted(near):
            partner = claims[other]
            plain = not (partner.figures or partner.answers or partner.denies)
            if (other > place or plain) and _place(partner) != _place(claim):
                yield claim, partner


def _contradict(first: Claim, second: Claim, weights: dict[str, float]) -> bool:
    same_question = _alike(first.asked, second.asked, weights) >= SAME_QUESTION
    if same_question and {first.answers, second.answers} == {"yes", "no"}:
        return True
    said, shared = _alike(first.about, second.about, weights), len(first.about & second.about)
    matter = same_question or _alike(first.matter, second.matter, weights) >= RELATED
    needed = _FEWEST if matter else 2 * _FEWEST
    if shared < needed:
        return False
    if first.denies != second.denies and said >= SAME_SAID:
        return not (first.figures or second.figures)
    least = SAME_MATTER if matter else SAME_SAID
    return said >= (least / 2 if same_question else least) and _other_figures(first, second)


def _other_figures(first: Claim, second: Claim) -> bool:
    """Whether both give a figure of one unit, each only figures that the other does not have."""
    for unit in {unit for unit, _ in first.figures} & {unit for unit, _ in second.figures}:
        mine = {number for one, number in first.figures if one == unit}
        others = {number for one, number in second.figures if one == unit}
        if not mine & others:
            return True
    return False


def _alike(first: frozenset[str], second: frozenset[str], weights: dict[str, float]) -> float:
    total = sum(weights.get(term, 0.0) for term in first) + sum(weights.get(term, 0.0) for term in second)
    return 2 * sum(weights.get(term, 0.0) for term in first & second) / total if total else 0.0


def sides_of(found: Sequence[Contradiction], section: Section) -> Iterator[tuple[Contradiction, Section]]:
    """The contradictions of a passage, each with the passage on the other side."""
    for one in found:
        for side, other in ((one.older, one.newer), (one.newer, one.older)):
            if side.section == section:
                yield one, other.section
