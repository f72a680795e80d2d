"""Encoders for tests: the built-in one where it is set up, one made of letters, and one that breaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from courtesy.language.encoders.choosing import own_folder

needs_encoder = pytest.mark.skipif(
    not (own_folder() / "encoder.json").is_file(), reason="the sentence encoder is not set up (bin/setup encoder)"
)


def encoder_folder() -> Path:
    return own_folder()


class OfLetters:
    """Counts letters: enough to be told apart, the same every time. ``broken`` makes it fail from then on."""

    id = "letters-1"
    dimensions = 26
    languages: frozenset[str] | None = frozenset({"en"})

    def __init__(self) -> None:
        self.broken = False

    def encode(self, texts: Sequence[str], kind: str = "query") -> NDArray[np.float32]:
        if self.broken:
            raise RuntimeError("no more")
        counts = np.array([[text.lower().count(chr(97 + place)) for place in range(26)] for text in texts], np.float32)
        return counts / (np.linalg.norm(counts, axis=1, keepdims=True) + 1e-6)
