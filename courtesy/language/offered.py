"""Choosing among what was offered: by place ("the second one"), by name, by nearly its name, all or none of them."""

from __future__ import annotations

import regex
from rapidfuzz import fuzz

from courtesy.language.text import flatten
from courtesy.language.understanding import Choice, Question

_BEFORE = r"(?:number |option |numero |opcion |no\.? ?)?"
_ORDINALS: tuple[tuple[int, regex.Pattern[str]], ...] = tuple(
    (place, regex.compile(rf"\b(?:{words})\b|{han}|^{_BEFORE}{place + 1}[.)]?$|^(?:{alone})$"))
    for place, words, han, alone in (
        (0, "first|1st|primer[oa]?", "第一", "one|uno|una|一"),
        (1, "second|2nd|segund[oa]", "第二", "two|dos|二"),
        (2, "third|3rd|tercer[oa]?", "第三", "three|tres|三"),
        (3, "fourth|4th|cuart[oa]", "第四", "four|cuatro|四"),
        (4, "fifth|5th|quint[oa]", "第五", "five|cinco|五"),
    )
)
_LAST = regex.compile(r"\b(?:last (?:one)?|ultim[oa])\b|最后一?个?")
_CLOSE = 88.0


def choose(flat: str, question: Question) -> list[Choice]:
    """The offered choices that a flat text takes, best first; empty when it takes none."""
    choices = question.choices
    bare = flat.strip(" .,;:!?¡¿，。；：！？")
    if not choices or not bare:
        return []
    exact = [choice for choice in choices if bare in _labels(choice)]
    if len(exact) == 1:
        return exact
    if len(bare) <= 40:
        for place, pattern in _ORDINALS:
            if pattern.search(bare) and place < len(choices):
                return [choices[place]]
        if _LAST.search(bare):
            return [choices[-1]]
        close = sorted(
            ((_closeness(bare, choice), -n, choice) for n, choice in enumerate(choices)), key=lambda c: c[:2]
        )
        best = close[-1]
        if best[0] >= _CLOSE and (len(close) == 1 or best[0] > close[-2][0]):
            return [best[2]]
    return []


def _labels(choice: Choice) -> set[str]:
    return {flatten(label).strip(" .") for label in (choice.label, str(choice.value), *choice.labels)}


def _closeness(bare: str, choice: Choice) -> float:
    return max((fuzz.ratio(bare, label) for label in _labels(choice) if abs(len(label) - len(bare)) <= 4), default=0.0)
