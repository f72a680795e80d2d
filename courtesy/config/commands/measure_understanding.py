"""``courtesy measure understanding FILE``: how well labelled sentences are told apart, in figures."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from courtesy.config.trouble import Trouble
from courtesy.language.intents import NONE
from courtesy.language.measuring import Figures, Row, measure

FIELDS = ("text", "label", "lang", "split")
LEARNED = ("train", "dev")
OUT_OF_SCOPE = "oos"
_MOST_FAULTS = 20  # told at once

_SAYS = {
    "trained": "sentences learned from",
    "scored": "sentences scored",
    "labels": "labels among them",
    "accuracy": "right, of those in scope",
    "macro_f1": "F1, mean over the labels in scope",
    "oos_recall": "out of scope found",
    "oos_precision": "out of scope when said so",
    "mcc": "correlation (Matthews), all classes",
    "train_seconds": "seconds to learn",
    "microseconds_per_message": "microseconds for a message",
}


def run(arguments: Sequence[str] | argparse.Namespace) -> int:
    """0 when measured, 2 when the file cannot be used. Takes the words after ``understanding``, or them parsed."""
    given = arguments if isinstance(arguments, argparse.Namespace) else parser().parse_args(list(arguments))
    try:
        rows = read_rows(Path(given.file))
    except Trouble as trouble:
        print(f"courtesy: {trouble}", file=sys.stderr)
        return 2
    figures = measure(rows)
    print(json.dumps(rounded(figures))) if given.json else show(figures)
    return 0


def parser() -> argparse.ArgumentParser:
    return add_arguments(argparse.ArgumentParser(prog="courtesy measure understanding", description=__doc__))


def add_arguments(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument(
        "file",
        metavar="FILE",
        help="JSONL or CSV with text, label, lang, split; label oos: none of these; learns from split train and dev",
    )
    command.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return command


def read_rows(file: Path) -> list[Row]:
    """All rows. Raises Trouble with file and line for each that cannot be used."""
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise Trouble(f"{file}: cannot be read ({error.strerror}). Give the path of a JSONL or CSV file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Trouble(f"{file}:{line}: not UTF-8. Save the file as UTF-8.") from error
    rows: list[Row] = []
    faults: list[str] = []
    for line, fields in _jsonl(text) if text.lstrip()[:1] == "{" else _csv(text, file):
        fault = fields if isinstance(fields, str) else _fault(fields)
        if fault or isinstance(fields, str):
            faults.append(f"{file}:{line}: {fault}")
        else:
            label = NONE if fields["label"] == OUT_OF_SCOPE else fields["label"]
            rows.append(Row(fields["text"], label, fields["lang"], fields["split"] in LEARNED))
    if faults:
        more = [f"… and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        raise Trouble("rows that cannot be used:\n" + "\n".join(faults[:_MOST_FAULTS] + more))
    if not any(row.learned and row.label != NONE for row in rows):
        raise Trouble(f"{file}: nothing to learn from. Rows with split train or dev and a label are needed.")
    if all(row.learned for row in rows):
        raise Trouble(f"{file}: nothing to score. Rows with another split than train or dev are needed.")
    return rows


_Fields = Iterator[tuple[int, Mapping[str, Any] | str]]


def _jsonl(text: str) -> _Fields:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            fields = json.loads(written)
        except ValueError as error:
            yield line, f"not JSON ({error})"
            continue
        yield line, fields if isinstance(fields, dict) else "not a JSON object"


def _csv(text: str, file: Path) -> _Fields:
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    missing = [field for field in FIELDS if field not in (reader.fieldnames or ())]
    if missing:
        raise Trouble(f"{file}:1: no column {', '.join(missing)}. The first line names text,label,lang,split.")
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"not CSV ({error})"
            return
        yield line, "more fields than columns; quote texts that hold a comma" if None in fields else fields


def _fault(fields: Mapping[str, Any]) -> str:
    """What is wrong with a row; "" when nothing is."""
    for field in FIELDS:
        value = fields.get(field)
        if value is None:
            return f"no {field}"
        if not isinstance(value, str):
            return f"{field} is not a text"
        if not value.strip():
            return f"{field} is empty"
    return f"label {NONE!r} is kept for what was turned away; use {OUT_OF_SCOPE}" if fields["label"] == NONE else ""


def rounded(figures: Figures) -> dict[str, Any]:
    """The figures as written into JSON."""
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(figures).items()}


def show(figures: Figures) -> None:
    """The figures as a table for people."""
    table = Table(title="Understanding")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for name, value in rounded(figures).items():
        table.add_row(_SAYS[name], "–" if value is None else str(value))
    Console().print(table)
