"""Periods ("last week", "in May", "上个月") and lengths of time ("8-10 weeks", "two days", "三个月")."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from courtesy.language.entities.amounts.spoken import han
from courtesy.language.entities.reading import MOST, in_flat
from courtesy.language.entities.when.calendar import (
    HAN_NUMBER,
    HAN_UNIT,
    MONTH,
    MONTHS,
    NUMBER,
    UNIT,
    UNITS,
    VAGUE,
    latin,
    listed,
    number,
)
from courtesy.language.entities.when.dates import moved
from courtesy.language.entities.when.leanings import leaning
from courtesy.language.text import Heard
from courtesy.language.understanding import Duration, Entity, Period

_LAST = (
    "last|past|previous|pasada?|anterior|ultim[oa]s?|letzten?|letztes|letzter|vergangenen?|vorigen?|上个?|过去|最近|近"
)
_NEXT = "next|coming|following|proxim[oa]s?|nachsten?|nachstes|nachster|kommenden?|下个?|未来|接下来"
_THIS = "this|current|est[ea]|diesen?|dieses|dieser|这个?|本"
_WHOLE = (
    "week|month|year|quarter|weekend|semana|mes|ano|trimestre|fin de semana|woche|monat|jahr|wochenende|周末|"
    "星期|礼拜|周|月|季度|年"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("whole", rf"(?:\b(?P<side>{_LAST}|{_NEXT}|{_THIS}) (?P<unit>{_WHOLE})\b|\b(?:la |el |las |los "
                  rf")(?P<unit2>semana|mes|ano|trimestre|fin de semana) "
                  rf"(?P<side2>pasad[oa]|anterior|que viene|proxim[oa])\b|(?P<side3>上上?个?|下下?个?|这个?|"
                  rf"本)(?P<unit3>周末|星期|礼拜|周|月|季度)(?![一二三四五六日天末])"
                  r"|(?P<year>今年|去年|明年))"),
        ("rolling", rf"\b(?:the )?(?P<side>{_LAST}|{_NEXT}) (?P<n>{NUMBER}|few|couple of|several|pocos|pares de) "
                    rf"(?P<unit>{UNIT})\b"
                    rf"|(?P<side2>最近|过去|近|未来|接下来)的?(?P<n2>{HAN_NUMBER})(?P<unit2>{HAN_UNIT})"),
        ("month", rf"\b(?P<cue>in|during|on|for|of|en|durante|im) (?P<core>(?:the month of )?(?P<name>{MONTH})(?: "
                  rf"(?P<rel>this year|last year|next year|de este ano|del ano pasado|(?:of |de )?(?:19|"
                  rf"20)\d\d))?)\b(?! \d| the \d)"),
        ("han month", r"(?P<rel>去年|今年|明年|(?:19|20)\d\d年)?(?P<m>1[0-2]|[1-9]|十[一二]?|"
                      r"[一二三四五六七八九])月份?(?!\d|[一二三]?十?[一二三四五六七八九]?[日号])"),
        ("length", rf"\b(?P<n>{NUMBER}|{listed(latin(VAGUE))})(?: ?(?:-|–|to|or|"
                   rf"bis|a|o|oder) ?(?P<n2>{NUMBER}))?(?: (?:more|full|whole|working|business|calendar))? "
                   rf"?-?(?P<unit>{UNIT}|fortnights?|fortnight)\b"
                   r"(?: (?P<half>and a half|y medio|y media))?"),
        ("han length", rf"(?P<n>{HAN_NUMBER})(?: ?(?:-|–|~|到|至) ?(?P<n2>{HAN_NUMBER}))?个?(?:工作)?"
                       rf"(?P<unit>{HAN_UNIT}|"
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf""
                       rf"个半月)(?P<half>半)?(?!前|后|之前|之后|以前|以后|期|号)"),
    )
)  # fmt: skip
_SUMMER_HALF = Decimal("0.5")


def spans(heard: Heard, taken: list[tuple[int, int]], today: date | None) -> Iterator[Entity]:
    """Periods and lengths of time outside the ``taken`` places of the flat text."""
    flat = heard.flat
    mine = list(taken)
    for name, pattern in _RULES:
        for found in pattern.finditer(flat):
            if len(mine) >= len(taken) + MOST:
                return
            place = found.span("core") if "core" in found.groupdict() else found.span()
            if any(place[0] < end and begin < place[1] for begin, end in mine):
                continue
            if name.endswith("length"):
                length = _length(found)
                if length is not None:
                    mine.append(place)
                    yield in_flat(heard, "duration", length, place, 0.85)
            elif today is not None and (period := _period(name, found, today, flat)) is not None:
                mine.append(place)
                yield in_flat(heard, "period", period, place, 0.85)


def _length(found: re.Match[str]) -> Duration | None:
    least = number(found["n"])
    most = number(found["n2"]) if found["n2"] else least
    if least is None or most is None:
        return None
    unit = found["unit"]
    factor = 1
    if unit.startswith("fortnight"):
        unit, factor = "week", 2
    half = _SUMMER_HALF if found["half"] else Decimal(0)
    name = "month" if unit == "个半月" else UNITS.get(unit, unit)
    low, high = Decimal(str(least)) * factor + half, Decimal(str(most)) * factor + half
    return Duration(min(low, high), max(low, high), name)


def _period(name: str, found: re.Match[str], today: date, flat: str) -> Period | None:
    if name == "whole":
        return _whole(found, today)
    if name == "rolling":
        side, unit = found["side"] or found["side2"], UNITS[found["unit"] or found["unit2"]]
        amount = number((found["n"] or found["n2"]).replace("couple of", "a couple of"))
        back = re.fullmatch(_LAST, side) is not None
        end = None if amount is None else moved(today, -amount if back else amount, unit)
        if end is None:
            return None
        return Period(end, today) if back else Period(today + timedelta(days=1), end)
    month = (
        MONTHS[found["name"]]
        if name == "month"
        else int(found["m"])
        if found["m"].isdigit()
        else int(han(found["m"]) or 0)
    )
    if (
        name == "month"
        and found["cue"] in ("on", "for", "of")
        and found["name"] in ("may", "mar", "marz", "mai", "sep", "dec")
    ):
        return None
    return _month(_year(found["rel"] or "", month, today, leaning(flat)), month)


def _year(said: str, month: int, today: date, tense: str) -> int:
    if digits := re.search(r"(?:19|20)\d\d", said):
        return int(digits[0])
    if said:
        return today.year + (
            -1 if said.startswith(("last", "去")) or "pasado" in said else 1 if said.startswith(("next", "明")) else 0
        )
    if tense == "past":
        return today.year if month <= today.month else today.year - 1
    return today.year if month >= today.month else today.year + 1


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, months.monthrange(year, month)[1]))


def _whole(found: re.Match[str], today: date) -> Period | None:
    if year := found["year"]:
        wanted = today.year + {"今年": 0, "去年": -1, "明年": 1}[year]
        return Period(date(wanted, 1, 1), date(wanted, 12, 31))
    side = found["side"] or found["side2"] or found["side3"]
    unit = found["unit"] or found["unit2"] or found["unit3"]
    step = -1 if re.match(rf"(?:{_LAST})", side) else 1 if re.match(rf"(?:{_NEXT}|que viene)", side) else 0
    step *= 2 if side.startswith(("上上", "下下")) else 1
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
    if unit in ("weekend", "fin de semana", "wochenende", "周末"):
        return Period(monday + timedelta(days=5), monday + timedelta(days=6))
    if unit in ("week", "semana", "woche", "星期", "礼拜", "周"):
        return Period(monday, monday + timedelta(days=6))
    if unit in ("month", "mes", "monat", "月"):
        year_, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        return _month(year_, month + 1)
    if unit in ("quarter", "trimestre", "季度"):
        year_, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + step, 4)
        last = _month(year_, quarter * 3 + 3).last
        return Period(date(year_, quarter * 3 + 1, 1), last)
    return Period(date(today.year + step, 1, 1), date(today.year + step, 12, 31))
