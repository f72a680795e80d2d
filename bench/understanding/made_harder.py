"""Makes a task harder, the same way each time: few examples, mistyped messages, messages that are nobody's business."""

from __future__ import annotations

import hashlib

from courtesy.representative.mistyping import mistype

Rows = list[dict[str, str]]


def letters(text: str) -> str:
    """The letters and digits alone, small: two ways of writing one text are one."""
    return "".join(letter for letter in text.casefold() if letter.isalnum()) or text


def few_each(rows: Rows, count: int) -> Rows:
    """Of each label only so many rows to learn from, chosen by a hash of their text."""
    taken: dict[str, int] = {}
    kept: list[dict[str, str]] = []
    for row in sorted(rows, key=lambda row: _hash(row["text"])):
        if row["split"] == "train":
            taken[row["label"]] = taken.get(row["label"], 0) + 1
            if taken[row["label"]] > count:
                continue
        kept.append(row)
    return kept


def score_some(rows: Rows, count: int) -> Rows:
    """Only so many of the scored rows, chosen by a hash of their text."""
    scored = sorted((row for row in rows if row["split"] == "test"), key=lambda row: _hash(row["text"]))
    return [row for row in rows if row["split"] != "test"] + scored[:count]


def mistyped(rows: Rows, percent: int) -> Rows:
    """So many percent of the letters of the scored rows are hit."""
    return [
        row | {"text": mistype(row["text"], percent / 100, row["text"]) or row["text"]}
        if row["split"] == "test"
        else row
        for row in rows
    ]


def with_strangers(rows: Rows, foreign: list[str]) -> Rows:
    """Every fourth label is not taught; half as many messages of other companies as are scored come in."""
    labels = sorted({row["label"] for row in rows})
    unknown = {label for label in labels if int(_hash(label), 16) % 4 == 0}
    kept = [
        row | {"label": "oos"} if row["label"] in unknown else row
        for row in rows
        if row["split"] == "test" or row["label"] not in unknown
    ]
    scored = sum(row["split"] == "test" for row in rows)
    chosen = sorted(foreign, key=_hash)[: scored // 2]
    return kept + [{"text": text, "label": "oos", "lang": "en", "split": "test"} for text in chosen]


def _hash(text: str) -> str:
    return hashlib.sha256(letters(text).encode()).hexdigest()
