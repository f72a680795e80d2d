"""``courtesy measure language FILE``: how often the language of a text is told."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from courtesy.config.measuring.languages import Told, measure
from courtesy.config.measuring.rows import Fields, missing, read_rows
from courtesy.config.measuring.shown import rounded, table


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="JSONL or CSV with text and lang")
    command.add_argument(
        "--languages",
        default="",
        metavar="CODES",
        help="those the company speaks, with commas; texts in others must be turned away. All of the file's when "
        "not given",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    rows = read_rows(Path(arguments.file), told)
    named = tuple(code.strip() for code in arguments.languages.split(",") if code.strip())
    figures = rounded(measure(rows, named or tuple(sorted({row.language for row in rows}))))
    print(json.dumps(figures)) if arguments.json else table("Language", figures)
    return 0


def told(fields: Fields) -> Told | str:
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        return "no text"
    return missing(fields, ("lang",)) or Told(text, fields["lang"].split("-")[0].lower())
