"""What articles mean, beside their words: vectors of passages and of the wordings they go by, where an encoder serves.

Cosines of different encoders are not comparable: one puts strangers at .1, another at .5. So each index sets its own
zero: the mean closeness that sentences about nobody's business (``background.*.txt``) reach at best. What remains of a
cosine above it, as a share of what could remain, is the closeness.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from courtesy.knowledge import vectors
from courtesy.language.encoder import Encoder, EncoderOf, without
from courtesy.language.intents import background_sentences

log = logging.getLogger(__name__)

WEIGHT = 0.7  # of meaning against words, where both are there; words are scored as a share of what they could reach
LONGEST = 1_000  # characters of a passage that are encoded

Floats = NDArray[np.float32]
Keep = Callable[[], Path | None]

_encoder_of: EncoderOf = without
_keep_in: Keep = lambda: None  # noqa: E731 - a setting, not a verb


def use(encoder_of: EncoderOf, keep_in: Keep = lambda: None) -> None:
    """From now on, what is found rests on these encoders too; ``keep_in`` says the folder in which vectors are kept."""
    global _encoder_of, _keep_in
    _encoder_of, _keep_in = encoder_of, keep_in


def encoder_for(language: str) -> Encoder | None:
    return _encoder_of(language)


@dataclass(frozen=True, slots=True)
class Meanings:
    """A row of length one for each passage, and for each wording (a title, a heading, a question) of passage ``of``."""

    encoder: Encoder
    passages: Floats
    wordings: Floats
    of: NDArray[np.intp]
    strange: float  # the cosine to a passage, and …
    strange_wording: float  # … to a wording, that counts as nothing

    def closeness(self, question: str) -> Floats | None:
        """For each passage, 0 to 1, how close it or its best wording is to the question; None where it fails."""
        try:
            asked = self.encoder.encode([question[:LONGEST]], "query")[0].astype(np.float32)
        except Exception as error:  # whatever an operator's encoder raises
            log.warning("a question is answered by its words alone: %s", error)
            return None
        near = _above(self.passages @ asked, self.strange)
        if not len(self.of):
            return near
        named = np.full(len(near), -1, np.float32)
        np.maximum.at(named, self.of, _above(self.wordings @ asked, self.strange_wording))
        both: Floats = np.where(named < 0, near, (near + named) / 2)
        return both


def meanings(
    encoder: Encoder | None, language: str, passages: Sequence[str], wordings: Sequence[tuple[int, str]]
) -> Meanings | None:
    """The vectors of an index: its passages, and pairs of a passage's place and a wording of what it is about. None
    where there is no encoder or it fails: the words then serve alone."""
    if encoder is None or not passages:
        return None
    strangers = background_sentences(language) or background_sentences("en")
    named = [(place, wording) for place, wording in wordings if wording.strip()]
    texts: list[tuple[vectors.Kind, str]] = [("passage", text[:LONGEST]) for text in passages]
    texts += [("passage", wording[:LONGEST]) for _, wording in named]
    texts += [("query", text) for text in strangers]
    try:
        rows = vectors.of(encoder, texts, _keep_in(), language)
    except Exception as error:  # whatever an operator's encoder raises
        log.warning("passages are found by their words alone: %s", error)
        return None
    whole, rest = rows[: len(passages)], rows[len(passages) :]
    titles, far = rest[: len(named)], rest[len(named) :]
    of = np.array([place for place, _ in named], np.intp)
    return Meanings(encoder, whole, titles, of, _usual(far, whole), _usual(far, titles))


def _above(cosines: Floats, zero: float) -> Floats:
    share: Floats = np.clip((cosines - zero) / (1 - zero), 0, 1).astype(np.float32)
    return share


def _usual(strangers: Floats, rows: Floats) -> float:
    """The cosine that a stranger reaches at best, on average; never so high that nothing would be left above it."""
    if not len(strangers) or not len(rows):
        return 0.0
    return float(np.clip((strangers @ rows.T).max(axis=1).mean(), 0, 0.95))
