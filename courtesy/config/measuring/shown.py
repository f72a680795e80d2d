"""Figures as they are written into JSON, shares with four digits, and as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table


def rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: rounded(value) if isinstance(value, Mapping) else round(value, 4) if isinstance(value, float) else value
        for name, value in figures.items()
    }


def table(title: str, figures: Mapping[str, Any]) -> None:
    """A figure a line; figures within figures follow their name."""
    shown = Table(title=title)
    shown.add_column("figure")
    shown.add_column("value", justify="right")
    for name, value in _lines(figures):
        shown.add_row(name.replace("_", " "), "–" if value is None else str(value))
    Console().print(shown)


def _lines(figures: Mapping[str, Any], of: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{of}{name}: ")
        else:
            yield f"{of}{name}", value
