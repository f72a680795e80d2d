"""A recorded value as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def plain_text(value: Any) -> str:
    """A value as a person reads it; a text in several languages in the colleague's own, else in the first of them."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if {"amount", "currency"} <= set(value):
            return f"{value['amount']} {value['currency']}"
        if all(isinstance(part, str) for part in value.values()):
            return str(value.get((get_language() or "")[:2]) or value.get("en") or next(iter(value.values()), ""))
        return ", ".join(f"{key}: {plain_text(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain_text(part) for part in value)
    return str(value)
