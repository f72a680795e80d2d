"""Themes: questions that nobody could answer, gathered by what they are about and named by their most telling words.

Deterministic: the most asked question begins; each next one joins the theme it is closest to, or begins its own; then
everything is laid once more beside the themes as they have become, until nothing moves. Closeness is that of the
weighted terms (cosine), with the meaning beside it where an encoder serves the language.
"""

from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock

import numpy as np
import regex
from django.db.models import Sum
from numpy.typing import NDArray

from courtesy.knowledge import meaning
from courtesy.knowledge.models import GapDay, KnowledgeGap
from courtesy.knowledge.terms import terms

CLOSE = 0.3  # from here a question belongs to a theme
CLOSE_IN_MEANING = 0.55  # the same where an encoder has a say
MOST = 1_000  # of the most asked questions are gathered
ROUNDS = 8
NAMED_BY = 3  # words
SPAN = timedelta(days=14)  # asked in the last such span, against the one before

Floats = NDArray[np.float32]
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_MARK = regex.compile(r"\[[^\]]{1,20}\]")


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of one language about one thing, the most asked first. ``lately`` and ``before``: how often in the
    last two weeks and in the two before."""

    key: int  # the id of its most asked question
    name: str
    language: str
    gaps: tuple[KnowledgeGap, ...]
    count: int
    lately: int
    before: int

    @property
    def trend(self) -> int:
        """How much more it is asked lately than before."""
        return self.lately - self.before

    @property
    def last_asked_at(self) -> datetime:
        return max(gap.last_asked_at for gap in self.gaps)


def themes(at: datetime, language: str = "") -> list[Theme]:
    """The themes of all open gaps, the most asked first."""
    rows = KnowledgeGap.objects.filter(status=KnowledgeGap.Status.OPEN)
    rows = rows.filter(language=language) if language else rows
    spoken: defaultdict[str, list[KnowledgeGap]] = defaultdict(list)
    for gap in rows.order_by("-count", "first_asked_at", "pk")[:MOST]:
        spoken[gap.language].append(gap)
    today = at.astimezone(UTC).date()
    lately, before = _asked(today - SPAN, today), _asked(today - 2 * SPAN, today - SPAN)
    found = [
        _theme(group, spoken[code], lately, before) for code in sorted(spoken) for group in gathered(spoken[code], code)
    ]
    return sorted(found, key=lambda theme: (-theme.count, -theme.last_asked_at.timestamp(), theme.key))


def theme_of(key: int, at: datetime) -> Theme | None:
    """The theme that this question leads, or belongs to by now."""
    gap = KnowledgeGap.objects.filter(pk=key, status=KnowledgeGap.Status.OPEN).first()
    if gap is None:
        return None
    return next((one for one in themes(at, gap.language) if any(known.pk == key for known in one.gaps)), None)


def gathered(gaps: Sequence[KnowledgeGap], language: str) -> list[list[KnowledgeGap]]:
    """The questions in groups, in the order given."""
    if not gaps:
        return []
    rows, close = _rows([gap.text for gap in gaps], language)
    homes = _first_homes(rows, close)
    for _ in range(ROUNDS):
        centres = _centres(rows, homes)
        nearness = rows @ centres.T
        best = nearness.argmax(axis=1)
        moved = np.where(nearness[np.arange(len(rows)), best] >= close, best, homes)
        if (moved == homes).all():
            break
        homes = moved
    groups: OrderedDict[int, list[KnowledgeGap]] = OrderedDict()
    for gap, home in zip(gaps, homes.tolist(), strict=True):
        groups.setdefault(home, []).append(gap)
    return list(groups.values())


def _first_homes(rows: Floats, close: float) -> NDArray[np.int64]:
    homes = np.zeros(len(rows), np.int64)
    sums: list[Floats] = []
    for number, row in enumerate(rows):
        if sums:
            centres = np.vstack(sums)
            nearness = centres @ row / np.maximum(np.linalg.norm(centres, axis=1), 1e-9)
            best = int(nearness.argmax())
            if nearness[best] >= close:
                homes[number] = best
                sums[best] = sums[best] + row
                continue
        homes[number] = len(sums)
        sums.append(row)
    return homes


def _centres(rows: Floats, homes: NDArray[np.int64]) -> Floats:
    sums = np.zeros((int(homes.max()) + 1 if len(homes) else 0, rows.shape[1]), np.float32)
    np.add.at(sums, homes, rows)
    return _of_length_one(sums)


def _rows(texts: Sequence[str], language: str) -> tuple[Floats, float]:
    """A row of length one for each question, and from which closeness on two belong together."""
    words = _words(texts, language)
    vectors = _vectors(texts, language)
    if vectors is None:
        return words, CLOSE
    share = np.float32(math.sqrt(meaning.WEIGHT))
    return np.hstack([share * vectors, np.float32(math.sqrt(1 - meaning.WEIGHT)) * words]), CLOSE_IN_MEANING


def _words(texts: Sequence[str], language: str) -> Floats:
    """Terms weighed by how few questions have them."""
    counts = [Counter(terms(_MARK.sub(" ", text), language)) for text in texts]
    seen = Counter(term for one in counts for term in one)
    place = {term: number for number, term in enumerate(sorted(seen))}
    rows = np.zeros((len(texts), max(1, len(place))), np.float32)
    for number, one in enumerate(counts):
        for term in one:
            rows[number, place[term]] = math.log((1 + len(texts)) / (1 + seen[term])) + 1
    return _of_length_one(rows)


def _of_length_one(rows: Floats) -> Floats:
    made: Floats = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return made


_kept: OrderedDict[tuple[str, str], Floats] = OrderedDict()
_keeping = Lock()


def _vectors(texts: Sequence[str], language: str) -> Floats | None:
    """What the encoder makes of the questions; each is encoded once while this process runs."""
    encoder = meaning.encoder_for(language)
    if encoder is None or not texts:
        return None
    with _keeping:
        missing = [text for text in texts if (encoder.id, text) not in _kept]
        made = meaning.passages(encoder, missing) if missing else None
        if missing and made is None:
            return None
        for number, text in enumerate(missing):
            assert made is not None
            _kept[encoder.id, text] = made[number]
        found = np.vstack([_kept[encoder.id, text] for text in texts])
        while len(_kept) > 4 * MOST:
            _kept.popitem(last=False)
    return found


# --- naming and counting ------------------------------------------------------------------------------


def _theme(
    group: Sequence[KnowledgeGap], all_: Sequence[KnowledgeGap], lately: Counter[int], before: Counter[int]
) -> Theme:
    first = group[0]
    return Theme(
        key=first.pk,
        name=name_of([gap.text for gap in group], [gap.text for gap in all_], first.language),
        language=first.language,
        gaps=tuple(group),
        count=sum(gap.count for gap in group),
        lately=sum(lately[gap.pk] for gap in group),
        before=sum(before[gap.pk] for gap in group),
    )


def name_of(texts: Sequence[str], all_: Sequence[str], language: str) -> str:
    """The words that tell these questions from the others, as they are written most often, in reading order."""
    inside = Counter(term for text in texts for term in set(terms(_MARK.sub(" ", text), language)))
    everywhere = Counter(term for text in all_ for term in set(terms(text, language)))
    telling = sorted(
        inside,
        key=lambda term: (-inside[term] * (math.log((1 + len(all_)) / (1 + everywhere[term])) + 1), -len(term), term),
    )
    best: list[str] = []
    for term in telling:
        if not any(term in other or other in term for other in best):
            best.append(term)
        if len(best) == NAMED_BY:
            break
    written = {term: _as_written(term, texts, language) for term in best}
    whole = " ".join(texts).casefold()
    return ", ".join(sorted(written.values(), key=lambda word: whole.find(word.casefold())))


def _as_written(term: str, texts: Sequence[str], language: str) -> str:
    """The word behind a stem, in the form in which it stands most often."""
    forms = Counter(
        word for text in texts for word in _WORD.findall(_MARK.sub(" ", text)) if terms(word, language) == [term]
    )
    return min(forms, key=lambda word: (-forms[word], word != word.casefold(), word)) if forms else term


def _asked(after: date, until: date) -> Counter[int]:
    """How often each gap was asked from the day after ``after`` to ``until``."""
    rows = GapDay.objects.filter(day__gt=after, day__lte=until).values("gap").annotate(times=Sum("count"))
    return Counter({row["gap"]: row["times"] for row in rows})
