"""The deeds of the embedded shop: each done once, under a number that tells what it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from courtesy.commerce.done_once import Answer, do_once

_PREFIXES = {
    "cancel order": "CN",
    "change address": "AD",
    "change items": "CI",
    "change payment": "CP",
    "open return": "OR",
    "refund": "RF",
    "exchange": "EX",
    "send invoice": "IC",
    "change contact address": "CA",
    "goodwill credit": "GW",
    "undo": "UD",
    "place order": "PO",
}


def once(act: str, subject: str, key: str, at: datetime, effect: Callable[[str], Answer]) -> Answer:
    """Run ``effect(number)`` unless ``key`` was answered before; see ``done_once.do_once``."""
    return do_once(act, _PREFIXES[act], subject, key, at, effect)


__all__ = ["Answer", "once"]
