"""Wording: outcomes become sentences, from the pack's phrases and the sources they cite, never from anything else.

A sentence with a field that nothing fills is left out, so that no reply shows a gap or invents what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from courtesy.foundation.money import Money
from courtesy.pack.model import Pack
from courtesy.representative.values import Saying

_FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])\s*|\n")
_LOCALES = {"zh": "zh_Hans"}


def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(_LOCALES.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def money_text(amount: Money, language: str) -> str:
    return format_currency(amount.amount, amount.currency, locale=locale_of(language))


def date_text(day: date, language: str) -> str:
    return format_date(day, format="long" if language != "zh" else "medium", locale=locale_of(language))


def moment_text(at: datetime, language: str) -> str:
    """A moment as people write it: the long date and the time without seconds."""
    locale = locale_of(language)
    pattern = str(get_datetime_format("long", locale=locale)).replace("'", "")
    day, clock = date_text(at.date(), language), format_time(at, format="short", locale=locale)
    return pattern.format(clock, day)


def territory_name(country: str, language: str) -> str:
    return str(locale_of(language).territories.get(country, ""))


def value_text(value: Any, language: str) -> str:
    """A value as people of this language write it."""
    if isinstance(value, Money):
        return money_text(value, language)
    if isinstance(value, datetime):
        return moment_text(value, language)
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, Decimal):
        return format_decimal(value, locale=locale_of(language))
    if isinstance(value, (list, tuple)):
        return format_list([value_text(one, language) for one in value], locale=locale_of(language))
    return str(value)


def phrase_of(pack: Pack, language: str, name: str) -> str | None:
    """The phrase in this language, else in the company's first; None when the pack has none."""
    for code in dict.fromkeys((language, *pack.company.languages)):
        if phrase := pack.phrases.get((code, name)):
            return phrase.text
    return None


def fill(text: str, fields: Mapping[str, Any], language: str) -> str:
    """Fill ``{fields}``; drop each sentence or line that has one nothing fills."""
    filled: list[str] = []
    last = 0
    for found in [*_SENTENCES.finditer(text), None]:
        end = found.end() if found else len(text)
        sentence = text[last:end]
        last = end
        if all(fields.get(name) not in (None, "", [], ()) for name in _FIELD.findall(sentence)):
            filled.append(_FIELD.sub(lambda field: value_text(fields[field[1]], language), sentence))
    return re.sub(r"\n{3,}", "\n\n", "".join(filled)).strip()


@dataclass(frozen=True, slots=True)
class Gapped:
    """A text with named gaps, and what stands in them: what a language model is shown of a reply is only ``phrase``."""

    phrase: str
    values: Mapping[str, str]

    def filled(self, phrase: str) -> str:
        return _FIELD.sub(lambda gap: self.values.get(gap[1], gap[0]), phrase)


def gapped(sayings: Sequence[Saying], pack: Pack, language: str) -> Gapped:
    """All sayings with their gaps open; filled, it is what ``word`` gives. One name stands for one value only."""
    values: dict[str, str] = {}
    phrases: list[str] = []
    said: list[str] = []
    for saying in sayings:
        phrase = phrase_of(pack, language, saying.phrase) if saying.phrase else "{text}"
        text = fill(phrase, saying.fields, language) if phrase is not None else ""
        if phrase is None or not text or text in said:
            continue
        said.append(text)
        phrases.append(fill(phrase, _gaps(phrase, saying.fields, language, values), language))
    return Gapped("\n\n".join(phrases), values)


def _gaps(phrase: str, fields: Mapping[str, Any], language: str, values: dict[str, str]) -> dict[str, str]:
    """Each field that is filled as a gap of its own name, or of a numbered one where the name means something else."""
    gaps = {}
    for name in dict.fromkeys(_FIELD.findall(phrase)):
        if fields.get(name) in (None, "", [], ()):
            continue
        text = value_text(fields[name], language)
        names = (name, *(f"{name} {number}" for number in range(2, 100)))
        own = next(one for one in names if values.get(one, text) == text)
        values[own] = text
        gaps[name] = f"{{{own}}}"
    return gaps


def word(sayings: Sequence[Saying], pack: Pack, language: str) -> str:
    """All sayings as one text, a paragraph each; nothing is said twice in one reply."""
    said: list[str] = []
    for saying in sayings:
        phrase = phrase_of(pack, language, saying.phrase) if saying.phrase else "{text}"
        if phrase is None:
            continue
        text = fill(phrase, saying.fields, language)
        if text and text not in said:
            said.append(text)
    return "\n\n".join(said)
