"""Measures what the engine costs: learning a large pack, one ``understand``, and the memory that it adds."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

from bench.understanding.kits import tasks
from courtesy.config.measuring.machine import loop_ms, machine, now


def _megabytes() -> float:
    """What the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


BEFORE = _megabytes()
from courtesy.language.encoders.choosing import chosen  # noqa: E402  what is imported from here on is measured
from courtesy.language.intents import IntentModel, train  # noqa: E402
from courtesy.language.reading import understand  # noqa: E402
from courtesy.language.understanding import Context  # noqa: E402

INTENTS, EXAMPLES, LANGUAGES = 100, 20, ("en", "es", "zh")
MESSAGES = 1_000


def main(kits: Path, results: Path) -> int:
    """0 when figures were written, 2 when the kit is not there."""
    rows = next((task.rows for task in tasks(kits) if task.name == "clinc150"), [])
    if not rows:
        print(f"engine: clinc150 is not in {kits}; see COURTESY_KITS", file=sys.stderr)
        return 2
    lesson, messages = results.with_suffix(".lesson.tmp"), results.with_suffix(".messages.tmp")
    lesson.write_text(json.dumps(_lesson(rows)), encoding="utf-8")
    unseen = [row["text"] for row in rows if row["split"] == "test"]
    messages.write_text(json.dumps(unseen[:MESSAGES]), encoding="utf-8")
    try:
        figures: dict[str, Any] = {"measured_at": now(), "machine": machine(), "reference_loop_ms": round(loop_ms(), 2)}
        figures |= _child(lesson, messages)
        results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    finally:
        lesson.unlink()
        messages.unlink()
    return 0


def _lesson(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    by_label: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["label"] != "oos" and row["split"] == "train":
            by_label[row["label"]].append(row["text"])
    return [(text, label) for label in sorted(by_label)[:INTENTS] for text in by_label[label][:EXAMPLES]]


def _child(lesson: Path, messages: Path) -> dict[str, Any]:
    """In a process of its own, so that its memory is the engine's alone."""
    told: dict[str, Any] = {}
    for act in ("--learn", "--read"):
        words = [sys.executable, "-m", "bench.understanding.engine", act, str(lesson), str(messages)]
        told |= json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)
    return told


def learn(lesson: Path) -> dict[str, Any]:
    """Seconds of the processor and of the clock; the same sentences stand for each of the three languages."""
    pairs = [(text, label) for text, label in json.loads(lesson.read_text(encoding="utf-8"))]
    encoders = chosen("builtin")
    train({"en": pairs[:40]}, encoders=encoders)  # loads the encoder
    wall, cpu = perf_counter(), process_time()
    model = train(dict.fromkeys(LANGUAGES, pairs), encoders=encoders)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    model.save(lesson.with_suffix(".npz"))
    return {
        "encoder": encoders.says(),
        "intents": INTENTS,
        "examples": EXAMPLES,
        "languages": list(LANGUAGES),
        "training_cpu_seconds": round(cpu, 2),
        "training_wall_seconds": round(wall, 2),
    }


def read(lesson: Path, messages: Path, before: float) -> dict[str, Any]:
    """Milliseconds of the processor, and the memory that encoder, model and a thousand messages add."""
    model = IntentModel.load(lesson.with_suffix(".npz"), chosen("builtin"))
    understand("warm up", Context(languages=LANGUAGES), model)
    spent = []
    for text in json.loads(messages.read_text(encoding="utf-8")):
        started = process_time()
        understand(text, Context(languages=LANGUAGES, language="en", default_language="en"), model)
        spent.append((process_time() - started) * 1_000)
    cuts = quantiles(spent, n=100)
    lesson.with_suffix(".npz").unlink()
    return {
        "understand_cpu_ms_p50": round(cuts[49], 2),
        "understand_cpu_ms_p99": round(cuts[98], 2),
        "megabytes_added": round(_megabytes() - before, 1),
    }


if __name__ == "__main__":
    act, first, second = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[-1])
    if act == "--learn":
        print(json.dumps(learn(first)))
    elif act == "--read":
        print(json.dumps(read(first, second, BEFORE)))
    else:
        sys.exit(main(Path(act), first))
