"""Vectors of an index's texts, kept in a file beside what was learned: a new edition encodes only what is new in it."""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from courtesy.language.encoder import Encoder

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Kind = Literal["query", "passage"]


def of(encoder: Encoder, texts: Sequence[tuple[Kind, str]], folder: Path | None, language: str) -> Floats:
    """A row for each text, read as what it is. Kept and fresh rows are the same to the last digit: both are halves.

    Raises what the encoder raises. A file that cannot be read or written costs time, nothing else."""
    file = folder / f"meanings-{_short(encoder.id)}-{language}.npz" if folder else None
    known = _read(file) if file else {}
    keys = [_short(f"{kind}:{text}") for kind, text in texts]
    rows: dict[str, NDArray[np.float16]] = {}
    for key, (kind, text) in zip(keys, texts, strict=True):
        if key not in rows:
            row = known.get(key)
            rows[key] = encoder.encode([text], kind)[0].astype(np.float16) if row is None else row
    if file and rows.keys() != known.keys():
        _write(file, rows)
    return np.stack([rows[key] for key in keys]).astype(np.float32)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read(file: Path) -> dict[str, NDArray[np.float16]]:
    if not file.is_file():
        return {}
    try:
        with np.load(file, allow_pickle=False) as stored:
            return dict(zip(stored["keys"].tolist(), stored["rows"], strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        log.warning("kept vectors of articles could not be read and are made anew")
        return {}


def _write(file: Path, rows: dict[str, NDArray[np.float16]]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.stem}.{os.getpid()}.part")
        with part.open("wb") as opened:
            np.savez(opened, allow_pickle=False, keys=np.array(list(rows)), rows=np.stack(list(rows.values())))
        part.replace(file)
    except OSError:
        log.warning("vectors of articles could not be kept; the next start makes them again")
