"""Reads the kits that are there and turns each into tasks: rows to learn from and rows to score.

A kit comes in two halves, dev and held. Where held is there too, it is scored. Where only dev is there, the kit's own
validation rows are scored, or else a fifth of the rows, chosen by a hash of their text: the same fifth in every run,
and never a text that was learned from; of small kits each fifth in turn. Such figures are not those of the official
test.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.understanding.made_harder import few_each, letters, mistyped, score_some, with_strangers

Fields = dict[str, str]
TEST_HALF = "the kit's test half"
FIFTH = "a fifth of dev by hash of the text (the test half is not there)"
FIFTHS = "each fifth of dev in turn (the test half is not there)"
STRANGERS = "; every fourth label is unknown, and a third of the messages come from other companies"
_SOME = 1_000  # rows scored where a task is measured several times
_SMALL = 1_700  # rows of a kit of which each fifth is scored
VALIDATION = "the kit's validation rows (the test half is not there)"


@dataclass(frozen=True)
class Task:
    """One measure. ``rows`` have text, label, lang and split, which is train or test; ``more``: further such sets."""

    name: str
    scored_on: str
    rows: list[Fields]
    more: tuple[list[Fields], ...] = ()


def tasks(kits: Path) -> Iterator[Task]:
    """A task for every kit that is there, some kits give several."""
    for name, of in KITS.items():
        if any((kits / name / f"dev.{ending}").is_file() for ending in ("csv", "jsonl")):
            yield from of(kits / name)


def _banking(folder: Path) -> Iterator[Task]:
    rows, scored_on = _halves(folder)
    yield Task("banking77", scored_on, rows)
    for count in (10, 5):
        few = folder / f"fewshot_{count}.csv"
        if few.is_file():
            shown = [_row(fields, "train") for fields in _read(few)]
            seen = {letters(row["text"]) for row in shown}  # they are rows of dev, written small
            scored = [row for row in rows if row["split"] == "test" and letters(row["text"]) not in seen]
            yield Task(f"banking77, {count} examples each", scored_on, shown + scored)


def _whole(folder: Path) -> Iterator[Task]:
    rows, scored_on = _halves(folder)
    yield Task(folder.name, scored_on, rows)


def _clinc(folder: Path) -> Iterator[Task]:
    rows, scored_on = _halves(folder)
    yield Task("clinc150", scored_on, rows)
    few = score_some(few_each([row for row in rows if row["label"] != "oos"], 10), _SOME)
    for percent in (0, 5, 10):
        yield Task(f"clinc150, 10 examples each, {percent} % mistyped", scored_on, mistyped(few, percent))


def _hint(folder: Path) -> Iterator[Task]:
    for task in _by("bot", lambda fields: fields["version"] == "v2")(folder):  # v1 has known wrong labels
        yield task
        if task.scored_on != TEST_HALF:  # the test half has real strangers, dev has none
            foreign = [fields["text"] for fields in _read_if(folder.parent / "natcs_intents" / "dev.csv")]
            sets = [with_strangers(rows, foreign) for rows in (task.rows, *task.more)]
            yield Task(f"{task.name}, with strangers", task.scored_on + STRANGERS, sets[0], tuple(sets[1:]))


def _natcs(folder: Path) -> Iterator[Task]:
    for task in _by("domain")(folder):
        yield task
        sets = [few_each(rows, 3) for rows in (task.rows, *task.more)]
        yield Task(f"{task.name}, 3 examples each", task.scored_on, sets[0], tuple(sets[1:]))


def _by(column: str, keep: Callable[[Fields], bool] = lambda _: True) -> Callable[[Path], Iterator[Task]]:
    """A task for each value of a column: kits that hold several companies, domains or languages."""

    def split(folder: Path) -> Iterator[Task]:
        values = dict.fromkeys(fields[column] for fields in _read(folder / "dev.csv") if keep(fields))
        for value in values:
            yield _in_turn(
                folder, f"{folder.name}, {value}", lambda fields, value=value: fields[column] == value and keep(fields)
            )

    return split


def _in_turn(folder: Path, name: str, keep: Callable[[Fields], bool]) -> Task:
    """Each fifth in turn where the kit is small."""
    rows, scored_on = _halves(folder, keep)
    if scored_on != FIFTH or len(rows) > _SMALL:
        return Task(name, scored_on, rows)
    return Task(name, FIFTHS, rows, tuple(_halves(folder, keep, fifth)[0] for fifth in range(1, 5)))


def _several(folder: Path) -> Iterator[Task]:
    """Messages with several labels: one task for each domain."""
    for domain in dict.fromkeys(fields["domain"] for fields in _read(folder / "dev.jsonl")):
        yield _in_turn(folder, f"{folder.name}, {domain}", lambda fields, domain=domain: fields["domain"] == domain)


KITS: dict[str, Callable[[Path], Iterator[Task]]] = {
    "banking77": _banking,
    "clinc150": _clinc,
    "hint3": _hint,
    "bitext": _whole,
    "natcs_intents": _natcs,
    "multiling_intents": _by("lang", lambda fields: fields["lang"] in ("en", "es", "zh")),
    "nlupp": _several,
}
_VALIDATION = {"clinc150": ("val", "oos_val")}
_OUT_OF_SCOPE = ("NO_NODES_DETECTED", "")  # as hint3 and nlupp write it


def _halves(folder: Path, keep: Callable[[Fields], bool] = lambda _: True, fifth: int = 0) -> tuple[list[Fields], str]:
    """The rows of a kit with train or test as their split, and what it is that is scored."""
    ending = "csv" if (folder / "dev.csv").is_file() else "jsonl"
    dev = [fields for fields in _read(folder / f"dev.{ending}") if keep(fields)]
    held = folder / f"held.{ending}"
    if held.is_file():
        scored = [_row(fields, "test") for fields in _read(held) if keep(fields)]
        return [_row(fields, "train") for fields in dev] + scored, TEST_HALF
    if validation := _VALIDATION.get(folder.name):
        sides = ("test" if fields["official_split"] in validation else "train" for fields in dev)
        return [_row(fields, side) for fields, side in zip(dev, sides, strict=True)], VALIDATION
    return [_row(fields, "test" if _fifth_of(fields["text"]) == fifth else "train") for fields in dev], FIFTH


def _fifth_of(text: str) -> int:
    """By the letters alone, so that one text written twice, in whatever way, lies on one side."""
    return hashlib.sha256(letters(text).encode()).digest()[0] % 5


def _row(fields: Fields, split: str) -> Fields:
    label = "oos" if fields["label"] in _OUT_OF_SCOPE else fields["label"]
    return {"text": fields["text"], "label": label, "lang": fields.get("lang") or "en", "split": split}


def _read_if(file: Path) -> Iterator[Fields]:
    return _read(file) if file.is_file() else iter(())


def _read(file: Path) -> Iterator[Fields]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        if file.suffix == ".jsonl":
            for line in opened:
                fields = json.loads(line)
                yield {"text": fields["text"], "domain": fields["domain"], "label": "|".join(fields.get("intents", ()))}
            return
        for fields in csv.DictReader(opened):
            if fields["text"].strip() and fields["label"].strip():
                yield fields
