"""``courtesy measure entities FILE``: how well order numbers, days, amounts, names … are found, in figures."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from courtesy.config.measuring import kits
from courtesy.config.measuring.rows import Fields, missing, read_rows
from courtesy.config.measuring.shown import rounded
from courtesy.config.measuring.spans import Counts, Labelled, Marked, measure
from courtesy.config.trouble import Trouble


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        help="JSONL with text, lang, reference (ISO day or day and time) and entities [[kind, start, end, value?], …]; "
        "or slots with spans (JSONL with intents, slots); or CSV with text, entity_type, start, end",
    )
    command.add_argument(
        "--pattern", default="", metavar="PATTERN", help="the company's order numbers, as in its pack; none: any number"
    )
    command.add_argument("--country", default="GB", metavar="CODE", help="for telephone numbers (%(default)s)")
    command.add_argument("--currency", default="EUR", metavar="CODE", help="of bare amounts (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the file cannot be used."""
    roles: set[str] = set()
    rows = read_rows(Path(arguments.file), lambda fields: labelled(fields, roles))
    if not any(row.entities for row in rows):
        raise Trouble(f"{arguments.file}: no entity is marked in it.")
    figures = measure(rows, frozenset(roles), arguments.pattern, arguments.country, arguments.currency)
    written = {name: rounded(asdict(value)) if isinstance(value, Counts) else value for name, value in figures.items()}
    written["kinds"] = {kind: rounded(asdict(counts)) for kind, counts in figures["kinds"].items()}
    written = rounded(written)
    print(json.dumps(written)) if arguments.json else show(written)
    return 0


def labelled(fields: Fields, roles: set[str]) -> Labelled | str:
    """A row of any of the forms; ``roles`` takes up the kinds that are marked with what they begin or end."""
    if kits.is_slots(fields):
        roles |= kits.SLOT_ROLES
        return kits.from_slots(fields)
    if kits.is_columns(fields):
        return kits.from_columns(fields)
    if fault := missing(fields, ("text",)):
        return fault
    entities = fields.get("entities", [])
    if not isinstance(entities, list):
        return "entities is not a list"
    marked = []
    for one in entities:
        if not isinstance(one, list) or not 3 <= len(one) <= 4 or not isinstance(one[0], str):
            return "an entity is not [kind, start, end, value]"
        kind, start, end = one[:3]
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(fields["text"]):
            return f"{kind}: no place {start}–{end} in the text"
        marked.append(Marked(kind, start, end, "" if len(one) < 4 or one[3] is None else str(one[3])))
        for role in ("from", "to", "adults", "children"):
            if kind.endswith(f" {role}"):
                roles.add(kind.removesuffix(f" {role}"))
    return Labelled(fields["text"], fields.get("lang") or "en", fields.get("reference") or "", tuple(marked))


def show(figures: dict[str, Any]) -> None:
    """The figures as a table for people."""
    table = Table(title=f"Entities in {figures['messages']} messages, {figures['microseconds_per_message']} µs each")
    columns = ("marked", "found", "precision", "recall", "f1", "value_f1", "value_accuracy")
    table.add_column("kind")
    for column in columns:
        table.add_column(column.replace("_", " "), justify="right")
    for kind, counts in (
        {"all": figures["overall"], "all, roles aside": figures["roles_aside"]} | figures["kinds"]
    ).items():
        table.add_row(kind, *("–" if counts[column] is None else str(counts[column]) for column in columns))
    Console().print(table)
