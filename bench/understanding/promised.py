"""Measures whether a promised error rate is kept: set on one half of the messages to score, counted on the other."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.understanding.kits import Fields, Task, tasks
from courtesy.config.measuring.machine import loop_ms, machine, now

PROMISED = 5  # per cent of all messages, answered wrongly
_MEASURED = ("hint3", "clinc150")  # messages to real bots, and the kit with the most that is out of scope
_NOT = ("examples each",)


def main(kits: Path, results: Path) -> int:
    """0 when figures were written, 2 when no kit is there."""
    found = [task for task in tasks(kits) if _is_measured(task)]
    if not found:
        print(f"promised: no kit lies in {kits}; see COURTESY_KITS", file=sys.stderr)
        return 2
    figures: dict[str, Any] = {"measured_at": now(), "machine": machine(), "reference_loop_ms": round(loop_ms(), 2)}
    with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder:
        figures["tasks"] = [kept(task, Path(folder) / "task.csv") for task in found]
    results.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def kept(task: Task, file: Path) -> dict[str, Any]:
    """Of each set of a task both halves in turn; shares are of all scored messages together."""
    print(f"promised: {task.name} …", file=sys.stderr, flush=True)
    runs = [_run(rows, half, file) for rows in (task.rows, *task.more) for half in (0, 1)]
    scored = sum(run["scored"] for run in runs)
    share = {name: round(sum(run[name] * run["scored"] for run in runs) / scored, 4) for name in ("answered", "wrong")}
    return {"task": task.name, "scored_on": task.scored_on, "promised": PROMISED / 100, "runs": len(runs)} | {
        "scored": scored,
        **share,
        "wrong_in_the_worst_run": max(run["wrong"] for run in runs),
    }


def _is_measured(task: Task) -> bool:
    of_a_kit = any(task.name.startswith(kit) for kit in _MEASURED) and not any(word in task.name for word in _NOT)
    return of_a_kit and any(row["label"] == "oos" for row in task.rows)


def _run(rows: list[Fields], half: int, file: Path) -> dict[str, Any]:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, ["text", "label", "lang", "split"])
        writer.writeheader()
        for row in rows:
            sets = row["split"] == "test" and hashlib.sha256(row["text"].encode()).digest()[1] % 2 == half
            writer.writerow(row | {"split": "dev"} if sets else row)
    words = [
        sys.executable,
        "-m",
        "courtesy",
        "measure",
        "understanding",
        str(file),
        "--promise",
        str(PROMISED),
        "--json",
    ]
    told: dict[str, Any] = json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
    return told


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
