"""Where something stands in a pack, and texts in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]
"""One text in several languages: language code → wording."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the pack something stands, for messages to people: path relative to the packs folder, line from 1."""

    file: str
    line: int
