"""Which language a text is in, among those that the company speaks; and when it is plainly none of them."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import regex
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from courtesy.language.phrasebook import function_words
from courtesy.language.text import flatten

_HAN = regex.compile(r"\p{Han}")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LETTER = regex.compile(r"\p{L}")
_WORD = regex.compile(r"\p{L}+")
_SURE = 0.9
_LONG = 18  # letters from which statistics may say that a language is none of the company's
OTHERS = tuple("de fr it pt nl pl ru uk tr ar ja ko sv da fi cs ro hu el ca eu gl".split())  # noqa: SIM905


@lru_cache(maxsize=1)
def _identifier() -> Any:
    logging.getLogger("py3langid").setLevel(logging.ERROR)
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, languages: tuple[str, ...], before: str = "") -> tuple[str, float, bool]:
    """(language, probability, supported). What cannot be told keeps the language of the conversation ``before``."""
    usual = before or (languages[0] if languages else "en")
    letters = _LETTER.findall(text)
    if not letters:
        return usual, 0.5, True
    if (scripts := _by_script(text, letters, languages)) is not None:
        return scripts
    ranked = _by_words(text, languages)
    if before and len(_WORD.findall(text)) < 3 and not (ranked and ranked[0][1] == len(_WORD.findall(text)) > 1):
        return before, 0.6, True
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        share = ranked[0][1] / max(1, len(_WORD.findall(text)))
        if share >= 0.25 or len(letters) < _LONG:
            lead = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)
            return ranked[0][0], 0.95 if lead >= 2 else 0.75, True
    return _by_statistics(text, languages, usual, len(letters), ranked)


def _by_script(text: str, letters: list[str], languages: tuple[str, ...]) -> tuple[str, float, bool] | None:
    han = len(_HAN.findall(text))
    kana = len(_KANA.findall(text))
    if kana and kana * 4 >= han:
        other = "ko" if regex.search(r"\p{Hangul}", text) else "ja"
        return other, 0.99, other in languages
    if han and han * 3 >= len(letters) - han:
        return "zh", 0.99, "zh" in languages
    return None


def _by_words(text: str, languages: tuple[str, ...]) -> list[tuple[str, int]]:
    words = _WORD.findall(flatten(text))
    counts = [(language, sum(map(function_words(language).__contains__, words))) for language in languages]
    return sorted((pair for pair in counts if pair[1]), key=lambda pair: (-pair[1], languages.index(pair[0])))


def _by_statistics(
    text: str, languages: tuple[str, ...], usual: str, letters: int, ranked: list[tuple[str, int]]
) -> tuple[str, float, bool]:
    if letters < _LONG:
        return (
            (ranked[0][0], 0.6, True)
            if ranked and ranked[0][0] != usual and not _known(text, usual)
            else (usual, 0.5, True)
        )
    identifier = _identifier()
    found = identifier.rank(text)
    scores = {language: float(score) for language, score in found}
    best, probability = found[0][0], float(found[0][1])
    if best in languages:
        return best, probability, True
    if best in OTHERS and probability >= _SURE and not ranked:
        return best, probability, False
    own = max(languages, key=lambda language: scores.get(language, 0.0))
    return (own, 0.6, True) if ranked else (usual, 0.5, best not in OTHERS or probability < _SURE)


def _known(text: str, language: str) -> bool:
    return any(word in function_words(language) for word in _WORD.findall(flatten(text)))
