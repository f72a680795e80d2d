"""``courtesy pack rehearse --all``: every shipped company's rehearsals, each round in a process of its own.

The rounds of a company begin at the same moment and differ in what must not matter: the process and its hash seed. A
company that cannot be played does not keep the others from being played.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from courtesy.config.trouble import Trouble
from courtesy.pack.mistakes import PackError
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import is_open, next_opening
from courtesy.pack.reading import SHIPPED, is_base, read
from courtesy.representative.rehearsing import Rehearsed
from courtesy.representative.reliability import Reliability, reliability_of
from courtesy.representative.reliability import read as read_playing

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Company:
    """What came of one company; ``trouble`` says why it could not be played to the end, and nothing else is said."""

    name: str
    reliability: Reliability | None = None
    trouble: str = ""


def run(times: int, only: str, *, as_json: bool, packs: Path = SHIPPED) -> int:
    """0: all passed, every time, in the same way. 1: some did not. 2: a company could not be played."""
    folders = companies(packs)
    played = [_company(folder, times, only, _to_stderr) for folder in folders]
    played = [one for one in played if one.trouble or (one.reliability and one.reliability.rehearsals)]
    if not played:
        raise Trouble("there is no such rehearsal in any company")
    if as_json:
        print(json.dumps({one.name: _as_json(one) for one in played}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(line for one in played for line in _lines(one, times)))
    if any(one.trouble for one in played):
        return 2
    return 0 if all(one.reliability and one.reliability.faultless for one in played) else 1


def companies(packs: Path) -> list[Path]:
    """The packs that others do not merely build on."""
    return [page.parent for page in sorted(packs.glob("*/company.yaml")) if not is_base(page.parent)]


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# --- playing --------------------------------------------------------------------------------------


def _company(folder: Path, times: int, only: str, tell: Tell) -> Company:
    try:
        pack = read(folder)
    except PackError as error:
        tell(f"{folder.name}: cannot be read")
        return Company(folder.name, trouble=f"the pack cannot be read: {error}")
    number = sum(only.casefold() in one.name.casefold() for one in pack.rehearsals)
    if not number:
        return Company(folder.name, reliability_of(()))
    playings: list[Rehearsed] = []
    at = opening_of(pack)
    with tempfile.TemporaryDirectory(prefix="courtesy-rehearsals-") as scratch:
        for each in range(1, times + 1):
            tell(f"{folder.name}: {number} rehearsals, round {each} of {times}")
            played, trouble = _round(folder, at, only, Path(scratch) / str(each), each)
            playings += played
            if trouble or len(played) != number:
                return Company(folder.name, trouble=trouble or f"{len(played)} of {number} rehearsals were played")
    return Company(folder.name, reliability_of(playings))


def opening_of(pack: Pack) -> datetime:
    """Now when the company is open, else when it opens next."""
    now = timezone.now()
    return now if is_open(pack.company, now) else next_opening(pack.company, now)


def _round(folder: Path, at: datetime, only: str, scratch: Path, number: int) -> tuple[list[Rehearsed], str]:
    """The playings of one round and why it ended early, if it did."""
    own = {"COURTESY_DATA": str(scratch), "COURTESY_DATABASE_URL": "", "COURTESY_PACK": str(folder)}
    command = [sys.executable, "-m", "courtesy", "pack", "rehearse", str(folder), "--scratch", "--lines"]
    command += ["--at", at.isoformat()] + (["--only", only] if only else [])
    ended = subprocess.run(
        command,
        env={**os.environ, **own, "PYTHONHASHSEED": str(number)},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    lines = ended.stdout.splitlines()
    if ended.returncode:
        said = ended.stderr.strip().splitlines()
        return [], said[-1] if said else f"its process ended with {ended.returncode}"
    return [read_playing(json.loads(line)) for line in lines], ""


# --- telling --------------------------------------------------------------------------------------


def _as_json(company: Company) -> dict[str, Any]:
    return {"trouble": company.trouble} if company.reliability is None else company.reliability.as_json()


def _lines(company: Company, times: int) -> list[str]:
    found = company.reliability
    if found is None:
        return [f"{company.name}: could not be played: {company.trouble}"]
    always = sum(one.reliable for one in found.rehearsals)
    lines = [
        f"{company.name}: {len(found.rehearsals)} rehearsals, {times} times each",
        f"  passed^1 {found.passed_once:.1%}; passed^{times} {found.passed_always:.1%} "
        f"({always} of {len(found.rehearsals)} the same every time: outcome, replies, acts)",
    ]
    for kind, said in (("done", "acts done"), ("asked", "asked of a person"), ("refused", "refused")):
        counted = found.acts[kind]
        named = ", ".join(f"{name} {number}" for name, number in sorted(counted.items()))
        lines.append(f"  {said}: {sum(counted.values())}" + (f" ({named})" if named else ""))
    unpermitted = found.acts["unpermitted"]
    lines.append(f"  done though nothing permitted it: {', '.join(sorted(unpermitted)) or 'none'}")
    for one in found.rehearsals:
        if not one.reliable:
            why = [*one.failures, *(f"{what} differ" for what in one.differs)]
            lines.append(f"  {one.name}: passed {one.passed} of {one.playings}: {'; '.join(why)}")
    return lines
