"""``courtesy measure retrieval FOLDER``: whether questions find the passage that answers them."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from django.conf import settings

from courtesy.config.measuring.retrieval import Asked, measure
from courtesy.config.measuring.rows import Fields, missing, read_rows, text_of
from courtesy.config.measuring.shown import rounded, table
from courtesy.config.trouble import Trouble
from courtesy.language.encoders.choosing import chosen


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder",
        metavar="FOLDER",
        help="with passages.jsonl (id, title?, text), queries.jsonl (id, text, lang?) and relevant.tsv (query, "
        "passage)",
    )
    command.add_argument(
        "--language", default="en", metavar="CODE", help="language of queries that name none (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the folder cannot be used."""
    folder = Path(arguments.folder)
    passages = read_rows(folder / "passages.jsonl", passage)
    queries = read_rows(folder / "queries.jsonl", lambda fields: query(fields, arguments.language))
    relevant = pairs(folder / "relevant.tsv", {id for id, _, _ in passages}, {one.id for one in queries})
    figures = rounded(measure(passages, queries, relevant, chosen(settings.COURTESY_ENCODER)))
    print(json.dumps(figures)) if arguments.json else table("Retrieval", figures)
    return 0


def passage(fields: Fields) -> tuple[str, str, str] | str:
    fields = {**fields, "id": str(fields.get("id", ""))}
    return missing(fields, ("text",)) or (fields["id"], str(fields.get("title") or ""), fields["text"])


def query(fields: Fields, language: str) -> Asked | str:
    fields = {**fields, "id": str(fields.get("id", ""))}
    return missing(fields, ("text",)) or Asked(fields["id"], fields["text"], str(fields.get("lang") or language))


def pairs(file: Path, passages: set[str], queries: set[str]) -> dict[str, frozenset[str]]:
    """Query → its right passages. A first line that names columns is passed over."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for number, line in enumerate(text_of(file).splitlines(), 1):
        parts = line.split("\t")
        if not line.strip() or (number == 1 and parts[0] not in queries):
            continue
        if len(parts) < 2 or parts[0] not in queries or parts[1] not in passages:
            raise Trouble(f"{file}:{number}: no query and passage with these ids: {line[:80]!r}")
        found[parts[0]].add(parts[1])
    if not found:
        raise Trouble(f"{file}: names no query with its passage.")
    return {query: frozenset(right) for query, right in found.items()}
