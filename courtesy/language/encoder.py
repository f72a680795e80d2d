"""The seam for a sentence encoder: none is built in, understanding then rests on the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.floating[Any]]


class Encoder(Protocol):
    """Sentences as vectors of length one. ``id`` changes whenever the vectors do, and is kept beside what was trained.

    ``languages`` is None when every language is served; ``encode`` gives the same vector for the same text whatever
    else is encoded with it.
    """

    id: str
    dimensions: int
    languages: frozenset[str] | None

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors: ...
