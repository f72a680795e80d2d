"""An encoder from a folder of the operator's: ``model.onnx``, ``vocab.txt`` and, if need be, ``encoder.json``.

For BERT-type models with a word-piece vocabulary, as the usual tools export them. ``encoder.json`` may say
``{"languages": ["en", "de"], "pooling": "mean" or "first", "marked": true}``: which languages it serves (else all),
how the vector is read, and whether "query: " and "passage: " stand before the text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from courtesy.language.encoders.wordpiece import WordPieces


class OnnxFolder:
    """Raises OSError, ValueError or KeyError when the folder holds no such encoder."""

    def __init__(self, folder: Path) -> None:
        card: dict[str, Any] = {}
        if (folder / "encoder.json").is_file():
            card = json.loads((folder / "encoder.json").read_text("utf-8"))
        files = [folder / name for name in ("model.onnx", "vocab.txt")]
        digest = hashlib.sha256(json.dumps(card, sort_keys=True).encode())
        for file in files:
            digest.update(file.read_bytes())
        self.id = f"onnx-{digest.hexdigest()[:16]}"
        self.languages = frozenset(card["languages"]) if card.get("languages") else None
        self._pooling, self._marked = card.get("pooling", "mean"), bool(card.get("marked"))
        self._pieces = WordPieces(files[1].read_text("utf-8").splitlines())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(files[0]), options, providers=["CPUExecutionProvider"])
        self._inputs = [put.name for put in self._session.get_inputs()]
        self.dimensions = int(self._vector("a", "query").shape[0])

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"] = "query") -> NDArray[np.float32]:
        """One text at a time, as quantised models need it."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self._vector(text, kind) for text in texts])

    def _vector(self, text: str, kind: str) -> NDArray[np.float32]:
        numbers = self._pieces.numbers(f"{kind}: {text}" if self._marked else text)
        given = {
            "input_ids": np.array([numbers], np.int64),
            "attention_mask": np.ones((1, len(numbers)), np.int64),
            "token_type_ids": np.zeros((1, len(numbers)), np.int64),
        }
        state = self._session.run(None, {name: given[name] for name in self._inputs})[0][0]
        vector = state if state.ndim == 1 else state[0] if self._pooling == "first" else state.mean(axis=0)
        return np.asarray(vector / (np.linalg.norm(vector) + 1e-12), np.float32)
