"""Runs the telephone exam: serves every case, prints how each went, and writes the figures.

Usage: python -m bench.tau_telecom.run [--show] [--half first|second] [--only TEXT] [--write FILE]. The exam's material
is read from ``COURTESY_KITS`` (``../shared/kits`` beside the project when not set). Cases are in two halves, taken in
turn: failures of the first are looked at, the second is only counted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
AT = datetime(2025, 2, 25, 12, 8, tzinfo=ZoneInfo("America/New_York"))
ADDRESS = "CONNECTION_EXAM_TELEPHONE"


def main() -> int:
    parser = argparse.ArgumentParser(description="the telephone exam")
    parser.add_argument("--show", action="store_true", help="print every conversation of the first half that failed")
    parser.add_argument("--half", choices=("first", "second"), default="")
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--pack", type=Path, default=Path(__file__).resolve().parent / "pack")
    arguments = parser.parse_args()
    kit = Path(os.environ.get("COURTESY_KITS", ROOT.parent / "shared" / "kits")) / "tau_telecom"
    if not (kit / "tasks_dev.jsonl").is_file():
        print(f"the exam's material is not in {kit}; set COURTESY_KITS")
        return 2
    with tempfile.TemporaryDirectory(prefix="courtesy-exam-") as folder:
        return _run(arguments, kit, Path(folder))


def _run(arguments: argparse.Namespace, kit: Path, folder: Path) -> int:
    from bench.tau_retail.run import _start

    _start(folder)
    from bench.tau_retail import book
    from bench.tau_telecom import server, serving
    from courtesy.commerce.refusals import REFUSALS
    from courtesy.pack.checking import check
    from courtesy.pack.reading import read
    from courtesy.policy.guard import run_examples
    from courtesy.workforce.teams import sync_teams

    pack = read(book.put_together(folder / "packs", arguments.pack))
    findings = check(pack.folder, run_examples, said_by_the_shop=REFUSALS, on=AT.date())
    for finding in findings:
        print(finding)
    sync_teams(pack.company.teams)
    cases = [json.loads(line) for line in (kit / "tasks_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    halves = {case["id"]: ("first", "second")[number % 2] for number, case in enumerate(cases)}
    chosen = [case for case in cases if arguments.only in case["id"] and arguments.half in ("", halves[case["id"]])]
    desk = server.Desk()
    with server.running(desk) as address:
        os.environ[ADDRESS] = address
        shop, phone = (json.loads((kit / name).read_text(encoding="utf-8")) for name in ("db.json", "user_db.json"))
        company = serving.Company(shop, phone, desk, pack, AT)
        began = time.monotonic()
        served = []
        for case in chosen:
            served.append(serving.serve(case, company))
            _print(served[-1], show=arguments.show and halves[case["id"]] == "first")
        seconds = time.monotonic() - began
    figures = _figures(served, halves, seconds) | {
        "solved by doing nothing": sum(serving.do_nothing(case, company).solved for case in chosen),
        "solved by a transfer at once": sum(serving.transfer_at_once(case, company).solved for case in chosen),
        "solved by doing what is expected": sum(serving.do_what_is_expected(case, company).solved for case in chosen),
        "mistakes in the pack": len(findings),
        "cases": {one.case: _result(one) for one in served},
    }
    print({name: value for name, value in figures.items() if name != "cases"})
    if arguments.write:
        arguments.write.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _print(one: Any, *, show: bool) -> None:
    mark = "solved" if one.judged.solved else "failed"
    print(f"{mark} {one.turns:>3} turns, {one.ended}; deeds: {', '.join(one.deeds) or 'none'}  {one.case}", flush=True)
    if show and not one.judged.solved:
        for who, text in one.transcript:
            print(f"       {who:>14}: " + text.replace("\n", "\n" + " " * 23))
        for note in (*one.notes, *one.judged.failed, *one.judged.forbidden):
            print(f"       note {note}")


def _result(one: Any) -> str:
    deeds = f" ({', '.join(one.deeds)})" if one.deeds else " (nothing done)"
    return ("solved" if one.judged.solved else "failed") + f", {one.ended}" + deeds


def _share(served: Sequence[Any]) -> dict[str, int]:
    return {"solved": sum(one.judged.solved for one in served), "cases": len(served)}


def _figures(served: Sequence[Any], halves: dict[str, str], seconds: float) -> dict[str, Any]:
    kinds = Counter(one.kind for one in served)
    return {
        "what": "telephone exam, dev part: the phone and the company's books stand as the exam asserts",
        "how": "scripted customers who know the pack's wordings; no language model on either side",
        "solved": sum(one.judged.solved for one in served),
        "cases in all": len(served),
        "by kind of case": {kind: _share([one for one in served if one.kind == kind]) for kind in kinds},
        "half whose failures were looked at": _share([one for one in served if halves[one.case] == "first"]),
        "half that was only counted": _share([one for one in served if halves[one.case] == "second"]),
        "cases with a change that is not expected": sum(bool(one.judged.forbidden) for one in served),
        "handed over": sum(one.ended == "handed over" for one in served),
        "turns in all": sum(one.turns for one in served),
        "seconds": round(seconds, 1),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    raise SystemExit(main())
