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

from courtesy.config.commands.measure_understanding_shown import (
    own_company,
    print_figures,
    promise_figures,
    share_in_percent,
)
from courtesy.config.trouble import Trouble
from courtesy.language.encoders.choosing import chosen
from courtesy.language.intents import NONE
from courtesy.language.measuring import Row, measure
from courtesy.language.measuring_promise import measure_promise
from courtesy.language.measuring_several import has_several, measure_several

FIELDS = ("text", "label", "split")  # and lang, which may be left out
LEARNED = ("train", "dev")
OUT_OF_SCOPE = "oos"
_MOST_FAULTS = 20  # told at once


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    encoders = chosen(settings.COURTESY_ENCODER)
    if not arguments.file:
        print_figures(own_company(encoders), "What the company's own examples promise", arguments.json)
        return 0
    rows = read_rows(Path(arguments.file), arguments.language, dev_is_held=arguments.promise is not None)
    if arguments.promise is not None:
        kept = measure_promise(rows, arguments.promise / 100, encoders)
        print_figures(promise_figures(kept) | {"tier": encoders.says()}, "A promised error rate", arguments.json)
    elif has_several(rows):
        several = asdict(measure_several(rows, encoders)) | {"tier": encoders.says()}
        print_figures(several, "Understanding, several labels a message", arguments.json)
    else:
        print_figures(asdict(measure(rows, encoders)) | {"tier": encoders.says()}, "Understanding", arguments.json)
    return 0


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="JSONL or CSV with text, label, lang, split; label oos: none of these, a|b: both; learns from split train "
        "and dev; without FILE: what the company's own examples promise",
    )
    command.add_argument(
        "--language", default="en", metavar="CODE", help="language of rows that name none (%(default)s)"
    )
    command.add_argument(
        "--promise",
        type=share_in_percent,
        metavar="PERCENT",
        help="of the messages that may be answered wrongly: how many are answered then; set on the rows of split dev",
    )


def read_rows(file: Path, language: str = "en", *, dev_is_held: bool = False) -> list[Row]:
    """All rows; one without ``lang`` is in ``language``; with ``dev_is_held`` those of split dev are not learned from.

    Raises Trouble with file and line for each row that is no use."""
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
            held = dev_is_held and fields["split"] == "dev"
            learned = fields["split"] in LEARNED and not held
            rows.append(Row(fields["text"], label, fields.get("lang") or language, learned, held))
    if faults:
        more = [f"… and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        raise Trouble("rows that cannot be used:\n" + "\n".join(faults[:_MOST_FAULTS] + more))
    if not any(row.learned and row.label != NONE for row in rows):
        raise Trouble(f"{file}: nothing to learn from. Rows with split train or dev and a label are needed.")
    if all(row.learned or row.held for row in rows):
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
