"""What ``courtesy measure understanding`` prints: figures with a sentence each, and what the own examples promise."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.table import Table

from courtesy.config.trouble import Trouble
from courtesy.language.encoders.choosing import Choice
from courtesy.language.intents import PROMISED
from courtesy.language.measuring_promise import Kept
from courtesy.pack.mistakes import PackError
from courtesy.pack.reading import read
from courtesy.representative.learning import model_of

_SAYS = {
    "trained": "sentences learned from",
    "scored": "sentences scored",
    "labels": "labels among them",
    "accuracy": "right, of those in scope",
    "accuracy_best_label": "… by the best label alone, nothing turned away",
    "macro_f1": "F1, mean over the labels in scope",
    "micro_f1": "F1 over all labels of all messages",
    "micro_precision": "… precision",
    "micro_recall": "… recall",
    "exact": "messages with just the right labels",
    "oos_recall": "out of scope found",
    "oos_precision": "out of scope when said so",
    "mcc": "correlation (Matthews), all classes",
    "turned_away": "turned away as out of scope",
    "promised_wrong_at_most": "promised: answered wrongly at most, of all messages",
    "promise": "so it",
    "set_on": "set on",
    "set_on_messages": "… messages",
    "threshold": "answers from this probability on",
    "answered": "answered, of the scored",
    "wrong": "answered wrongly, of the scored",
    "train_seconds": "seconds to learn",
    "microseconds_per_message": "microseconds for a message",
    "microseconds_p50": "… p50",
    "microseconds_p99": "… p99",
    "encoder": "encoder (none: words alone)",
    "tier": "what is on",
}


def share_in_percent(written: str) -> float:
    """A percentage between 0 and 100, for the command line."""
    try:
        percent = float(written)
    except ValueError:
        percent = -1.0
    if not 0 < percent < 100:
        raise argparse.ArgumentTypeError(f"{written!r} is not a percentage between 0 and 100")
    return percent


def promise_figures(kept: Kept) -> dict[str, Any]:
    return {
        "promised_wrong_at_most": kept.promise.wrong_at_most,
        "promise": kept.promise.says(),
        "set_on": kept.set_on,
        "set_on_messages": kept.promise.counted,
        "threshold": kept.promise.threshold if kept.promise.threshold <= 1 else None,
        "scored": kept.scored,
        "answered": kept.answered,
        "wrong": kept.wrong,
    }


def own_company(encoders: Choice) -> dict[str, Any]:
    """For each language of the company's pack, what its examples promise when each is held back once."""
    try:
        model = model_of(read(settings.COURTESY_PACK))
    except PackError as error:
        raise Trouble(f"the pack cannot be read. 'courtesy pack check' says why: {error}") from error
    says = {language: model.promise(language, PROMISED).says() for language in sorted(model.models)}
    return {**says, "tier": encoders.says()}


def print_figures(figures: Mapping[str, Any], title: str, as_json: bool) -> None:
    rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
    if as_json:
        print(json.dumps(rounded, ensure_ascii=False))
        return
    table = Table(title=title)
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in rounded.items():
        table.add_row(_SAYS.get(name, name), "–" if value is None else str(value))
    Console().print(table)
