"""How many persons: "for four", "two adults and a child", "we are three", "somos cinco", "三个人"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from courtesy.language.entities.amounts.spoken import HAN, counted, han
from courtesy.language.entities.reading import in_flat
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_N = (
    r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|un|una|uno|dos|tres|cuatro|"
    r"cinco|seis|"
    r"siete|ocho|nueve|diez|ein|eine|zwei|drei|vier|funf|sechs)"
)
_SOME = rf"(?:{_N}|(?P<zero>no|zero|without|sin|keine?)|(?P<a>an?))"
_ADULTS = r"(?:grown[- ]?ups?|adults?|adultos?|erwachsenen?)"
_CHILDREN = (
    r"(?:(?:small|little|young|minor|teenage) )?(?:children|child|kids?|bab(?:y|ies)|infants?|toddlers?|teenagers?|"
    r"sons?|daughters?|boys?|"
    r"girls?|ninos?|ninas?|hijos?|hijas?|bebes?|kinder|kind)"
)
_PEOPLE = r"(?:people|persons?|pax|guests?|travell?ers?|passengers?|of us|personas?|huespedes|personen|gaste)"
_BOOKED = (
    r"\b(?:room|rooms|suite|table|book(?:ed|ing)?|reservation|hotel|lunch|dinner|brunch|it|lugar|mesa|"
    r"habitacion|reserva|tisch|zimmer)\b[^.?!]{0,60}"
)
_AFTER_FOR = (
    r"(?! ?(?:%|€|\$|£|:|-|st\b|nd\b|rd\b|th\b|[.,]\d)| (?:nights?|days?|weeks?|months?|hours?|minutes?|"
    r"years?|double|single|rooms?|families|single|adults?|children|kids?|nochess?|dias?|euros?|dollars?|"
    r"pounds?|oclock|am|pm|past|to|of (?!us)))"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("adults", rf"\b{_SOME} {_ADULTS}\b"),
        ("children", rf"\b{_SOME} {_CHILDREN}\b"),
        ("", rf"\b{_N} {_PEOPLE}\b"),
        ("", rf"\b(?:we are|were|we will be|well be|there are|there will be|somos|seremos|wir sind|party of|family "
             rf"of|group of|familia de|grupo de) {_N}\b{_AFTER_FOR}"),
        ("", rf"(?P<n>\d{{1,2}}|[{HAN}]{{1,3}})(?:个人|位|人)(?!民)"),
    )
)  # fmt: skip
_FOR = re.compile(rf"\b(?:for|para|fur) {_N}\b{_AFTER_FOR}")
_BOOKING = re.compile(_BOOKED)


def people(heard: Heard, context: Context) -> Iterator[Entity]:
    flat = heard.flat
    taken: list[tuple[int, int]] = []
    for role, pattern in _RULES:
        for found in pattern.finditer(flat):
            place = _place(found)
            if any(place[0] < end and begin < place[1] for begin, end in taken):
                continue
            value = _value(found)
            if value is not None:
                taken.append(place)
                yield in_flat(heard, "people", value, place, 0.9, role)
    for found in _FOR.finditer(flat):
        place = found.span("n")
        if any(place[0] < end and begin < place[1] for begin, end in taken):
            continue
        value = _value(found)
        if value is not None and 0 < value <= 30 and _BOOKING.search(flat[max(0, found.start() - 80) : found.end()]):
            yield in_flat(heard, "people", value, place, 0.7)


def _place(found: re.Match[str]) -> tuple[int, int]:
    groups = found.groupdict()
    return found.span("n") if groups.get("n") else found.span()


def _value(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if groups.get("zero"):
        return 0
    if groups.get("a"):
        return 1
    written = found["n"]
    return int(written) if written.isdigit() else han(written) if written[0] in HAN else counted(written)
