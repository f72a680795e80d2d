"""Making entities from places in a flat or a clean text: spans always lead back to the text as received."""

from __future__ import annotations

from typing import Any

from courtesy.language.text import Heard
from courtesy.language.understanding import Entity, EntityKind

LONGEST = 6_000  # characters of a message in which entities are looked for
MOST = 60  # entities of one kind that are taken from one message


def in_flat(
    heard: Heard, kind: EntityKind, value: Any, place: tuple[int, int], sure: float = 0.9, role: str = ""
) -> Entity:
    """An entity found in ``heard.flat``."""
    return _made(heard, kind, value, heard.span(*place), sure, role)


def in_clean(
    heard: Heard, kind: EntityKind, value: Any, place: tuple[int, int], sure: float = 1.0, role: str = ""
) -> Entity:
    """An entity found in ``heard.clean``."""
    return _made(heard, kind, value, heard.received_span(*place), sure, role)


def _made(heard: Heard, kind: EntityKind, value: Any, span: tuple[int, int], sure: float, role: str) -> Entity:
    return Entity(kind, value, span, heard.received[span[0] : span[1]], sure, role)
