"""What a customer is told in a language that the company does not speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class NotSpoken:
    """Two texts in one language: that it is not spoken here, and that a person takes over."""

    sorry: str
    passed_on: str

    def says(self, names: Sequence[str]) -> str:
        """``sorry`` with the languages that are spoken, each by its own ``name``: who speaks it can read that."""
        return self.sorry.replace("{languages}", ", ".join(names))


def in_their_words(language: str) -> NotSpoken | None:
    """The texts of a language, None where there are none."""
    return _all().get(language.split("-")[0])


@lru_cache(maxsize=1)
def _all() -> Mapping[str, NotSpoken]:
    page = resources.files("courtesy.language.lexicons") / "not_spoken.txt"
    found = {}
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("["):
            code, _, texts = line[1:].partition("] ")
            sorry, _, passed_on = texts.partition(" | ")
            found[code] = NotSpoken(sorry, passed_on)
    return found
