"""The index of one language's articles: which passage speaks of what a question asks, and how surely.

Two measures, each from 0 to 1, both weighted by how telling a term is among the articles:

- ``coverage``: BM25 (k1 1.2, b 0.75) of the passage with its title, heading and questions, as a share of what the
  question could reach at most (Robertson and Zaragoza 2009; the share makes scores of different questions comparable);
- ``likeness``: Dice's coefficient with the most similar wording: a title, a heading or a question customers ask.

A term that no article has counts against both, so that a question from elsewhere stays low. A term that other articles
have but this one lacks names another subject of the company ("cancel the order" beside "cancel the subscription"): its
share of the words asked is taken off once more. A single character is no word. Where an encoder serves the language,
the mean of the two is joined with the ``closeness`` in meaning of the passage and of its best wording at a fixed
weight: all are shares of what could be reached, so none drowns the others, as rank fusion and scaling by the best hit
would let it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from courtesy.knowledge import meaning
from courtesy.knowledge.analyser import Analyser
from courtesy.knowledge.contradicting import Contradiction, contradictions
from courtesy.knowledge.passages import Section, sections
from courtesy.knowledge.terms import LONGEST
from courtesy.language.encoder import Encoder
from courtesy.pack.model import Article

K1, B = 1.2, 0.75
TITLE, HEADING, QUESTIONS, BODY = 2.0, 2.0, 1.0, 1.0  # weight of a term by where it stands
MISSPELT = 0.85  # of its weight is left to a term that was read as its neighbour

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    section: Section
    coverage: float
    likeness: float
    elsewhere: float = 0.0  # share of the words asked that other articles speak of and this one does not
    closeness: float | None = None

    @property
    def score(self) -> float:
        """How surely the passage answers the question, 0 to 1."""
        words = (self.coverage + self.likeness) / 2 * (1 - self.elsewhere)
        return words if self.closeness is None else (1 - meaning.WEIGHT) * words + meaning.WEIGHT * self.closeness


@dataclass(frozen=True, slots=True)
class _Posting:
    places: NDArray[np.intp]
    values: Floats


class Index:
    """Built once for the articles of one language; asking it reads only."""

    def __init__(
        self,
        articles: Sequence[Article],
        language: str,
        encoder: Encoder | None = None,
        analyser: Analyser | None = None,
    ) -> None:
        self.language = language
        self.analyser = analyser or Analyser(language)
        self.sections = tuple(section for article in articles for section in sections(article))
        bags = [self._bag(section) for section in self.sections]
        seen = Counter(term for bag in bags for term in bag)
        total = max(1, len(bags))
        self.weights = {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in seen.items()}
        self.unknown = math.log(1 + (total + 0.5) / 0.5)  # the weight of a term that no article has
        self._postings = self._impacts(bags)
        self._homes = self._articles_of(bags)
        self._wordings, self._wording_weights = self._phrases()
        wholes = [self._whole(section) for section in self.sections]
        self._meanings = meaning.meanings(encoder, language, wholes, list(self._names()))
        self._vocabulary = sorted(term for term in self.weights if term.isascii() and len(term) >= 4)

    def hits(self, question: str, fits: Callable[[Article], bool], most: int) -> tuple[Hit, ...]:
        """The best passages first, at most ``most``, of articles that fit."""
        asked = self._asked(question)
        if not asked or not self.sections:
            return ()
        coverage = self._coverage(asked)
        likeness = self._likeness(asked)
        elsewhere = self._elsewhere(asked)
        close = self._meanings.closeness(question) if self._meanings else None
        scores = (coverage + likeness) / 2 * (1 - elsewhere)
        if close is not None:
            scores = (1 - meaning.WEIGHT) * scores + meaning.WEIGHT * close
        found: list[Hit] = []
        for place in np.argsort(-scores, kind="stable"):
            if scores[place] <= 0 or len(found) == most:
                break
            if fits(self.sections[place].article):
                near = None if close is None else float(close[place])
                measures = float(coverage[place]), float(likeness[place]), float(elsewhere[place])
                found.append(Hit(self.sections[place], *measures, near))
        return tuple(found)

    @cached_property
    def _opposed(self) -> tuple[Contradiction, ...]:
        articles = list({section.article.id: section.article for section in self.sections}.values())
        return contradictions(articles, self.language, self.analyser)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """Passages that contradict each other; worked out when first asked for."""
        return self._opposed

    # --- asking ---------------------------------------------------------------------------------

    def _asked(self, question: str) -> dict[str, tuple[str, float]]:
        """Term asked → the term looked for and its weight; a misspelt word stands for its nearest neighbour."""
        asked: dict[str, tuple[str, float]] = {}
        for term in self.analyser.terms(question[:LONGEST]):
            if term in asked:
                continue
            if term in self.weights:
                asked[term] = (term, self.weights[term])
            elif near := self._near(term):
                asked[term] = (near, self.weights[near] * MISSPELT)
            else:
                asked[term] = ("", self.unknown)
        return asked

    def _near(self, term: str) -> str:
        if len(term) < 5 or not term.isascii() or any(letter.isdigit() for letter in term):
            return ""
        cutoff = 1 if len(term) < 9 else 2
        found = process.extractOne(term, self._vocabulary, scorer=OSA.distance, score_cutoff=cutoff)
        return found[0] if found and found[0][0] == term[0] else ""

    def _coverage(self, asked: dict[str, tuple[str, float]]) -> Floats:
        scores = np.zeros(len(self.sections))
        attainable = 0.0
        for term, weight in asked.values():
            attainable += weight
            posting = self._postings.get(term)
            if posting is not None:
                scores[posting.places] += weight * posting.values
        return scores / attainable

    def _likeness(self, asked: dict[str, tuple[str, float]]) -> Floats:
        shared = np.zeros(len(self._wording_weights))
        whole = 0.0
        for term, weight in asked.values():
            whole += weight
            posting = self._wordings.get(term)
            if posting is not None:
                shared[posting.places] += weight
        dice = 2 * shared / (whole + self._wording_weights)
        best = np.zeros(len(self.sections))
        np.maximum.at(best, self._wording_of, dice)
        return best

    def _elsewhere(self, asked: dict[str, tuple[str, float]]) -> Floats:
        missing = np.zeros(len(self.sections))
        whole = 0.0
        for word, (term, weight) in asked.items():
            if len(word) == 1:
                continue
            whole += weight
            if term:
                missing += weight
                missing[self._homes[term]] -= weight
        return np.clip(missing / whole, 0, 1) if whole else missing

    # --- building -------------------------------------------------------------------------------

    @staticmethod
    def _whole(section: Section) -> str:
        """A passage as it is encoded: what it is about, then what it says."""
        return ". ".join(part for part in (section.article.title, section.heading, section.text) if part)

    def _bag(self, section: Section) -> dict[str, float]:
        """Terms of a passage, weighted by where they stand. Questions belong to the article's first passage."""
        article = section.article
        bag: defaultdict[str, float] = defaultdict(float)
        parts = [
            (article.title, TITLE if section.number == 0 else 1.0),
            (section.heading, HEADING),
            (section.text, BODY),
        ]
        if section.number == 0:
            parts += [(question, QUESTIONS) for question in article.questions]
        for text, weight in parts:
            for term in self.analyser.terms(text):
                bag[term] += weight
        return dict(bag)

    def _impacts(self, bags: list[dict[str, float]]) -> dict[str, _Posting]:
        lengths = [sum(bag.values()) for bag in bags]
        usual = (sum(lengths) / len(lengths)) if lengths else 1.0
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (bag, length) in enumerate(zip(bags, lengths, strict=True)):
            for term, count in bag.items():
                found[term].append((place, count / (count + K1 * (1 - B + B * length / usual))))
        return {term: _posting(pairs) for term, pairs in found.items()}

    def _articles_of(self, bags: list[dict[str, float]]) -> dict[str, NDArray[np.intp]]:
        """Term → the passages of every article that has it anywhere."""
        parts: defaultdict[str, list[int]] = defaultdict(list)
        for place, section in enumerate(self.sections):
            parts[section.article.id].append(place)
        found: defaultdict[str, set[int]] = defaultdict(set)
        for section, bag in zip(self.sections, bags, strict=True):
            for term in bag:
                found[term].update(parts[section.article.id])
        return {term: np.array(sorted(places), dtype=np.intp) for term, places in found.items()}

    def _names(self) -> Iterator[tuple[int, str]]:
        """The place of a passage and a wording of what it is about: title, heading, questions customers ask."""
        for place, section in enumerate(self.sections):
            article = section.article
            if section.number:
                yield place, f"{article.title} {section.heading}"
                yield place, section.heading
            else:
                yield from ((place, wording) for wording in (article.title, *article.questions))

    def _phrases(self) -> tuple[dict[str, _Posting], Floats]:
        """Every name of a passage, as a set of terms."""
        found: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        weights: list[float] = []
        of: list[int] = []
        for place, wording in self._names():
            words = set(self.analyser.terms(wording))
            for term in words:
                found[term].append((len(weights), 1.0))
            weights.append(sum(self.weights.get(term, self.unknown) for term in words))
            of.append(place)
        self._wording_of = np.array(of, dtype=np.intp)
        return {term: _posting(pairs) for term, pairs in found.items()}, np.array(weights)


def _posting(pairs: list[tuple[int, float]]) -> _Posting:
    return _Posting(np.array([place for place, _ in pairs], dtype=np.intp), np.array([value for _, value in pairs]))
