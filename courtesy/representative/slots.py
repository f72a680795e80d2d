"""What a slot is read from, and what was found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from courtesy.language.understanding import Choice, Understanding


@dataclass(frozen=True, slots=True)
class Found:
    """A value for a slot, or what to ask with. ``automatic``: it was the only possibility, nobody said it.

    ``unclear`` are equal candidates; ``problem`` is a phrase to say before the question; ``about`` travels with the
    question (which line a variant is asked for); ``reopen``: what is known is no longer wished for, so it
    is asked anew."""

    value: Any = None
    automatic: bool = False
    choices: tuple[Choice, ...] = ()
    unclear: tuple[Choice, ...] = ()
    phrase: str = ""
    problem: str = ""
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    several: bool = False
    list_options: bool = False
    about: str = ""
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The texts said, what was understood of them, and whether they answer the slot's own question."""

    texts: tuple[str, ...]
    heard: tuple[Understanding, ...] = ()
    asked: bool = False
    about: str = ""

    @property
    def all(self) -> str:
        return " . ".join(self.texts)

    def entity(self, kind: str) -> Any:
        """The latest value of this kind, or None."""
        values = [entity.value for one in self.heard for entity in one.entities if entity.kind == kind]
        return values[-1] if values else None

    def picked(self, offered: list[Any]) -> list[Any]:
        """Offered values that were chosen in so many words ("the second one")."""
        if not self.asked:
            return []
        values: list[Any] = []
        for one in self.heard:
            for move in one.all("chooses"):
                values += move.value if isinstance(move.value, (list, tuple)) else [move.value]
        return [value for value in dict.fromkeys(map(_hashable, values)) if value in offered]


def _hashable(value: Any) -> Any:
    return str(value) if isinstance(value, (dict, list)) else value
