"""Runs the retail exam: serves every case, prints how each went, and writes the figures.

Usage: python -m bench.tau_retail.run [--show] [--only 12,13] [--write FILE]. The exam's material is read from
``COURTESY_KITS`` (``../shared/kits`` beside the project when not set).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("America/New_York"))


def main() -> int:
    arguments = _arguments()
    kit = Path(os.environ.get("COURTESY_KITS", ROOT.parent / "shared" / "kits")) / "tau_retail"
    if not (kit / "tasks_dev.jsonl").is_file():
        print(f"the exam's material is not in {kit}; set COURTESY_KITS")
        return 2
    with tempfile.TemporaryDirectory(prefix="courtesy-exam-") as folder:
        return _run(arguments, kit, Path(folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="the retail exam")
    parser.add_argument("--only", default="", help="numbers of cases, with commas")
    parser.add_argument("--show", action="store_true", help="print the conversations")
    parser.add_argument("--write", type=Path, help="file for the figures")
    parser.add_argument("--pack", type=Path, default=Path(__file__).parent / "pack", help="another pack for the shop")
    return parser.parse_args()


def _run(arguments: argparse.Namespace, kit: Path, folder: Path) -> int:
    _start(folder)
    from bench.tau_retail import book, convert, perfect
    from bench.tau_retail.serving import serve
    from courtesy.commerce.exchange.importing import import_books
    from courtesy.commerce.refusals import REFUSALS
    from courtesy.pack.checking import check
    from courtesy.pack.reading import read
    from courtesy.policy.guard import run_examples
    from courtesy.workforce.teams import sync_teams

    before = json.loads((kit / "db.json").read_text(encoding="utf-8"))
    cases = [json.loads(line) for line in (kit / "tasks_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    only = {number.strip() for number in arguments.only.split(",") if number.strip()}
    convert.write(convert.convert(before), folder / "csv")
    for problem in import_books(folder / "csv").problems:
        print(problem)
    pack = read(book.put_together(folder / "packs", arguments.pack))
    findings = check(pack.folder, run_examples, said_by_the_shop=REFUSALS, on=AT.date())
    for finding in findings:
        print(finding)
    sync_teams(pack.company.teams)
    chosen = [case for case in cases if not only or case["id"] in only]
    began = time.monotonic()
    served = []
    for case in chosen:
        served.append(serve(case, before, pack, AT))
        _print(served[-1], show=arguments.show)
    seconds = time.monotonic() - began
    figures = _figures(served, seconds) | {
        "solved by doing nothing": sum(serve(case, before, pack, AT, silent=True).judged.solved for case in chosen),
        "solved by doing what is expected": sum(perfect.solves(case, before, AT) for case in chosen),
        "mistakes in the pack": len(findings),
        "cases": {one.case: _result(one) for one in served},
    }
    print({name: value for name, value in figures.items() if name != "cases"})
    if arguments.write:
        arguments.write.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _start(folder: Path) -> None:
    """A database of this run alone."""
    os.environ["COURTESY_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "courtesy.config.settings"
    os.environ.pop("COURTESY_DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _print(one: Any, *, show: bool) -> None:
    mark = "solved" if one.judged.solved else "failed"
    print(f"{one.case:>4} {mark}  {one.ended}; deeds: {', '.join(one.deeds) or 'none'}", flush=True)
    if one.judged.untold:
        print(f"       not told: {', '.join(one.judged.untold)}")
    if show:
        for who, text in one.transcript:
            print(f"       {who:>14}: " + text.replace("\n", "\n" + " " * 23))
        for note in one.notes:
            print(f"       note {note}")
        for path, expected, found in one.judged.differences:
            print(f"       {path}: expected {expected[:160]}, found {found[:160]}")


def _result(one: Any) -> str:
    deeds = f" ({', '.join(one.deeds)})" if one.deeds else " (nothing done)"
    return ("solved" if one.judged.solved else "failed") + deeds


def _figures(served: list[Any], seconds: float) -> dict[str, Any]:
    return {
        "what": "retail exam, dev part: the shop's books as expected and everything told that was to be told",
        "solved": sum(one.judged.solved for one in served),
        "cases in all": len(served),
        "solved with something done": sum(one.judged.solved and bool(one.deeds) for one in served),
        "cases with a change that is not expected": sum(one.judged.forbidden > 0 for one in served),
        "cases with something changed wrongly or half": sum(one.judged.wrong > 0 for one in served),
        "unexpected changes": sum(one.judged.forbidden for one in served),
        "handed over": sum(one.ended == "handed over" for one in served),
        "seconds": round(seconds, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    raise SystemExit(main())
