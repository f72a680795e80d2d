"""The phrase books: for each language, the words that show a move or a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import regex

from courtesy.language.text import flatten

_HAN = regex.compile(r"\p{Han}")
_WORD = regex.compile(r"(?<!\\)(?<!\p{L})\p{Latin}{2,}(?!\p{L})|(\p{Han})\1")
_CLAUSE_ENDS = " .,;:!?¡¿，。；：！？…\"'()"


@dataclass(frozen=True, slots=True)
class Section:
    """All that shows one thing: whole messages, and a pattern to search for."""

    whole: frozenset[str]
    pattern: regex.Pattern[str] | None

    def found(self, flat: str) -> tuple[int, int] | None:
        """Where it stands in a flat text, or None."""
        bare = flat.strip(_CLAUSE_ENDS)
        if bare in self.whole:
            start = flat.find(bare)
            return start, start + len(bare)
        hit = self.pattern.search(flat) if self.pattern else None
        return (hit.start(), hit.end()) if hit else None


def languages() -> tuple[str, ...]:
    """Languages that have a phrase book."""
    folder = resources.files("courtesy.language.lexicons") / "moves"
    return tuple(sorted(page.name[:-4] for page in folder.iterdir() if page.name.endswith(".txt")))


@lru_cache(maxsize=32)
def book(language: str) -> dict[str, Section]:
    """Name of the section → what shows it; empty for a language without a book."""
    page = resources.files("courtesy.language.lexicons") / "moves" / f"{language}.txt"
    if not page.is_file():
        return {}
    lines: dict[str, list[str]] = {}
    name = ""
    for line in page.read_text("utf-8").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            lines[name] = []
        elif line and name and not line.startswith("# "):
            lines[name].append(line)
    return {name: _section(entries) for name, entries in lines.items() if name != "function words"}


@lru_cache(maxsize=32)
def function_words(language: str) -> frozenset[str]:
    page = resources.files("courtesy.language.lexicons") / "moves" / f"{language}.txt"
    if not page.is_file():
        return frozenset()
    written = page.read_text("utf-8").rpartition("[function words]")[2]
    return frozenset(flatten(word) for word in written.split())


@lru_cache(maxsize=32)
def common_words(language: str) -> frozenset[str]:
    """Words that everybody uses in this language, none of which is ever a slip of another."""
    page = resources.files("courtesy.language.lexicons") / "common" / f"{language}.txt"
    if not page.is_file():
        return function_words(language)
    lines = [line for line in page.read_text("utf-8").splitlines() if not line.startswith("#")]
    return frozenset(flatten(word) for line in lines for word in line.split()) | function_words(language)


@lru_cache(maxsize=32)
def words_of(language: str) -> frozenset[str]:
    """Every word of a phrase book, those inside its patterns too, and every character that is said twice: what a slip
    may have been meant for."""
    page = resources.files("courtesy.language.lexicons") / "moves" / f"{language}.txt"
    if not page.is_file():
        return frozenset()
    return frozenset(found[0] for found in _WORD.finditer(flatten(page.read_text("utf-8"))))


def _section(entries: list[str]) -> Section:
    whole = frozenset(flatten(entry[2:]) for entry in entries if entry.startswith("= "))
    parts: list[str] = []
    for entry in entries:
        if entry.startswith("/") and entry.endswith("/"):
            parts.append(f"(?:{entry[1:-1]})")
        elif not entry.startswith("= "):
            words = regex.escape(flatten(entry), literal_spaces=True)
            parts.append(words if _HAN.search(entry) else rf"\b{words}\b")
    return Section(whole, regex.compile("|".join(parts)) if parts else None)
