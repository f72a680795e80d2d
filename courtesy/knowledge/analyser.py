"""The analyser of one language and edition: text as terms, with the synonyms of the pack brought to one wording.

Questions and articles go through the same analyser, so that each word of a line finds all others.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from courtesy.knowledge.terms import terms
from courtesy.language.text import flatten

_SPACED = regex.compile(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Thai}|\p{Lao}|\p{Khmer}|\p{Myanmar}")

_Words = tuple[str, ...]


class Analyser:
    """``lines``: words that mean the same. The terms of the first word of a line stand for all of them."""

    def __init__(self, language: str, lines: Iterable[tuple[str, ...]] = ()) -> None:
        self.language = language
        self._runs: dict[_Words, _Words] = {}
        written: dict[str, str] = {}
        for words in lines:
            flat = [flatten(word) for word in words]
            if _SPACED.search(flat[0]):
                first = written.get(flat[0], flat[0])
                written |= dict.fromkeys(flat[1:], first)
                continue
            found = [tuple(terms(word, language)) for word in flat]
            kept = next((run for run in found if run), ())
            first_run = self._runs.get(kept, kept)
            self._runs |= {run: first_run for run in found if run and run != first_run}
        self._written = written
        self._longest = max(map(len, self._runs), default=0)
        longest_first = sorted(written, key=len, reverse=True)
        self._pattern = regex.compile("|".join(map(regex.escape, longest_first))) if written else None

    def terms(self, text: str) -> list[str]:
        """As ``terms``, synonyms in their common wording."""
        if self._pattern is not None:
            text = self._pattern.sub(lambda found: self._written[found[0]], flatten(text))
        found = terms(text, self.language)
        return self._joined(found) if self._runs else found

    def _joined(self, found: list[str]) -> list[str]:
        """Runs of terms that are a synonym, the longest first, replaced."""
        kept: list[str] = []
        place = 0
        while place < len(found):
            for size in range(min(self._longest, len(found) - place), 0, -1):
                other = self._runs.get(tuple(found[place : place + size]))
                if other is not None:
                    kept.extend(other)
                    place += size
                    break
            else:
                kept.append(found[place])
                place += 1
        return kept
