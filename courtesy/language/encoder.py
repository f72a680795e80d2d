"""The seam for a sentence encoder: what one is, and how the one for a language is asked for.

Without one, understanding rests on the words alone (the sparse tier).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating[Any]]


class Encoder(Protocol):
    """Sentences as vectors of length one. ``id`` changes whenever the vectors do, and is kept beside what was trained.

    ``languages`` is None when every language is served; ``encode`` gives the same vector for the same text whatever
    else is encoded with it. It may raise; who asks then goes on without.
    """

    id: str
    dimensions: int
    languages: frozenset[str] | None

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors: ...


EncoderOf = Callable[[str], Encoder | None]
"""The encoder that serves a language; None: none does."""


def without(_language: str) -> Encoder | None:
    """No encoder for any language."""
    return None
