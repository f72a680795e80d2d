"""Labelled files that people bring: JSON lines, CSV or tab-separated, read row by row with a line for every fault."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from courtesy.config.trouble import Trouble

Fields = dict[str, Any]
Row = TypeVar("Row")
_MOST_FAULTS = 20  # told at once


def read_rows(file: Path, make: Callable[[Fields], Row | str]) -> list[Row]:
    """Every row made into what is measured; ``make`` gives a text for a row that is no use. Raises Trouble."""
    rows: list[Row] = []
    faults: list[str] = []
    for line, fields in fields_of(file):
        made = make(fields) if isinstance(fields, dict) else fields
        if isinstance(made, str):
            faults.append(f"{file}:{line}: {made}")
        else:
            rows.append(made)
    if faults:
        more = [f"… and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        raise Trouble("rows that cannot be used:\n" + "\n".join(faults[:_MOST_FAULTS] + more))
    if not rows:
        raise Trouble(f"{file}: holds no rows.")
    return rows


def fields_of(file: Path) -> list[tuple[int, Fields | str]]:
    """(line, fields) for each row, or what is wrong with it. The name's ending tells the form, else the first "
    "letter."""
    text = text_of(file)
    ending = file.suffix.lower()
    if ending in (".jsonl", ".ndjson") or (ending not in (".csv", ".tsv") and text.lstrip()[:1] == "{"):
        return _jsonl(text)
    return _table(text, "\t" if ending == ".tsv" else ",", file)


def text_of(file: Path) -> str:
    """The file as text. Raises Trouble when it cannot be read or is not UTF-8."""
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise Trouble(f"{file}: cannot be read ({error.strerror}). Give the path of a file.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Trouble(f"{file}:{line}: not UTF-8. Save the file as UTF-8.") from error


def missing(fields: Fields, names: Sequence[str]) -> str:
    """What a row lacks among texts that it must have; "" when nothing."""
    for name in names:
        value = fields.get(name)
        if not isinstance(value, str):
            return f"no {name}" if value is None else f"{name} is not a text"
    return ""


def _jsonl(text: str) -> list[tuple[int, Fields | str]]:
    found: list[tuple[int, Fields | str]] = []
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip():
            try:
                fields = json.loads(written)
            except (ValueError, RecursionError) as error:
                found.append((line, f"not JSON ({error})"))
                continue
            found.append((line, fields if isinstance(fields, dict) else "not a JSON object"))
    return found


def _table(text: str, separator: str, file: Path) -> list[tuple[int, Fields | str]]:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, Fields | str]] = []
    names: list[str] | None = None
    try:
        for row in reader:
            if not row:
                continue
            if names is None:
                names = [name.strip() for name in row]
            elif len(row) > len(names):
                found.append((reader.line_num, "more fields than columns; quote texts that hold a separator"))
            else:
                found.append((reader.line_num, dict(zip(names, row, strict=False))))
    except csv.Error as error:
        raise Trouble(f"{file}:{reader.line_num}: not a table ({error}).") from error
    return found
