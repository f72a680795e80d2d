"""``courtesy shop``: the embedded shop's books in and out as CSV, what carriers report, and the made sample shop."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone

from courtesy.commerce import generating
from courtesy.commerce.exchange.columns import FILES
from courtesy.commerce.exchange.exporting import export_books
from courtesy.commerce.exchange.importing import Outcome, import_books
from courtesy.commerce.models import Order, ParcelEvent, Product
from courtesy.commerce.parcels import events as parcel_events
from courtesy.commerce.parcels.reading import TABLE, codes_of
from courtesy.config.starting import require_database
from courtesy.config.trouble import Trouble
from courtesy.pack import editions

SHOWN = 200  # problems printed; the rest is counted


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("shop", help="the embedded shop's books: import, export, events, sample")
    acts = command.add_subparsers(metavar="ACT", required=True)
    importing = acts.add_parser("import", help="load customers, products, orders … from CSV files")
    importing.add_argument("folder", type=Path)
    importing.add_argument("--dry-run", action="store_true", help="look only; nothing stays")
    importing.set_defaults(run=run_import)
    exporting = acts.add_parser("export", help="write the books as CSV files")
    exporting.add_argument("folder", type=Path)
    exporting.set_defaults(run=run_export)
    events = acts.add_parser("events", help="take in what carriers report of parcels, or show what cannot be read")
    events.add_argument("file", type=Path, nargs="?", help="CSV or lines of JSON; without one, what is in quarantine")
    events.add_argument("--carrier", default="file", help="whose file it is; events are told apart by it and their id")
    events.set_defaults(run=run_events)
    sample = acts.add_parser("load-sample", help="fill an empty shop with made goods, people and orders")
    sample.set_defaults(run=run_sample)


def _progress(file: str, rows: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{file}: {rows} rows ", end="", file=sys.stderr, flush=True)


def run_import(arguments: argparse.Namespace) -> int:
    require_database()
    try:
        outcome = import_books(arguments.folder, trial=arguments.dry_run, step=_progress)
    except FileNotFoundError as error:
        raise Trouble(str(error)) from error
    _tell(outcome)
    if arguments.dry_run:
        print("This was a dry run; nothing stays.")
    if outcome.problems and not outcome.loaded:
        return 2
    return 1 if outcome.problems else 0


def _tell(outcome: Outcome) -> None:
    for problem in outcome.problems[:SHOWN]:
        print(problem, file=sys.stderr)
    if len(outcome.problems) > SHOWN:
        print(f"… and {len(outcome.problems) - SHOWN} more", file=sys.stderr)
    for kept in outcome.kept[:SHOWN]:
        print(kept)
    for file in FILES:
        new, changed, same = outcome.new[file], outcome.changed[file], outcome.same[file]
        if new or changed or same:
            print(f"{file}: {new} new, {changed} changed, {same} as before")
    print(f"{len(outcome.problems)} rows refused, {len(outcome.kept)} kept as they are here.")


def run_export(arguments: argparse.Namespace) -> int:
    require_database()
    try:
        written = export_books(arguments.folder, step=_progress)
    except OSError as error:
        raise Trouble(f"{arguments.folder} cannot be written: {error.strerror}") from error
    for file, rows in written.items():
        print(f"{file}: {rows} rows")
    return 0


def run_events(arguments: argparse.Namespace) -> int:
    require_database()
    if arguments.file is None:
        return _show_quarantined()
    try:
        raw = arguments.file.read_bytes()
    except OSError as error:
        raise Trouble(f"{arguments.file} cannot be read: {error.strerror}") from error
    at = timezone.now()
    codes = codes_of(editions.in_force(at).tables.get(TABLE, ()))
    done = parcel_events.take_in(raw, arguments.carrier, codes, at)
    print(", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "There is no event in it.")
    return 1 if done.get("quarantined") else 0


def _show_quarantined() -> int:
    held = ParcelEvent.objects.filter(outcome=ParcelEvent.Outcome.QUARANTINED).order_by("at", "pk")
    for event in held[:SHOWN]:
        print(f"{event.at:%Y-%m-%d %H:%M} {event.source} {event.provider_id}: {event.reason}")
    print(f"{held.count()} events are in quarantine.")
    return 1 if held.exists() else 0


def run_sample(_arguments: argparse.Namespace) -> int:
    require_database()
    if Product.objects.exists() or Order.objects.exists():
        raise Trouble("the shop is not empty; the sample is only loaded into an empty one")
    generating.load_sample(timezone.now())
    print(f"{Product.objects.count()} products and {Order.objects.count()} orders are there.")
    return 0
