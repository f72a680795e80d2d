"""``courtesy measure understanding FILE``: how well labelled sentences are told apart, in figures."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.table import Table

from courtesy.config.trouble import Trouble
from courtesy.language.encoders.choosing import chosen
from courtesy.language.intents import NONE
from courtesy.language.measuring import Figures, Row, measure

FIELDS = ("text", "label", "split")  # and lang, which may be left out
LEARNED = ("train", "dev")
OUT_OF_SCOPE = "oos"
_MOST_FAULTS = 20  # told at once

_SAYS = {
    "trained": "sentences learned from",
    "scored": "sentences scored",
    "labels": "labels among them",
    "accuracy": "right, of those in scope",
    "accuracy_best_label": "… by the best label alone, nothing turned away",
    "macro_f1": "F1, mean over the labels in scope",
    "oos_recall": "out of scope found",
    "oos_precision": "out of scope when said so",
    "mcc": "correlation (Matthews), all classes",
    "turned_away": "turned away as out of scope",
    "train_seconds": "seconds to learn",
    "microseconds_per_message": "microseconds for a message",
    "microseconds_p50": "… p50",
    "microseconds_p99": "… p99",
    "encoder": "encoder (none: words alone)",
}


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    figures = measure(read_rows(Path(arguments.file), arguments.language), chosen(settings.COURTESY_ENCODER))
    print(json.dumps(rounded(figures))) if arguments.json else show(figures)
    return 0


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        help="JSONL or CSV with text, label, lang, split; label oos: none of these; learns from split train and dev",
    )
    command.add_argument(
        "--language", default="en", metavar="CODE", help="language of rows that name none (%(default)s)"
    )


def read_rows(file: Path, language: str = "en") -> list[Row]:
    """All rows; one without ``lang`` is in ``language``. Raises Trouble with file and line for each that is no use."""
    try:
        text = file.read_text("utf-8-sig")
    except OSError as error:
        raise Trouble(f"{file}: cannot be read ({error.strerror}). Give the path of a JSONL or CSV file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Trouble(f"{file}:{line}: not UTF-8. Save the file as UTF-8.") from error
    rows: list[Row] = []
    faults: list[str] = []
    for line, fields in _jsonl(text) if _is_jsonl(file, text) else _csv(text, file):
        fault = fields if isinstance(fields, str) else _fault(fields)
        if fault or isinstance(fields, str):
            faults.append(f"{file}:{line}: {fault}")
        else:
            label = NONE if fields["label"] == OUT_OF_SCOPE else fields["label"]
            rows.append(Row(fields["text"], label, fields.get("lang") or language, fields["split"] in LEARNED))
    if faults:
        more = [f"… and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        raise Trouble("rows that cannot be used:\n" + "\n".join(faults[:_MOST_FAULTS] + more))
    if not any(row.learned and row.label != NONE for row in rows):
        raise Trouble(f"{file}: nothing to learn from. Rows with split train or dev and a label are needed.")
    if all(row.learned for row in rows):
        raise Trouble(f"{file}: nothing to score. Rows with another split than train or dev are needed.")
    return rows


_Fields = Iterator[tuple[int, Mapping[str, Any] | str]]


def _is_jsonl(file: Path, text: str) -> bool:
    """By the name; by the first letter where the name does not tell."""
    if file.suffix.lower() in (".jsonl", ".ndjson", ".csv"):
        return file.suffix.lower() != ".csv"
    return text.lstrip()[:1] == "{"


def _jsonl(text: str) -> _Fields:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            fields = json.loads(written)
        except (ValueError, RecursionError) as error:
            yield line, f"not JSON ({error})"
            continue
        yield line, fields if isinstance(fields, dict) else "not a JSON object"


def _csv(text: str, file: Path) -> _Fields:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)  # a line ends where CSV says, not where Unicode may
    names: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield line, f"not CSV ({error})"
            return
        if not row:
            continue
        if names is None:
            names = _columns(row, f"{file}:{line}")
        elif len(row) > len(names):
            yield line, "more fields than columns; quote texts that hold a comma"
        else:
            yield line, dict(zip(names, row, strict=False))
    if names is None:
        raise Trouble(f"{file}:1: the file is empty. The first line of a CSV file names text,label,lang,split.")


def _columns(names: list[str], place: str) -> list[str]:
    names = [name.strip() for name in names]
    missing = [field for field in FIELDS if field not in names]
    if missing:
        raise Trouble(f"{place}: no column {', '.join(missing)}. The first line names text,label,lang,split.")
    return names


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
    if not isinstance(fields.get("lang") or "", str):
        return "lang is not a text"
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
