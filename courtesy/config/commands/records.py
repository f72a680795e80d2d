"""``courtesy records``: the company's own book of records in and out as CSV, and a pack's sample records."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from courtesy.commerce.models import Customer
from courtesy.config import samples
from courtesy.config.commands.pack_folder import folder_of
from courtesy.config.starting import require_database
from courtesy.config.trouble import Trouble
from courtesy.connections.book.exchange import Taken, export_records, import_records
from courtesy.conversations import journal
from courtesy.pack.mistakes import PackError
from courtesy.pack.model import Pack
from courtesy.pack.reading import read

SHOWN = 200  # problems printed; the rest is counted


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("records", help="the company's own book of records: import, export, sample")
    acts = command.add_subparsers(metavar="ACT", required=True)
    importing = acts.add_parser("import", help="load records from CSV files, one file for each kind")
    importing.add_argument("folder", type=Path)
    exporting = acts.add_parser("export", help="write the records as CSV files")
    exporting.add_argument("folder", type=Path)
    sample = acts.add_parser("load-sample", help="load the sample customers and records of the pack")
    for one, run in ((importing, run_import), (exporting, run_export), (sample, run_sample)):
        one.add_argument("--pack", help="folder or name; the company's own when not given")
        one.set_defaults(run=run)


def _pack(arguments: argparse.Namespace) -> Pack:
    require_database()
    try:
        return read(folder_of(arguments.pack))
    except PackError as error:
        raise Trouble(f"the pack has mistakes; 'courtesy pack check' names them. The first: {error}") from error


def run_import(arguments: argparse.Namespace) -> int:
    pack, at = _pack(arguments), timezone.now()
    customers = frozenset(Customer.objects.values_list("id", flat=True))
    try:
        taken = import_records(pack.book, arguments.folder, at=at, customers=customers)
    except FileNotFoundError as error:
        raise Trouble(str(error)) from error
    return _tell(taken, str(arguments.folder))


def _tell(taken: Sequence[Taken], source: str) -> int:
    problems = [f"{one.file}:{line}: {reason}" for one in taken for line, reason in one.problems]
    for problem in problems[:SHOWN]:
        print(problem, file=sys.stderr)
    if len(problems) > SHOWN:
        print(f"… and {len(problems) - SHOWN} more", file=sys.stderr)
    for one in taken:
        print(f"{one.file}: {one.new} new, {one.changed} changed, {one.same} as before")
    print(f"{len(problems)} rows refused.")
    counts = {one.file: {"new": one.new, "changed": one.changed} for one in taken if one.new or one.changed}
    if counts:
        journal.write("records imported", actor="command", at=timezone.now(), content={"from": source, "files": counts})
    loaded = any(one.new or one.changed or one.same for one in taken)
    return 0 if not problems else 1 if loaded else 2


def run_export(arguments: argparse.Namespace) -> int:
    pack = _pack(arguments)
    try:
        written = export_records(pack.book, arguments.folder)
    except OSError as error:
        raise Trouble(f"{arguments.folder} cannot be written: {error.strerror}") from error
    for file, rows in written.items():
        print(f"{file}: {rows} rows")
    return 0


def run_sample(arguments: argparse.Namespace) -> int:
    pack = _pack(arguments)
    if not samples.there_are(pack):
        raise Trouble(f"{pack.name} has no sample records: there is no table in tables/records/")
    return _tell(samples.load(pack, timezone.now()), "sample")
