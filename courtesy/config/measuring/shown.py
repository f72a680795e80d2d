"""Figures as they are written into JSON: shares with four digits, everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: rounded(value) if isinstance(value, Mapping) else round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
    }
