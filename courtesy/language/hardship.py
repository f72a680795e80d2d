"""Signs that a person is in difficulty: debt, a death, abuse, discrimination, gambling, danger, legal steps.

Told from patterns of the lexicons, so that each finding has the words that showed it; what feelings found of danger and
gambling counts as well. It decides nothing: a written protocol of the pack says what is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

import regex

from courtesy.language.text import flatten
from courtesy.language.understanding import Understanding

LIKELY = 0.6  # of a feeling, from which it is a sign
_LONGEST = 4_000  # characters that are looked at
_WORD = regex.compile(r"(?<!\\)(?<!\p{L})\p{Latin}{4,}(?!\p{L})")
_SHOWN = 120  # characters of evidence
_FELT = {"threat to life": ("danger", "self-harm"), "gambling harm": ("gambling",)}
_NOT = regex.compile(  # "I am not saying you are racist"
    r"(?:\b(?:not|never|isnt|wasnt|no|nunca)"
    r"(?: (?:saying|calling|claiming|that|you|they|are|is|it|its|a|about|them|digo|que|sois|son|es|un|una))* ?"
    r"|(?:没有?|不是|并非)[^，。]{0,3})$"
)


@lru_cache(maxsize=16)
def _patterns(language: str) -> Mapping[str, regex.Pattern[str]]:
    page = resources.files("courtesy.language.lexicons") / "hardship" / f"{language}.txt"
    if not page.is_file():
        return {}
    found: dict[str, list[str]] = {}
    sign = ""
    for line in filter(None, map(str.strip, page.read_text("utf-8").splitlines())):
        if line.startswith("[") and line.endswith("]"):
            sign = line[1:-1]
        elif line.startswith("/") and line.endswith("/"):
            found.setdefault(sign, []).append(line[1:-1])
    return {sign: regex.compile("|".join(patterns)) for sign, patterns in found.items()}


@lru_cache(maxsize=16)
def words_of(language: str) -> frozenset[str]:
    """The words of the patterns: what a slip of the keyboard may have been meant for."""
    return frozenset(word for one in _patterns(language).values() for word in _WORD.findall(one.pattern))


def signs_in(understanding: Understanding, languages: Iterable[str], mended: str = "") -> dict[str, str]:
    """Sign (``pack.vocabulary.SIGNS``) → the words that showed it, "" when it was felt in the whole. ``mended``: the
    text without slips of the keyboard, which is looked at too."""
    found: dict[str, str] = {}
    for flat in dict.fromkeys(flatten(text[:_LONGEST]) for text in (understanding.text, mended) if text):
        for language in dict.fromkeys((understanding.language, *languages)):
            for sign, pattern in _patterns(language).items():
                shown = next((one for one in pattern.finditer(flat) if not _denied(flat, one.start(), sign)), None)
                if shown is not None:
                    found.setdefault(sign, shown[0][:_SHOWN])
    feelings = understanding.feelings
    felt = {"danger": feelings.danger, "self-harm": feelings.self_harm, "gambling": feelings.gambling}
    for sign, names in _FELT.items():
        for name in names:
            if felt[name] >= LIKELY:
                found.setdefault(sign, feelings.evidence.get(name, "")[:_SHOWN])
    threat = understanding.first("threatens")
    if threat is not None and threat.target in ("legal", "authority"):
        found.setdefault("legal threat", threat.evidence[:_SHOWN])
    return found


def said(text: str, sentences: Iterable[str]) -> str:
    """The first of a company's own sentences that stands in the text, "" when none does."""
    flat = flatten(text[:_LONGEST])
    return next((one for one in sentences if (wanted := flatten(one)) and wanted in flat), "")


def _denied(flat: str, start: int, sign: str) -> bool:
    """ "This is not racist": only of what others do; a death or a debt is not denied by a "no" before it."""
    return (
        sign in ("discrimination", "legal threat", "abuse")
        and _NOT.search(flat[max(0, start - 40) : start]) is not None
    )
