"""What a passage states, one sentence at a time: figures, days and times with their units, and yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from courtesy.knowledge.analyser import Analyser
from courtesy.knowledge.passages import Section
from courtesy.language.text import flatten

_SENTENCE = regex.compile(r"[^.!?。！？；;\n]+(?:[.,:](?=\d)[^.!?。！？；;\n]+)*")
_NUMBER = r"\d{1,9}(?:[.,:]\d{1,3})*"
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre"
)
_UNITS: tuple[tuple[str, str], ...] = (
    ("money", r"€|euros?|eur|usd|gbp|\$|£|欧元|美元|元"),
    ("percent", r"%|percent|por ciento"),
    ("working day", r"(?:business|working) days?|dias? (?:laborables?|habiles?)|个?工作日"),
    ("hour", r"hours?|horas?|h\b|个?小时"),
    ("minute", r"minutes?|minutos?|min\b|分钟"),
    ("day", r"(?:calendar )?days?|dias?(?: naturales)?|天"),
    ("week", r"weeks?|semanas?|周"),
    ("month", r"months?|mes(?:es)?|个月"),
    ("year", r"years?|anos?|年"),
    ("kilogram", r"kg|kilos?|公斤|千克"),
    ("degree", r"°c?|degrees?|grados?|度"),
)
_BEFORE = regex.compile(rf"(?P<sign>[€$£]) ?(?P<number>{_NUMBER})")
_AFTER = regex.compile(
    rf"(?P<number>{_NUMBER}|\b(?:one|two|three|four|five|six|seven|ten|dos|tres|cuatro|cinco|seis|siete|diez)\b"
    rf"|[一两二三四五六七十](?=个?[月天周年小工]))"
    rf" ?(?:{'|'.join(f'(?P<u{place}>{words})' for place, (_, words) in enumerate(_UNITS))})(?![\p{{Latin}}])",
    regex.IGNORECASE,
)
_DAY = regex.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:de )?(?P<month>{_MONTHS})\b|\b(?P<us>{_MONTHS}) (?P<usday>\d{{1,2}})\b"
    r"|(?P<zm>\d{1,2})月(?P<zd>\d{1,2})[日号]",
    regex.IGNORECASE,
)
_CLOCK = regex.compile(r"\b(?P<hour>\d{1,2})(?::|h)(?P<minute>\d{2})\b")
_WRITTEN = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "ten": "10", "dos": "2",
    "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "diez": "10", "一": "1", "两": "2", "二": "2",
    "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "十": "10",
}  # fmt: skip
_OPENING = regex.compile(r"(?:(?P<yes>yes|si|可以|能|是的)|(?P<no>no|不|不能|不可以|不行|没有))(?:[,，.:：] ?|$)")
_NO = regex.compile(
    r"\b(?:not|cannot|cant|dont|doesnt|wont|never|no longer|neither|nor|nunca|tampoco|ni)\b"
    r"|\bno (?:se |lo |la |los |las |os |te |le )?\p{Latin}|不能|不可|不接受|不提供|不支持|无法|没有"
)
_DIGITS = regex.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Claim:
    """``about``: the terms of the sentence without its figures; ``asked``: those of the heading or title that it
    answers; ``matter``: those and the title's. ``figures``: (unit, number); ``denies``: it says that something is not
    so; ``answers``: it opens with "yes" or "no", "" when with neither."""

    section: Section
    sentence: str
    about: frozenset[str]
    asked: frozenset[str]
    matter: frozenset[str]
    figures: frozenset[tuple[str, str]]
    denies: bool
    answers: str


def claims_of(section: Section, analyser: Analyser) -> Iterator[Claim]:
    """What every sentence of a passage states."""
    asked = frozenset(analyser.terms(section.heading or section.article.title))
    matter = asked | frozenset(analyser.terms(section.article.title))
    for place, found in enumerate(_SENTENCE.finditer(section.text)):
        sentence = " ".join(found[0].split())
        flat = flatten(sentence)
        opening = _OPENING.match(flat) if place == 0 else None
        rest = flat[opening.end() :] if opening else flat
        bare = rest
        for pattern in (_BEFORE, _AFTER, _DAY, _CLOCK):
            bare = pattern.sub(" ", bare)
        words = frozenset(term for term in analyser.terms(bare) if not _DIGITS.search(term))
        answers = opening.lastgroup if opening and opening.lastgroup else ""
        if words or answers:
            figures = frozenset(figures_in(rest))
            yield Claim(section, sentence, words, asked, matter, figures, _NO.search(rest) is not None, answers)


def figures_in(flat: str) -> Iterator[tuple[str, str]]:
    """(unit, number) for each figure of a flat text; days of the year and times of day among them."""
    for found in _BEFORE.finditer(flat):
        yield "money", _plain(found["number"])
    for found in _AFTER.finditer(flat):
        unit = next(name for place, (name, _) in enumerate(_UNITS) if found[f"u{place}"] is not None)
        yield unit, _plain(_WRITTEN.get(found["number"], found["number"]))
    for found in _DAY.finditer(flat):
        month = found["month"] or found["us"] or found["zm"]
        yield "day of the year", f"{int(found['day'] or found['usday'] or found['zd'])} {month[:3]}"
    for found in _CLOCK.finditer(flat):
        yield "time of day", f"{int(found['hour'])}:{found['minute']}"


def _plain(number: str) -> str:
    """One way of writing a number: "1.000" and "1,000" are a thousand, "4,90" and "4.90" are the same."""
    parts = regex.split(r"[.,]", number)
    if len(parts) > 1 and len(parts[-1]) != 3:
        return f"{int(''.join(parts[:-1]))}.{parts[-1].rstrip('0') or '0'}".removesuffix(".0")
    return str(int("".join(parts))) if all(part.isdigit() for part in parts) else number
