"""Reads the kits that are there and turns each into tasks: rows to learn from and rows to score.

A kit comes in two halves, dev and held. Where held is there too, it is scored. Where only dev is there, the kit's own
validation rows are scored, or else a fifth of the rows, chosen by a hash of their text: the same fifth in every run,
and never a text that was learned from. Such figures are not those of the kit's official test.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Fields = dict[str, str]
TEST_HALF = "the kit's test half"
FIFTH = "a fifth of dev by hash of the text (the test half is not there)"
VALIDATION = "the kit's validation rows (the test half is not there)"


@dataclass(frozen=True)
class Task:
    """One measure. ``rows`` have text, label, lang and split, which is train or test."""

    name: str
    scored_on: str
    rows: list[Fields]


def tasks(kits: Path) -> Iterator[Task]:
    """A task for every kit that is there, some kits give several."""
    for name, of in KITS.items():
        if (kits / name / "dev.csv").is_file():
            yield from of(kits / name)


def _banking(folder: Path) -> Iterator[Task]:
    rows, scored_on = _halves(folder)
    yield Task("banking77", scored_on, rows)
    few = folder / "fewshot_10.csv"
    if few.is_file():
        shown = [_row(fields, "train") for fields in _read(few)]
        seen = {_letters(row["text"]) for row in shown}  # they are rows of dev, written small
        yield Task(
            "banking77, 10 examples each",
            scored_on,
            shown + [row for row in rows if row["split"] == "test" and _letters(row["text"]) not in seen],
        )


def _whole(folder: Path) -> Iterator[Task]:
    rows, scored_on = _halves(folder)
    yield Task(folder.name, scored_on, rows)


def _by(column: str, keep: Callable[[Fields], bool] = lambda _: True) -> Callable[[Path], Iterator[Task]]:
    """A task for each value of a column: kits that hold several companies, domains or languages."""

    def split(folder: Path) -> Iterator[Task]:
        values = dict.fromkeys(fields[column] for fields in _read(folder / "dev.csv") if keep(fields))
        for value in values:
            rows, scored_on = _halves(folder, lambda fields, value=value: fields[column] == value and keep(fields))
            yield Task(f"{folder.name}, {value}", scored_on, rows)

    return split


KITS: dict[str, Callable[[Path], Iterator[Task]]] = {
    "banking77": _banking,
    "clinc150": _whole,
    "hint3": _by("bot", lambda fields: fields["version"] == "v2"),  # v1 has known wrong labels
    "bitext": _whole,
    "natcs_intents": _by("domain"),
    "multiling_intents": _by("lang", lambda fields: fields["lang"] in ("en", "es", "zh")),
}
_VALIDATION = {"clinc150": ("val", "oos_val")}
_OUT_OF_SCOPE = ("NO_NODES_DETECTED",)  # as hint3 writes it


def _halves(folder: Path, keep: Callable[[Fields], bool] = lambda _: True) -> tuple[list[Fields], str]:
    """The rows of a kit with train or test as their split, and what it is that is scored."""
    dev = [fields for fields in _read(folder / "dev.csv") if keep(fields)]
    held = folder / "held.csv"
    if held.is_file():
        scored = [_row(fields, "test") for fields in _read(held) if keep(fields)]
        return [_row(fields, "train") for fields in dev] + scored, TEST_HALF
    if validation := _VALIDATION.get(folder.name):
        sides = ("test" if fields["official_split"] in validation else "train" for fields in dev)
        return [_row(fields, side) for fields, side in zip(dev, sides, strict=True)], VALIDATION
    return [_row(fields, "test" if _in_the_fifth(fields["text"]) else "train") for fields in dev], FIFTH


def _in_the_fifth(text: str) -> bool:
    """By the letters alone, so that one text written twice, in whatever way, lies on one side."""
    return hashlib.sha256(_letters(text).encode()).digest()[0] % 5 == 0


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or text


def _row(fields: Fields, split: str) -> Fields:
    label = "oos" if fields["label"] in _OUT_OF_SCOPE else fields["label"]
    return {"text": fields["text"], "label": label, "lang": fields.get("lang") or "en", "split": split}


def _read(file: Path) -> Iterator[Fields]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        for fields in csv.DictReader(opened):
            if fields["text"].strip() and fields["label"].strip():
                yield fields
