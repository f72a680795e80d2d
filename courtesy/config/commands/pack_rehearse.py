"""``courtesy pack rehearse``: plays the simulated customers of one pack, or of every company, so often as is wanted."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console

from courtesy.config import samples, starting
from courtesy.config.commands import pack_rehearse_all
from courtesy.config.commands.pack_folder import folder_of
from courtesy.config.trouble import Trouble
from courtesy.pack import editions
from courtesy.pack.mistakes import PackError
from courtesy.pack.model import Pack, Rehearsal
from courtesy.pack.reading import read
from courtesy.representative.rehearsing import Rehearsed, mistyped, rehearse
from courtesy.representative.reliability import reliability_of, written
from courtesy.workforce.teams import sync_teams

_MARKS = {True: "[green]passed[/green]", False: "[red]failed[/red]"}


def add(acts: Any) -> None:
    playing = acts.add_parser("rehearse", help="play the pack's simulated customers")
    playing.add_argument("pack", nargs="?", help="folder or name; the company's own when not given")
    playing.add_argument("--all", action="store_true", help="of every company that comes with Courtesy, one by one")
    playing.add_argument("--only", metavar="WORDS", help="only rehearsals with these words in their name")
    playing.add_argument("--show", action="store_true", help="print every conversation, not only the failed ones")
    playing.add_argument(
        "--here", action="store_true", help="in this installation's shop, not in a sample shop; nothing stays"
    )
    playing.add_argument(
        "--typos", type=float, default=0.0, metavar="PERCENT", help="of the letters that customers mistype"
    )
    playing.add_argument("--times", type=int, default=1, metavar="N", help="play each so often")
    playing.add_argument("--json", action="store_true", help="print one JSON object")
    # For the process that is thrown away: one JSON line for each playing, and the moment at which it begins.
    playing.add_argument("--scratch", action="store_true", help=argparse.SUPPRESS)
    playing.add_argument("--lines", action="store_true", help=argparse.SUPPRESS)
    playing.add_argument("--at", type=datetime.fromisoformat, help=argparse.SUPPRESS)
    playing.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.all:
        if arguments.pack or arguments.here or arguments.show or arguments.typos:
            raise Trouble("--all plays every company as it is written: it goes with --only, --times and --json alone.")
        return pack_rehearse_all.run(max(1, arguments.times), arguments.only or "", as_json=arguments.json)
    folder = folder_of(arguments.pack)
    if not arguments.here and not arguments.scratch:
        return _in_a_sample_shop(folder, arguments)
    try:
        pack = read(folder)
    except PackError as error:
        raise Trouble(f"the pack cannot be read. 'courtesy pack check' says why: {error}") from error
    wanted = (arguments.only or "").casefold()
    chosen = [one for one in pack.rehearsals if wanted in one.name.casefold()]
    if not chosen:
        raise Trouble("there is no such rehearsal" if pack.rehearsals else f"{folder.name} has no rehearsals")
    at = arguments.at or pack_rehearse_all.opening_of(pack)
    if arguments.scratch:
        starting.make_folders(settings.COURTESY_DATA)
        starting.make_database(lambda _: None)
        samples.load_any(pack, at)
    else:
        starting.require_database()
    editions.configure(folder)
    sync_teams(pack.company.teams)
    rounds = [mistyped(chosen, arguments.typos / 100, number) for number in range(max(1, arguments.times))]
    return _play([one for each in zip(*rounds, strict=True) for one in each], at, arguments)


def _in_a_sample_shop(folder: Path, arguments: argparse.Namespace) -> int:
    """Play in a process, database and shop of their own, which are thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="courtesy-rehearsal-") as scratch:
        own = {"COURTESY_DATA": scratch, "COURTESY_DATABASE_URL": "", "COURTESY_PACK": str(folder)}
        command = [sys.executable, "-m", "courtesy", "pack", "rehearse", str(folder), "--scratch"]
        command += ["--only", arguments.only] if arguments.only else []
        command += ["--show"] if arguments.show else []
        command += ["--json"] if arguments.json else []
        command += ["--typos", str(arguments.typos), "--times", str(arguments.times)]
        return subprocess.run(command, env={**os.environ, **own}, check=False).returncode


def _play(rehearsals: Sequence[Rehearsal], at: datetime, arguments: argparse.Namespace) -> int:
    pack = editions.in_force()
    if arguments.lines:
        for one in rehearsals:
            print(json.dumps(written(rehearse(pack, one, at)), ensure_ascii=False), flush=True)
        return 0
    if arguments.json:
        reliability = reliability_of(rehearse(pack, one, at) for one in _announced(rehearsals, Console(stderr=True)))
        print(json.dumps({pack.name: reliability.as_json()}, indent=2, ensure_ascii=False))
        return 0 if reliability.faultless else 1
    return _show(pack, rehearsals, at, arguments.show)


def _announced(rehearsals: Sequence[Rehearsal], console: Console) -> Iterator[Rehearsal]:
    for number, one in enumerate(rehearsals, 1):
        if console.is_terminal:
            console.print(f"{number}/{len(rehearsals)} {one.name} …", end="\r", highlight=False)
        yield one


def _show(pack: Pack, rehearsals: Sequence[Rehearsal], at: datetime, show: bool) -> int:
    console = Console()
    played = []
    for one in _announced(rehearsals, console):
        outcome = rehearse(pack, one, at)
        played.append(outcome)
        _tell(console, one, outcome, show=show)
    failed = sum(not outcome.passed for outcome in played)
    console.print(f"{len(played) - failed} of {len(played)} rehearsals passed.", highlight=False)
    return 1 if failed else 0


def _tell(console: Console, rehearsal: Rehearsal, outcome: Rehearsed, *, show: bool) -> None:
    console.print(f"{_MARKS[outcome.passed]}  {rehearsal.name} ({rehearsal.language})", highlight=False)
    if show or not outcome.passed:
        for who, text in outcome.transcript:
            console.print(
                f"    {who}: " + text.replace("\n", "\n      "), highlight=False, markup=False, soft_wrap=True
            )
    for failure in outcome.failures:
        console.print(
            f"    {rehearsal.place.file}:{rehearsal.place.line}: {failure}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
