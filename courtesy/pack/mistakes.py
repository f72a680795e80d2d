"""Mistakes found in a pack: where, what is wrong, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from courtesy.pack.model import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake. An error keeps the pack from being used; a warning does not."""

    place: Place
    severity: Severity
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.severity}: {self.problem}. {self.remedy}".rstrip()


class PackError(Exception):
    """The pack cannot be used; ``findings`` say why, errors first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Mistakes:
    """Collects findings so that reading can go on to the end of the pack."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []

    def error(self, place: Place, problem: str, remedy: str = "") -> None:
        self._findings.append(Finding(place, "error", problem, remedy))

    def warn(self, place: Place, problem: str, remedy: str = "") -> None:
        self._findings.append(Finding(place, "warning", problem, remedy))

    def sorted(self) -> tuple[Finding, ...]:
        """All findings once each, errors first, then by file and line."""
        unique = dict.fromkeys(self._findings)
        return tuple(sorted(unique, key=lambda f: (f.severity, f.place.file, f.place.line, f.problem)))

    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.sorted() if finding.severity == "error")


def suggest(word: str, known: Iterable[str]) -> str:
    """What would be right instead of ``word``: the nearest known word, or the list when it is short."""
    words = sorted(known)
    folded = {candidate.casefold(): candidate for candidate in words}
    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{folded[near[0]]}'?"
    if not words:
        return ""
    if len(words) <= 12:
        return "Known are: " + ", ".join(words) + "."
    return "Known are, among others: " + ", ".join(words[:12]) + "."
