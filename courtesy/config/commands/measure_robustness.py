"""``courtesy measure robustness``: the longest time that a text made to do harm takes, for each part that reads "
"texts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from itertools import islice
from typing import Any

from courtesy.channels.email.letter import markup, quoting
from courtesy.config.measuring.counting import at_least_one
from courtesy.config.measuring.hostile import LENGTH, slowest, texts
from courtesy.config.measuring.shown import rounded, table
from courtesy.knowledge.terms import terms
from courtesy.language.detection import detect
from courtesy.language.entities.finding import find_entities
from courtesy.language.feelings import feel
from courtesy.language.intents import train
from courtesy.language.masking import mask
from courtesy.language.reading import understand
from courtesy.language.text import hear
from courtesy.language.understanding import Context, Question

_LANGUAGES = ("en", "es", "zh")
_CONTEXT = Context(
    languages=_LANGUAGES, order_number_pattern="TF-#####", today="2026-03-18", now="09:00",
    question=Question("address", "address"),
)  # fmt: skip
_EXAMPLES = {
    language: [(sentence, label) for sentence, label in rows]
    for language, rows in {
        "en": (("where is my order", "order"), ("I want my money back", "refund"), ("change my address", "address")),
        "es": (("dónde está mi pedido", "order"), ("quiero mi dinero", "refund"), ("cambiar la dirección", "address")),
        "zh": (("我的订单在哪里", "order"), ("我要退款", "refund"), ("改地址", "address")),
    }.items()
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--texts", type=at_least_one, default=10_000, metavar="NUMBER", help="at most so many texts (all)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every text was read; what a reader raises passes on."""
    figures = rounded(measure(arguments.texts))
    print(json.dumps(figures)) if arguments.json else table("The worst texts", figures)
    return 0


def readers() -> dict[str, Callable[[str], object]]:
    """Every part that reads what a stranger wrote, by name."""
    model = train(_EXAMPLES)
    return {
        "hear": hear,
        "language": lambda text: detect(text, _LANGUAGES),
        "entities": lambda text: find_entities(hear(text), _CONTEXT),
        "feelings": lambda text: feel(hear(text), _LANGUAGES),
        "masking": mask,
        "terms": lambda text: terms(text, "en"),
        "visible reply": quoting.split,
        "HTML as text": markup.as_text,
        "understand": lambda text: understand(text, _CONTEXT, model),
    }


def measure(most: int) -> dict[str, Any]:
    read = readers()
    for reader in read.values():
        reader("hello, where is my order?")  # loads and learns what it needs
    worst = {name: slowest(reader, islice(texts(), most)) for name, reader in read.items()}
    return {
        "texts": sum(1 for _ in islice(texts(), most)),
        "characters": LENGTH,
        "worst_ms": {name: seconds * 1000 for name, (seconds, _) in worst.items()},
        "worst_text": {name: says for name, (_, says) in worst.items()},
    }
