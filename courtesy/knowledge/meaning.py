"""The encoder that finding uses beside the words, if one serves the language; set once when the process starts."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from courtesy.language.encoder import Encoder, EncoderOf, without

log = logging.getLogger(__name__)

WEIGHT = 0.6  # of meaning against words, where both are there; words are scored as a share of what they could reach
LONGEST = 1_000  # characters of a passage that are encoded

Floats = NDArray[np.float32]
_encoder_of: EncoderOf = without


def use(encoder_of: EncoderOf) -> None:
    """From now on, what is found rests on these encoders too."""
    global _encoder_of
    _encoder_of = encoder_of


def encoder_for(language: str) -> Encoder | None:
    return _encoder_of(language)


def passages(encoder: Encoder | None, texts: Sequence[str]) -> Floats | None:
    """A row for each text, of length one; None where there is no encoder or it fails: the words then serve alone."""
    if encoder is None or not texts:
        return None
    try:
        return np.vstack([encoder.encode([text[:LONGEST]], "passage")[0] for text in texts]).astype(np.float32)
    except Exception as error:  # whatever an operator's encoder raises
        log.warning("passages are found by their words alone: %s", error)
        return None


def closeness(encoder: Encoder | None, rows: Floats | None, question: str) -> Floats | None:
    """For each passage, 0 to 1, how close it is in meaning to the question; None where that cannot be told."""
    if encoder is None or rows is None:
        return None
    try:
        asked = encoder.encode([question[:LONGEST]], "query")[0].astype(np.float32)
    except Exception as error:  # whatever an operator's encoder raises
        log.warning("a question is answered by its words alone: %s", error)
        return None
    near: Floats = np.maximum(rows @ asked, np.float32(0))
    return near
