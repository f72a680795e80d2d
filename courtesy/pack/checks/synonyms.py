"""Synonyms: in a language of the company, and each word with one meaning."""

from __future__ import annotations

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Pack, Synonyms


def check_synonyms(pack: Pack, mistakes: Mistakes) -> None:
    for language, lines in pack.synonyms.items():
        own = next((line for line in lines if line.place.file.split("/")[0] == pack.name), None)
        if own is not None and language not in pack.company.languages:
            remedy = f"Known are: {', '.join(pack.company.languages)}."
            mistakes.warn(own.place, f"the company does not speak '{language}'", remedy)
        _check_once(lines, mistakes)


def _check_once(lines: tuple[Synonyms, ...], mistakes: Mistakes) -> None:
    """A word of two lines would tie both meanings together."""
    seen: dict[str, Synonyms] = {}
    for line in lines:
        for word in line.words:
            other = seen.setdefault(word, line)
            if other is not line:
                where = f"{other.place.file}, line {other.place.line}"
                mistakes.warn(
                    line.place,
                    f"'{word}' also stands in {where}, so that both lines mean the same",
                    "Keep it in one line, or write one line of both.",
                )
