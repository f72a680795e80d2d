"""The values that pass through one turn: Situation → Understanding → Steps → Outcomes → Reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from: an article passage, or a record."""

    title: str
    url: str = ""
    article: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing to say: a phrase with its fields. Without a phrase, the field "text" holds lines that phrases made."""

    phrase: str
    fields: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice shown as a button where the medium has buttons, else as a numbered line."""

    value: Any
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes out: text in the customer's language, choices, sources, documents (ids)."""

    text: str
    language: str
    choices: tuple[Offered, ...] = ()
    sources: tuple[Source, ...] = ()
    documents: tuple[str, ...] = ()
