"""Which procedure a sentence asks for, or none: learned from the company's example sentences, a model per language."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from pathlib import Path
from threading import Lock

import numpy as np

from courtesy.language import keeping
from courtesy.language.encoder import Encoder, EncoderOf, without
from courtesy.language.features import Floats
from courtesy.language.fitting import fit_language
from courtesy.language.language_model import NONE, LanguageModel
from courtesy.language.promising import Promise, promise

__all__ = ["NONE", "IntentModel", "background_sentences", "train"]

PROMISED = 0.05  # of all messages: answered wrongly
_SURE = (
    0.62,
    0.8,
)  # below the first even a promise that is kept leads to silly answers; above the second none is given

log = logging.getLogger(__name__)

_Pairs = Sequence[tuple[str, str]]


def background_sentences(language: str) -> tuple[str, ...]:
    """Sentences that no company's procedure is about; empty for a language that has none yet."""
    return _background(language)


@lru_cache(maxsize=32)
def _background(language: str) -> tuple[str, ...]:
    page = resources.files("courtesy.language.lexicons") / f"background.{language}.txt"
    if not page.is_file():
        return ()
    return tuple(line for line in page.read_text("utf-8").splitlines() if line and not line.startswith("#"))


class IntentModel:
    """The models of all languages; a text in a language without one is read by the model that is surest of it.

    Where an encoder fails, the language is learned anew from its words alone and read with that: never an error.
    """

    def __init__(
        self, models: Mapping[str, LanguageModel], lessons: Mapping[str, _Pairs], encoders: EncoderOf = without
    ) -> None:
        self.models = dict(models)
        self.lessons = {language: tuple(pairs) for language, pairs in lessons.items()}
        self.examples = {
            language: tuple(text for text, label in pairs if label != NONE) for language, pairs in self.lessons.items()
        }
        self._encoders = encoders
        self._of_words: dict[str, LanguageModel] = {}
        self._learning = Lock()
        self._sure: dict[str, float] = {}
        self._words = {
            language: frozenset(word for word in one.vocabulary.word_list if " " not in word)
            for language, one in self.models.items()
        }

    def read(self, text: str, language: str) -> list[tuple[str, float]]:
        """``(label, probability)`` best first; "none" is one of the labels; the probabilities sum to one."""
        return self.read_with_example(text, language)[0]

    def read_with_example(self, text: str, language: str) -> tuple[list[tuple[str, float]], str]:
        """As ``read``, with the training sentence most like the text ("" when there is none)."""
        if language in self.models:
            return self._read(text, language)
        readings = [self._read(text, other) for other in sorted(self.models)]
        if not readings:
            return [(NONE, 1.0)], ""
        return max(readings, key=lambda reading: max((p for label, p in reading[0] if label != NONE), default=0.0))

    def _read(self, text: str, language: str) -> tuple[list[tuple[str, float]], str]:
        model, vector = self.models[language], None
        if model.meaning is not None:
            vector = self._vector(text, language, model.meaning.encoder)
            if vector is None:
                model = self._learned_from_words(language)
        ranked, nearest = model.read(text, vector)
        return ranked, self.examples[language][nearest] if nearest >= 0 else ""

    def _vector(self, text: str, language: str, wanted: str) -> Floats | None:
        encoder = self._encoders(language)
        if encoder is None or encoder.id != wanted:
            return None
        return _encoded(encoder, text)

    def _learned_from_words(self, language: str) -> LanguageModel:
        with self._learning:
            if language not in self._of_words:
                self._of_words[language] = fit_language(self.lessons[language], background_sentences(language))
            return self._of_words[language]

    def encoder_of(self, language: str) -> str:
        """The id of the encoder that this language was learned with; "" when it was learned from its words alone."""
        model = self.models.get(language)
        return model.meaning.encoder if model and model.meaning else ""

    def promise(self, language: str, wrong_at_most: float) -> Promise:
        """From which probability on to answer, set on the training and background sentences scored as if unseen."""
        model = self.models[language]
        return promise(model.chances.tolist(), model.right.tolist(), wrong_at_most)

    def sure_from(self, language: str) -> float:
        """The probability from which a wish counts as understood: what keeps the promise, within sensible bounds."""
        if language not in self._sure:
            least, most = _SURE
            kept = self.promise(language, PROMISED).threshold if language in self.models else least
            self._sure[language] = min(most, max(least, kept))
        return self._sure[language]

    def words(self, language: str) -> frozenset[str]:
        """Every word of the example and background sentences in this language, in comparable form."""
        return self._words.get(language, frozenset())

    def save(self, path: Path) -> None:
        keeping.write(path, self.models, self.lessons)

    @classmethod
    def load(cls, path: Path, encoders: EncoderOf = without) -> IntentModel:
        """Raises ValueError or KeyError when the file is not one that ``save`` wrote."""
        return cls(*keeping.read(path), encoders)


def train(examples: Mapping[str, _Pairs], *, background: bool = True, encoders: EncoderOf = without) -> IntentModel:
    """Learn from ``{language: [(text, label), …]}``; an example labelled "none" shows what is nobody's business.

    With ``background`` the project's own off-topic sentences are added to what "none" looks like.
    """
    lessons: dict[str, _Pairs] = {}
    for language in sorted(examples):
        if pairs := sorted({(text, label) for text, label in examples[language] if text.strip()}):
            lessons[language] = pairs

    def learned(language: str) -> LanguageModel:
        off_topic = background_sentences(language) if background else ()
        return _fitted(lessons[language], off_topic, encoders(language))

    # What takes long is reckoned outside of Python's own lock; each language learns the same whoever learns beside it.
    with ThreadPoolExecutor(max(1, min(len(lessons), os.cpu_count() or 1)), "learning") as threads:
        models = dict(zip(lessons, threads.map(learned, lessons), strict=True))
    return IntentModel(models, lessons, encoders)


def _fitted(pairs: _Pairs, off_topic: Sequence[str], encoder: Encoder | None) -> LanguageModel:
    if encoder is not None:
        try:
            return fit_language(pairs, off_topic, encoder)
        except Exception:  # an encoder may fail in whatever way: understanding goes on without it
            log.exception("the encoder %s failed; this language is learned from its words alone", encoder.id)
    return fit_language(pairs, off_topic)


def _encoded(encoder: Encoder, text: str) -> Floats | None:
    try:
        return np.asarray(encoder.encode([text], "query")[0], np.float32)
    except Exception:  # as above
        log.exception("the encoder %s failed; this message is read by its words alone", encoder.id)
        return None
