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
RATES = ("accuracy", "micro_f1", "oos_recall", "mcc")
COUNTS = ("trained", "scored", "labels")


def main(kits: Path, results: Path, only: list[str]) -> int:
    """0 when figures were written, 2 when no kit is there. ``only``: tasks with one of these words in their name are
    measured anew, the others stay as they were. Written after each task."""
    before = json.loads(results.read_text("utf-8")) if only and results.is_file() else {"tasks": []}
    found = list(tasks(kits))
    done = {task["task"]: task for task in before["tasks"]}
    figures: dict[str, Any] = {"measured_at": now(), "machine": machine(), "reference_loop_ms": round(loop_ms(), 2)}
    with tempfile.TemporaryDirectory(prefix="courtesy-measure-") as folder:
        for task in found:
            if only and not any(word in f"{task.name}." for word in only):  # "clinc150." is the task of just that name
                continue
            print(f"understanding: {task.name} …", file=sys.stderr, flush=True)
            done[task.name] = measured(task, Path(folder))
            figures["tasks"] = [done[one.name] for one in found if one.name in done]
            results.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            results.with_suffix(".md").write_text(as_page(figures), encoding="utf-8")
    if not found:
        print(f"understanding: no kit lies in {kits}; see COURTESY_KITS", file=sys.stderr)
        return 2
    show(figures)
    print(f"understanding: written to {results}", file=sys.stderr)
    return 0


def measured(task: Task, folder: Path) -> dict[str, Any]:
    """One task: what the command says, what the references reach, the ratio of errors; sets in turn are averaged."""
    file = folder / "task.csv"
    ours, plain = [], []
    for rows in (task.rows, *task.more):
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, ["text", "label", "lang", "split"])
            writer.writeheader()
            writer.writerows(rows)
        command = [sys.executable, "-m", "courtesy", "measure", "understanding", str(file), "--json"]
        ours.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
        plain.append(measure_reference(read_rows(file)))
    figures = _mean(ours)
    nearest = _mean([one["nearest_centroid"] for one in plain])
    several = "micro_f1" in figures
    return {
        "task": task.name,
        "scored_on": task.scored_on,
        "sets": len(ours),
        **figures,
        "reference_nearest_centroid": None if several else {name: nearest[name] for name in SHOWN},
        "reference_majority": None if several else _mean([one["majority"] for one in plain]),
        "errors_in_reference_errors": None if several else _errors(figures["accuracy"], nearest["accuracy"]),
    }


def _mean(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of several sets, weighed by their scored rows; counts are the first set's, scored is the sum."""
    first, total = figures[0], sum(one.get("scored", 1) for one in figures)
    mean: dict[str, Any] = {}
    for name, value in first.items():
        given = [(one[name], one.get("scored", 1)) for one in figures]
        if name == "scored":
            mean[name] = total
        elif isinstance(value, float) and all(isinstance(number, float) for number, _ in given):
            mean[name] = round(sum(number * weight for number, weight in given) / total, 4)
        else:
            mean[name] = value
    return mean


def _errors(ours: float | None, reference: float | None) -> float | None:
    """How many errors in scope we make for each one of the reference; below 1 is better."""
    return round((1 - ours) / (1 - reference), 3) if ours is not None and reference not in (None, 1) else None


def table_of(figures: dict[str, Any]) -> list[list[str]]:
    """The table, its heads first. In brackets: the reference, a nearest centroid of weighted words."""
    rows = [["task", "learned", "scored", "labels", "accuracy", "micro F1", "oos recall", "mcc", "p50 µs", "encoder"]]
    for task in figures["tasks"]:
        plain = task.get("reference_nearest_centroid") or {}
        cells = [_text(task.get(name)) + (f" ({_text(plain[name])})" if name in plain else "") for name in RATES]
        speed = task.get("microseconds_p50", task["microseconds_per_message"])
        counts = [str(task[name]) for name in COUNTS]
        rows.append([task["task"], *counts, *cells, f"{speed:.0f}", task["encoder"].partition("-")[0]])
    return rows


def show(figures: dict[str, Any]) -> None:
    heads, *rows = table_of(figures)
    table = Table(title="Understanding", caption=caption(figures))
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    Console(width=170).print(table)


def caption(figures: dict[str, Any]) -> str:
    described = figures["machine"]
    return (
        f"{described['processor']}, {described['cores']} cores, Python {described['python']}, reference loop "
        f"{figures['reference_loop_ms']} ms. In brackets: the reference, a nearest centroid of weighted words."
    )


def as_page(figures: dict[str, Any]) -> str:
    """The same as a page."""
    heads, *rows = table_of(figures)
    lines = [f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows)]
    said = "Development rows only: a seeded fifth, or each fifth in turn, or the kit's validation rows."
    return "\n".join(["# Understanding", "", f"{said} {caption(figures)}", "", *lines, ""])


def _text(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
