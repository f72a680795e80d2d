"""``courtesy measure identification FOLDER``: callers found by postcode, name and date of birth as they were heard."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from courtesy.config.measuring.callers import calls_of, measure, register_of
from courtesy.config.measuring.shown import rounded, table
from courtesy.config.trouble import Trouble


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "folder",
        metavar="FOLDER",
        help="with records*.csv (scenario_id, postcode, name, dob) and turns*.tsv (dialogue_id, scenario_id, item: "
        "postcode, name or dob, nbest: a JSON list)",
    )
    command.add_argument("--turns", metavar="FILE", default="", help="the turns, where the folder holds several")


def run(arguments: argparse.Namespace) -> int:
    """0 when measured; Trouble when the folder cannot be used."""
    folder = Path(arguments.folder)
    records = sorted(folder.glob("records*.csv"))
    turns = [folder / arguments.turns] if arguments.turns else sorted(folder.glob("turns*.tsv"))
    if len(records) != 1 or len(turns) != 1:
        raise Trouble(f"{folder}: one records*.csv and one turns*.tsv are needed; name the turns with --turns.")
    figures = rounded(measure(register_of(records[0]), calls_of(turns[0])))
    print(json.dumps(figures)) if arguments.json else table("Callers identified", figures)
    return 0
