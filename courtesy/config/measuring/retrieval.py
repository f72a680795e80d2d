"""Questions asked of many passages through the product's own search: how often, and how high, the right one stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from courtesy.config.measuring.machine import share
from courtesy.knowledge.index import Index
from courtesy.language.encoder import EncoderOf, without
from courtesy.pack.model import Article, Place

DEEP = (1, 5, 10, 20)
_LISTED = 10  # places that count for the mean reciprocal rank


@dataclass(frozen=True, slots=True)
class Asked:
    id: str
    text: str
    language: str


def article(id: str, title: str, text: str, language: str) -> Article:
    """A passage as an article of its own; headings within it part it further, as in the help centre."""
    return Article(
        id=id, language=language, title=title, audience="customers", owner="", valid_from=None, valid_until=None,
        questions=(), body=text, place=Place(file="passages.jsonl", line=1),
    )  # fmt: skip


def measure(
    passages: Sequence[tuple[str, str, str]],
    queries: Sequence[Asked],
    relevant: Mapping[str, frozenset[str]],
    encoder_of: EncoderOf = without,
) -> dict[str, Any]:
    """All figures. Each language's questions are asked of all passages, read in that language."""
    ranks: list[int] = []
    milliseconds: list[float] = []
    building = 0.0
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    encoded: dict[str, str] = {}
    for language in dict.fromkeys(query.language for query in queries):
        started = process_time()
        encoder = encoder_of(language)
        encoded[language] = encoder.id if encoder else "words alone"
        index = Index([article(id, title, text, language) for id, title, text in passages], language, encoder)
        building += process_time() - started
        for query in queries:
            if query.language == language and relevant.get(query.id):
                started = process_time()
                rank = _rank(index, query.text, relevant[query.id])
                milliseconds.append((process_time() - started) * 1000)
                ranks.append(rank)
                by_language[language].append(rank)
    milliseconds.sort()
    return {
        "passages": len(passages),
        "queries": len(ranks),
        "encoders": encoded,
        **figures(ranks),
        "languages": {language: figures(found) for language, found in by_language.items()},
        "build_seconds": building,
        "ms_per_query_p50": share(milliseconds, 0.5),
        "ms_per_query_p95": share(milliseconds, 0.95),
    }


def figures(ranks: Sequence[int]) -> dict[str, float | None]:
    """Recall at each depth and the mean reciprocal rank; a rank of 0: not among those listed."""
    if not ranks:
        return {**{f"recall_at_{deep}": None for deep in DEEP}, "mrr_at_10": None}
    recall = {f"recall_at_{deep}": sum(0 < rank <= deep for rank in ranks) / len(ranks) for deep in DEEP}
    return {**recall, "mrr_at_10": sum(1 / rank for rank in ranks if 0 < rank <= _LISTED) / len(ranks)}


def _rank(index: Index, question: str, wanted: frozenset[str]) -> int:
    """The place of the first right passage among the first twenty, 0 where there is none."""
    seen: list[str] = []
    for hit in index.hits(question, lambda _: True, DEEP[-1] * 4):
        if hit.section.article.id not in seen:
            seen.append(hit.section.article.id)
            if hit.section.article.id in wanted:
                return len(seen) if len(seen) <= DEEP[-1] else 0
    return 0
