"""Measures understanding on every kit that is there, by the command that anybody may use, and writes the figures."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.understanding.kits import Task, tasks
from bench.understanding.reference import measure as measure_reference
from courtesy.config.commands.measure_understanding import read_rows
from courtesy.config.measuring.machine import loop_ms, machine, now

SHOWN = ("accuracy", "macro_f1", "oos_recall", "oos_precision", "mcc", "train_seconds", "microseconds_per_message")
RATES = ("accuracy", "macro_f1", "oos_recall", "mcc")


def main(kits: Path, results: Path) -> int:
    """0 when figures were written, 2 when no kit is there."""
    figures: dict[str, Any] = {"measured_at": now(), "machine": machine(), "reference_loop_ms": round(loop_ms(), 2)}
    figures["tasks"] = []
    with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder:
        for task in tasks(kits):
            print(f"understanding: {task.name} …", file=sys.stderr, flush=True)
            figures["tasks"].append(measured(task, Path(folder)))
    if not figures["tasks"]:
        print(f"understanding: no kit lies in {kits}; see COURTESY_KITS", file=sys.stderr)
        return 2
    results.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    show(figures)
    print(f"understanding: written to {results}", file=sys.stderr)
    return 0


def measured(task: Task, folder: Path) -> dict[str, Any]:
    """One task: what the command says, what the references reach, and the ratios."""
    file = folder / "task.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, ["text", "label", "lang", "split"])
        writer.writeheader()
        writer.writerows(task.rows)
    command = [sys.executable, "-m", "courtesy", "measure", "understanding", str(file), "--json"]
    ours = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    reference = measure_reference(read_rows(file))
    nearest = reference["nearest_centroid"]
    return {
        "task": task.name,
        "scored_on": task.scored_on,
        **ours,
        "reference_nearest_centroid": _rounded({name: nearest[name] for name in SHOWN}),
        "reference_majority": _rounded(reference["majority"]),
        "errors_in_reference_errors": _errors(ours["accuracy"], nearest["accuracy"]),
        "message_in_reference_messages": round(
            ours["microseconds_per_message"] / max(1e-9, nearest["microseconds_per_message"]), 1
        ),
    }


def _errors(ours: float | None, reference: float | None) -> float | None:
    """How many errors in scope we make for each one of the reference; below 1 is better."""
    return round((1 - ours) / (1 - reference), 3) if ours is not None and reference not in (None, 1) else None


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}


def show(figures: dict[str, Any]) -> None:
    described = figures["machine"]
    table = Table(
        title="Understanding",
        caption=f"{described['processor']}, {described['cores']} cores, Python {described['python']}. "
        "In brackets: the reference, a nearest centroid of weighted words.",
    )
    table.add_column("task")
    for column in ("learned", "scored", "labels", "accuracy", "macro F1", "oos recall", "mcc", "µs a message"):
        table.add_column(column, justify="right")
    for task in figures["tasks"]:
        plain = task["reference_nearest_centroid"]
        cells = [f"{_text(task[name])} ({_text(plain[name])})" for name in RATES]
        speed = f"{task['microseconds_per_message']:.0f} ({plain['microseconds_per_message']:.0f})"
        table.add_row(task["task"], *(str(task[name]) for name in ("trained", "scored", "labels")), *cells, speed)
    Console(width=160).print(table)


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
