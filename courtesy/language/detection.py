"""Which language a text is in, among those that the company speaks; and when it is plainly none of them.

The script decides where it can. Else small words, telling letters and the statistics of letter sequences are added up;
what cannot be told keeps the language of the conversation.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import regex
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from courtesy.language.text import flatten

_LETTER = regex.compile(r"\p{L}")
_WORD = regex.compile(r"\p{L}+")
_QUOTED = regex.compile(r"[^\p{Latin}\p{Cyrillic}\P{L}]+")  # scripts that would have decided, had the text been in them
LONGEST = 600  # characters that are looked at
# Scripts that only one language of those we can tell writes, or few: the first that the company speaks is meant.
_SCRIPTS = {
    "HANGUL": ("ko",), "THAI": ("th",), "GREEK": ("el",), "HEBREW": ("he",), "ARABIC": ("ar", "fa", "ur"),
    "DEVANAGARI": ("hi", "mr", "ne"), "BENGALI": ("bn",), "TAMIL": ("ta",), "TELUGU": ("te",), "GEORGIAN": ("ka",),
    "ARMENIAN": ("hy",), "GUJARATI": ("gu",), "GURMUKHI": ("pa",), "KANNADA": ("kn",), "MALAYALAM": ("ml",),
    "KHMER": ("km",), "LAO": ("lo",), "MYANMAR": ("my",), "SINHALA": ("si",), "ETHIOPIC": ("am",),
}  # fmt: skip
_JAPANESE = ("HIRAGANA", "KATAKANA", "CJK")
_TELLING = {
    "es": "ñ¿¡", "de": "ß", "pt": "ãõ", "tr": "ğış", "pl": "łżźśćńąę", "da": "øæ", "no": "øæ", "hu": "őű", "cs": "ěřů",
    "ro": "șțşţ", "vi": "ơưđạảấầẩẫậắằẳẵặẹẻẽếềểễệ", "sv": "å", "fr": "œçêèùî",
    "ca": "·", "uk": "іїєґ", "ru": "ыэё", "fa": "پچژگیک", "ur": "ٹڈڑںے",
}  # fmt: skip
_UMLAUTS = {
    "ä": ("de", "sv", "fi"),
    "ö": ("de", "sv", "fi", "tr", "hu"),
    "ü": ("de", "tr", "es", "hu"),
    "å": ("sv", "da", "no"),
}
OTHERS = tuple("en de fr it pt nl es pl ru uk bg tr id sv da no fi cs hu ro ca vi".split())  # noqa: SIM905
_WEIGHT = 5.0  # of one small word that only one of the candidates has
_LETTERS = 6.0  # of telling letters
_SURE = 7.0  # lead from which a language is said to be none of the company's
_LEAD = 2.0  # lead below which a short text keeps the conversation's language
_FLOOR = -40.0  # statistics never speak louder against a language


@dataclass(frozen=True, slots=True)
class _Scored:
    language: str
    score: float
    words: int  # small words of this language


@lru_cache(maxsize=1)
def _identifier() -> Any:
    logging.getLogger("py3langid").setLevel(logging.ERROR)
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    """Flat small word → the languages that have it."""
    found: dict[str, set[str]] = {}
    page = resources.files("courtesy.language.lexicons") / "function_words.txt"
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("["):
            language, _, words = line[1:].partition("] ")
            for word in words.split():
                found.setdefault(flatten(word), set()).add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


def detect(text: str, languages: tuple[str, ...], before: str = "") -> tuple[str, float, bool]:
    """(language, probability, supported). What cannot be told keeps the language of the conversation ``before``."""
    usual = before or (languages[0] if languages else "en")
    text = text[:LONGEST]
    letters = _LETTER.findall(text)
    if not letters:
        return usual, 0.5, True
    if (scripts := _by_script(text, letters, languages)) is not None:
        return scripts
    text = _QUOTED.sub(" ", text)
    candidates = tuple(dict.fromkeys((*languages, *OTHERS)))
    words = _WORD.findall(flatten(text))
    ranked = _ranked(text, words, candidates)
    own = [one for one in ranked if one.language in languages]
    if not own:
        return ranked[0].language, 0.9, False
    best, first = ranked[0], own[0]
    if best is not first and best.score - first.score >= _sure(best, first, len(words), before):
        return best.language, 0.9, False
    lead = first.score - own[1].score if len(own) > 1 else _SURE
    if len(words) <= 2 and lead < (3 * _LEAD if before else _LEAD * 1.5 if len(words) == 1 else _LEAD / 2):
        return usual, 0.5, True
    if before and len(words) < 3 and not first.words:
        return before, 0.6, True
    return first.language, 0.95 if lead >= _SURE else 0.75, True


def _sure(best: _Scored, own: _Scored, words: int, before: str) -> float:
    """The lead that another language needs before the customer is told that it is not spoken here."""
    if best.words >= 2 and best.words > own.words + 1:
        return _SURE
    if words <= 2:
        return 1e9 if before or not best.words else 2 * _SURE
    if best.words > own.words or not own.words:
        return (1.6 if words >= 4 else 2) * _SURE
    return (2.2 if own.words == 1 else 4) * _SURE


def _by_script(text: str, letters: list[str], languages: tuple[str, ...]) -> tuple[str, float, bool] | None:
    scripts = Counter(map(_script, letters))
    opening = _script(letters[0])
    if opening == "LATIN" and scripts["LATIN"] * 2 >= len(letters) and _is_built_in_latin(text, languages):
        return None
    kana, han = scripts["HIRAGANA"] + scripts["KATAKANA"], scripts["CJK"]
    if kana and kana * 4 >= han and (kana + han) * _part(opening in _JAPANESE) >= len(letters) - kana - han:
        return "ja", 0.99, "ja" in languages
    if han and han * _part(opening == "CJK") >= len(letters) - han - kana:
        return "zh", 0.99, "zh" in languages
    for script, count in scripts.most_common(2):
        if script in _SCRIPTS and count * _part(opening == script) >= len(letters) - count:
            language = _among(_SCRIPTS[script], text, languages)
            return language, 0.98, language in languages
    return None


def _among(writing: tuple[str, ...], text: str, languages: tuple[str, ...]) -> str:
    """Of the languages with one script the one with letters of its own there, else one the company speaks, else the
    one that most people write."""
    told = [one for one in reversed(writing) if any(letter in text for letter in _TELLING.get(one, ""))]
    spoken = [language for language in writing if language in languages]
    return (told or spoken or writing)[0]


def _is_built_in_latin(text: str, languages: tuple[str, ...]) -> bool:
    """Whether small words of one of the languages hold the text together, around names in another script."""
    known = _small_words()
    words = _WORD.findall(flatten(text))
    return any(sum(language in known.get(word, ()) for word in words) >= 3 for language in languages)


def _part(opens: bool) -> int:
    """How many letters of another script one may outweigh: a text that begins in a script quotes what follows."""
    return 8 if opens else 3


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "LATIN").split(" ", 1)[0]
    return name.split("-", 1)[0]


def _ranked(text: str, words: list[str], candidates: tuple[str, ...]) -> list[_Scored]:
    scores, hits = dict.fromkeys(candidates, 0.0), dict.fromkeys(candidates, 0)
    known = _small_words()
    for word in words:
        having = [language for language in known.get(word, ()) if language in scores]
        for language in having:
            scores[language] += _WEIGHT / len(having) ** 0.5
            hits[language] += 1
    low = text.lower()
    for language in candidates:
        if any(letter in low for letter in _TELLING.get(language, "")):
            scores[language] += _LETTERS
    for letter, writing in _UMLAUTS.items():
        if letter in low:
            for language in writing:
                if language in scores:
                    scores[language] += _LETTERS / 2
    for language, score in _statistics(text).items():
        if language in scores:
            scores[language] += score
    found = [_Scored(language, score, hits[language]) for language, score in scores.items()]
    place = {language: number for number, language in enumerate(candidates)}
    return sorted(found, key=lambda one: (-one.score, place[one.language]))


def _statistics(text: str) -> dict[str, float]:
    """How likely each language's letter sequences make the text, in nats below the likeliest, tempered by length."""
    ranked = _identifier().rank(text)
    top = ranked[0][1]
    temper = 0.55 + 4.0 / max(4, len(text))
    return {language: max(_FLOOR, float(score - top) * temper) for language, score in ranked}
