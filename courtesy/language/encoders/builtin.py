"""The built-in sentence encoder: English, 384 numbers, int8 on onnxruntime alone, made by ``converting``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from courtesy.language.encoders.wordpiece import WordPieces

VERSION = 1  # of these files and of what is computed from them
GRAPH, TABLE, ARRAYS, PIECES, CARD = "encoder.onnx", "words.npy", "arrays.npz", "vocab.txt", "encoder.json"
KEPT = (5,)  # layers whose mean is read
MOST_PIECES = 256
_CLOSE = 0.97  # cosine to full precision that the self-check asks for


class Builtin:
    """Raises OSError, KeyError or ValueError when the folder does not hold a sound encoder."""

    dimensions = 384
    languages: frozenset[str] | None = frozenset({"en"})

    def __init__(self, folder: Path) -> None:
        card: dict[str, Any] = json.loads((folder / CARD).read_text("utf-8"))
        if card["files"] != hashes(folder):
            raise ValueError(f"the files in {folder} are not as they were made")
        self.id = str(card["id"])
        self._pieces = WordPieces((folder / PIECES).read_text("utf-8").splitlines())
        self._table = np.load(folder / TABLE, mmap_mode="r")
        with np.load(folder / ARRAYS) as stored:
            self._scales, self._positions, self._gain, self._lift = (
                stored[name] for name in ("scales", "positions", "gain", "lift")
            )
        self._session = _session(folder / GRAPH)
        self._encode = lru_cache(maxsize=4_096)(self._vector)
        for text, expected in card["expected"].items():
            if float(self._vector(text) @ np.array(expected, np.float32)) < _CLOSE:
                raise ValueError("the encoder failed its self-check")

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"] = "query") -> NDArray[np.float32]:
        """One text at a time: quantisation by batch would make a text's vector depend on its neighbours."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self._encode(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        numbers = self._pieces.numbers(text, MOST_PIECES)
        state = self._table[numbers] * self._scales[numbers, None] + self._positions[: len(numbers)]
        state = state - state.mean(axis=1, keepdims=True)
        state = state / np.sqrt((state**2).mean(axis=1, keepdims=True) + 1e-12) * self._gain + self._lift
        vector = self._session.run(None, {"words": state[None].astype(np.float32)})[0].ravel()
        return np.asarray(vector / (np.linalg.norm(vector) + 1e-12), np.float32)


def _session(path: Path) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that the encoder rests on."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (GRAPH, TABLE, ARRAYS, PIECES)}
