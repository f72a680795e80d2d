"""``courtesy measure feelings FILE``: how well anger, distress, danger and other feelings are told."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from courtesy.config.measuring.feelings import Said, measure
from courtesy.config.measuring.rows import Fields, missing, read_rows
from courtesy.config.measuring.shown import rounded, table
from courtesy.language.felt import NAMES

CALM = ("", "none", "calm", "neutral")


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        help=f"JSONL or CSV with text, feeling and lang; feeling: calm, or several of {', '.join(NAMES)} with + "
        f"between",
    )
    command.add_argument(
        "--languages", default="en,es,zh", metavar="CODES", help="those the company speaks (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    languages = tuple(code.strip() for code in arguments.languages.split(",") if code.strip())
    figures = rounded(measure(read_rows(Path(arguments.file), said), languages))
    print(json.dumps(figures)) if arguments.json else table("Feelings", figures)
    return 0


def said(fields: Fields) -> Said | str:
    if fault := missing(fields, ("text", "feeling")):
        return fault
    named = [name.strip().replace("_", "-") for name in fields["feeling"].split("+")]
    unknown = [name for name in named if name not in NAMES and name not in CALM]
    if unknown:
        return f"no feeling is named {unknown[0]!r}"
    return Said(fields["text"], frozenset(name for name in named if name in NAMES), fields.get("lang") or "")
