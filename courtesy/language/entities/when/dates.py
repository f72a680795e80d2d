"""Calendar days: written out, in figures, by weekday, or told from today; with what they begin or end."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from courtesy.language.entities.amounts.spoken import han
from courtesy.language.entities.reading import MOST, in_flat
from courtesy.language.entities.when.calendar import (
    DAYS,
    FEASTS,
    HAN_NUMBER,
    HAN_UNIT,
    HAN_WEEKDAY,
    MONTH,
    MONTHS,
    NEAR,
    NUMBER,
    ORDINALS,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    chinese,
    latin,
    listed,
    number,
)
from courtesy.language.entities.when.leanings import leaning, role
from courtesy.language.text import Heard
from courtesy.language.understanding import Entity

_YEAR = r"(?:,? ?(?:of |de |del )?(?P<y>(?:19|20)\d\d)\b)?"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th|º|ª|\.)"
_ORDINAL = rf"(?:{listed(ORDINALS)})"
_WEEKDAY = rf"(?:(?P<wd>{WEEKDAY})\.?,? (?:the |el |den |dem )?)?"
_NUMBER = rf"(?P<n>{NUMBER}|{listed(latin(VAGUE))})"
_UNIT = rf"(?P<unit>{UNIT})"
_AGAIN = r"(?!\d|[./-]\d)"  # a figure that goes on is no day

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("full", r"(?<![\d-])(?P<y>(?:19|20)\d\d)[-/.](?P<m>1[0-2]|0?[1-9])[-/.]" + _DAY + r"(?![\d-])"),
        ("full", r"(?:(?P<y>(?:19|20)\d\d)年)?(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月"
                 r"(?P<hd>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"),
        ("full", rf"\b{_WEEKDAY}(?<!\d)(?:{_DAY}{_TH}?|(?P<od>{_ORDINAL})) ?(?:of |de |del )?(?P<name>{MONTH})\b\.?"
                 rf"{_YEAR}{_AGAIN}"),
        ("full", rf"\b{_WEEKDAY}(?P<name>{MONTH})\.? (?:the )?(?:{_DAY}{_TH}?(?![\d:])|(?P<od>{_ORDINAL})\b){_YEAR}"),
        ("figures", rf"(?<![\d/.,-]){_DAY}(?P<sep>[/.-])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<y>(?:19|20)?\d\d)(?![\d/]|"
                    rf"[.-]\d)"),
        ("american", r"(?<![\d/.,-])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|2\d|1[3-9])/(?P<y>(?:19|20)?\d\d)(?![\d/])"),
        ("figures", rf"(?<![\d/.,€$£-]){_DAY}(?P<sep>/)(?P<m>1[0-2]|0?[1-9])(?![\d/%]|[.,]\d)"),
        ("figures", rf"(?<![\d/.,-]){_DAY}(?P<sep>\.)(?P<m>1[0-2]|0?[1-9])\.(?![\d/])"),
        ("weekday", rf"\b(?P<before>last week|next week|this week) (?:on )?(?P<wd>{WEEKDAY})\b"),
        ("weekday", rf"\b(?:(?P<side>last|past|next|this|that|coming|el pasado|pasado|el proximo|proximo|este|ese|"
                    rf"letzten|letzter|letzte|vorigen|"
                    rf"nachsten|nachster|diesen|kommenden) )?(?P<wd>{WEEKDAY})\b(?! (?:the )?(?:3[01]|[12]\d|"
                    rf"0?[1-9]){_TH}?\b(?! ?(?:nights?|days?|people|adults?|:)))"
                    r"(?: (?P<after>last week|next week|this week|coming|in a week|pasado|pasada|que viene|proximo|"
                    r"de la semana pasada|"
                    r"de la semana que viene|nachste woche|letzte woche)\b)?"),
        ("lone", rf"(?:\b(?:from|between|del|the) (?:the )?|(?<![\d.,/€$£-]))(?P<core>(?P<d>3[01]|[12]\d|"
                 rf"0?[1-9])(?:st|nd|rd|th)?)"
                 rf"(?= ?(?:-|–|to|until|till|and|al) ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? ?(?:of |de )?(?:{MONTH})\b)"),
        ("monthday", rf"\b{_WEEKDAY}(?<![\d:])(?:{_DAY}(?:st|nd|rd|th)|(?P<od>{_ORDINAL}) (?=of (?:the|this|next) "
                     rf"month))(?![^\W_])"
                     r"(?: (?:of )?(?P<which>the|this|next|last) month)?(?!(?:of| of) (?:each|every))(?! (?:floor|"
                     r"time|order|item|one|street|avenue|st|ave|class|party|of each|of every))"),
        ("monthday", rf"\b(?:el dia|el|am) {_DAY}\b\.?(?! ?(?:[%€$£:/]|de (?!este)|por|[.,]?\d|uhr|euros?|dias|anos))"),
        ("monthday", r"(?P<month>(?:上|下|这|本)个?月)(?P<hd>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|"
                     r"[一二三四五六七八九])[日号]"),
        ("monthday", r"(?<![\d月])(?P<hd>[12]\d|3[01]|0?[1-9])[号](?!码|线|楼|店|门|路)"),
        ("away", rf"\b(?:in|within|dentro de|en) {_NUMBER} {_UNIT}(?: time)?\b(?! (?:and|or|of))"),
        ("away", rf"\b{_NUMBER} {_UNIT} (?:from (?:now|today)|later|despues)\b"),
        ("ago", rf"\b(?:about |almost |over |around )?(?P<core>{_NUMBER} {_UNIT} (?:ago|back|before today|atras))\b"),
        ("ago", rf"\b(?:hace|vor) (?:unos |unas |casi )?{_NUMBER} {_UNIT}\b"),
        ("han away", rf"(?P<n>{HAN_NUMBER})(?P<unit>{HAN_UNIT})(?:之|以)?(?P<way>前|后)"),
        ("han weekday", rf"(?P<side>上上|下下|上|下|这|本)?个?(?P<wd>{HAN_WEEKDAY})"),
        ("feast", rf"(?:\b(?P<feast>{listed(latin(FEASTS))})\b|"
                  rf"(?P<hfeast>{listed(chinese(FEASTS))})){_YEAR}"),
        ("near", rf"\b(?:{listed(latin(NEAR))})\b|{listed(chinese(NEAR))}"),
        ("month", rf"\b(?P<cue>since|until|till|from|by|desde|hasta|seit|bis) (?P<core>(?P<name>{MONTH}))\b{_YEAR}"),
    )
)  # fmt: skip
_NOT_NOW = re.compile(r"(?:until|from|since|till|bis|ab|hasta|desde) $")
_MORNING = re.compile(r"(?:por la|de la|buena|la|guten|am|good) $")
_NO_MONTH = re.compile(r"(?:\bi|\byou|\bwe|\bit|\bthis|\bthat|\bthey) $")
_PERIOD_END = re.compile(r"^ (?:of |in )?(?:each|every|cada)\b")


@dataclass(frozen=True, slots=True)
class _Seen:
    place: tuple[int, int]
    day: date


def dates(heard: Heard, today: date) -> Iterator[Entity]:
    """Days in the text. One without a year is the nearest that fits the tense; ``role`` is from, to or nothing."""
    flat = heard.flat
    tense = leaning(flat)
    taken: list[_Seen] = []
    for name, pattern in _RULES:
        for found in pattern.finditer(flat):
            if len(taken) >= MOST:
                break
            place = found.span("core") if "core" in found.groupdict() and found["core"] else found.span()
            if any(place[0] < seen.place[1] and seen.place[0] < place[1] for seen in taken):
                continue
            if _misread(name, found, flat):
                continue
            day = _day(name, found, today, tense)
            if day is not None:
                taken.append(_Seen(_trimmed(flat, place), day))
    ordered = sorted(taken, key=lambda seen: seen.place)
    yield from _told(heard, ordered, today)


def _told(heard: Heard, ordered: list[_Seen], today: date) -> Iterator[Entity]:
    """Entities with their roles; the end of a range is never before its beginning when neither names a month."""
    before: tuple[str, date, int] | None = None
    for seen in ordered:
        what = role(heard.flat, *seen.place)
        day = seen.day
        if what == "to" and before and before[0] == "from" and day <= before[1] and seen.place[0] - before[2] < 24:
            words = heard.flat[slice(*seen.place)]
            if any(weekday in words for weekday in WEEKDAYS) and not any(c.isdigit() for c in words):
                day += timedelta(days=7 * (((before[1] - day).days + 6) // 7))
        yield in_flat(heard, "date", day, seen.place, 0.9, what)
        before = (what, day, seen.place[1])


def _trimmed(flat: str, place: tuple[int, int]) -> tuple[int, int]:
    """Without the articles and stops around it: "am 3. Mai" is "3. Mai"."""
    start, end = place
    for word in ("el dia ", "el ", "am ", "the "):
        if (
            flat.startswith(word, start)
            and start + len(word) < end
            and not flat.startswith(("el proximo", "el pasado"), start)
        ):
            start += len(word)
    while end > start and flat[end - 1] in " ,.":
        end -= 1
    return start, end


def _misread(name: str, found: re.Match[str], flat: str) -> bool:
    before, after = flat[max(0, found.start() - 14) : found.start()], flat[found.end() : found.end() + 12]
    word = found[0]
    if name == "near":
        if word in ("manana", "morgen"):
            return bool(_MORNING.search(before))
        if word == "now":
            return not _NOT_NOW.search(before)
    if name == "weekday" and word in ("sat", "sun", "mon", "wed"):
        return not re.search(r"(?:\b(?:on|by|until|till|from|this|next|last)|^) $|^$", before)
    if name in ("full", "month") and found.groupdict().get("name") == "may" and name == "month":
        return bool(_NO_MONTH.search(before))
    return name in ("monthday", "weekday") and bool(_PERIOD_END.match(after))


def _day(name: str, found: re.Match[str], today: date, tense: str) -> date | None:
    try:
        return _READERS[name](found, today, tense)
    except (ValueError, OverflowError):
        return None


def _full(found: re.Match[str], today: date, tense: str) -> date | None:
    groups = found.groupdict()
    month = MONTHS[groups["name"]] if groups.get("name") else _month_number(groups["m"])
    if groups.get("od"):
        day = ORDINALS[groups["od"]]
    else:
        day = int(groups["d"]) if groups.get("d") else _han_day(groups["hd"])
    weekday = WEEKDAYS[groups["wd"]] if groups.get("wd") else None
    if groups.get("y"):
        return date(int(groups["y"]), month, day)
    return _without_year(month, day, weekday, today, tense)


def _month_number(written: str) -> int:
    return int(written) if written.isdigit() else int(han(written) or 0)


def _han_day(written: str) -> int:
    return int(written) if written.isdigit() else int(han(written) or 0)


def _without_year(month: int, day: int, weekday: int | None, today: date, tense: str) -> date | None:
    if weekday is not None:
        for year in (*range(today.year, today.year + 8), today.year - 1):
            if _exists(year, month, day) and date(year, month, day).weekday() == weekday:
                return date(year, month, day)
    found = [date(year, month, day) for year in range(today.year - 4, today.year + 5) if _exists(year, month, day)]
    if tense == "past":
        return max((one for one in found if one <= today), default=None)
    if tense == "future":
        return min((one for one in found if (one.year, one.month) >= (today.year, today.month)), default=None)
    return min(found, key=lambda one: abs((one - today).days), default=None)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= months.monthrange(year, month)[1]


def _figures(found: re.Match[str], today: date, tense: str) -> date | None:
    groups = found.groupdict()
    day, month = int(groups["d"]), int(groups["m"])
    if groups.get("y"):
        year = int(groups["y"])
        return date(year + 2000 if year < 70 else year + 1900 if year < 100 else year, month, day)
    return _without_year(month, day, None, today, tense)


_LAST = ("last", "past", "letzt", "vorig", "pasad", "el pasad", "de la semana pasada")
_NEXT = ("next", "nachst", "proxim", "el proxim", "que viene", "kommend", "de la semana que viene")


def _weekday(found: re.Match[str], today: date, tense: str) -> date | None:
    groups = found.groupdict()
    weekday = WEEKDAYS[groups["wd"]]
    side = groups.get("side") or ""
    around = f"{groups.get('before') or ''} {groups.get('after') or ''}".strip()
    monday = today - timedelta(days=today.weekday())
    if "week" in around or "woche" in around or "semana" in around:
        weeks = (
            -1 if around.startswith(("last", "letzt")) or "pasada" in around else 0 if around.startswith("this") else 1
        )
        if around == "in a week":
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 8)
        return monday + timedelta(days=7 * weeks + weekday)
    if side.startswith(_LAST) or around.startswith("pasad"):
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if side.startswith(("next", "nachst")):
        return monday + timedelta(days=7 + weekday)
    coming = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if side.startswith(_NEXT) or around:
        return coming
    if tense == "past" and side not in ("this", "este", "diesen", "coming"):
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return coming


def _han_weekday(found: re.Match[str], today: date, tense: str) -> date | None:
    weekday, side = WEEKDAYS[found["wd"]], found["side"] or ""
    monday = today - timedelta(days=today.weekday())
    if side and side[0] in "上下":
        return monday + timedelta(days=7 * len(side) * (-1 if side[0] == "上" else 1) + weekday)
    if side:
        return monday + timedelta(days=weekday)
    if tense == "past":
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _monthday(found: re.Match[str], today: date, tense: str) -> date | None:
    groups = found.groupdict()
    if groups.get("od"):
        day = ORDINALS[groups["od"]]
    else:
        day = int(groups["d"]) if groups.get("d") else _han_day(groups["hd"])
    which = (groups.get("which") or "") + (groups.get("month") or "")
    if which:
        step = 1 if which[0] in "n下" else -1 if which[0] in "l上" else 0
        return _shifted(today.replace(day=1), step, day)
    weekday = WEEKDAYS[groups["wd"]] if groups.get("wd") else None
    steps = range(30) if tense != "past" else range(0, -30, -1)
    for step in steps:
        one = _shifted(today.replace(day=1), step, day)
        late = one is not None and (one <= today if tense == "past" else one >= today)
        if one is not None and late and (weekday is None or one.weekday() == weekday):
            return one
    return None


def _shifted(day: date, by: int, wanted: int) -> date | None:
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, month + 1, wanted) if _exists(year, month + 1, wanted) else None


def moved(day: date, amount: float, unit: str) -> date | None:
    """The day so many units later, or earlier when negative; None for units within a day."""
    if unit in DAYS:
        return day + timedelta(days=round(amount * DAYS[unit]))
    if unit not in ("month", "year"):
        return None
    if amount % 1:
        return day + timedelta(days=round(amount * (30 if unit == "month" else 365)))
    by = int(amount) * (12 if unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _away(found: re.Match[str], today: date, tense: str) -> date | None:
    amount = number(found["n"])
    return None if amount is None else moved(today, amount, UNITS[found["unit"]])


def _ago(found: re.Match[str], today: date, tense: str) -> date | None:
    amount = number(found["n"])
    return None if amount is None else moved(today, -amount, UNITS[found["unit"]])


def _han_away(found: re.Match[str], today: date, tense: str) -> date | None:
    amount = number(found["n"])
    sign = -1 if found["way"] == "前" else 1
    return None if amount is None else moved(today, sign * amount, UNITS[found["unit"]])


def _feast(found: re.Match[str], today: date, tense: str) -> date | None:
    month, day = FEASTS[found["feast"] or found["hfeast"]]
    if found["y"]:
        return date(int(found["y"]), month, day)
    return _without_year(month, day, None, today, tense)


def _near(found: re.Match[str], today: date, tense: str) -> date | None:
    return today + timedelta(days=NEAR[found[0]])


def _month(found: re.Match[str], today: date, tense: str) -> date | None:
    month = MONTHS[found["name"]]
    ends = found["cue"] in ("until", "till", "by", "hasta", "bis")
    past = found["cue"] in ("since", "desde", "seit")
    first = (
        date(int(found["y"]), month, 1)
        if found["y"]
        else _without_year(month, 1, None, today, "past" if past else tense or "future")
    )
    if first is None or not ends:
        return first
    return first.replace(day=months.monthrange(first.year, first.month)[1])


_PARTNER = re.compile(rf" ?(?:-|–|to|until|till|and|al) ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)? ?(?:of |de )?({MONTH})\b")


def _lone(found: re.Match[str], today: date, tense: str) -> date | None:
    """A figure that shares the month of the day after it: "from the 3rd to the 6th of January"."""
    named = _PARTNER.match(found.string, found.end("core"))
    return _without_year(MONTHS[named[1]], int(found["d"]), None, today, tense) if named else None


_READERS = {
    "full": _full, "figures": _figures, "american": _figures, "weekday": _weekday, "monthday": _monthday,
    "away": _away, "ago": _ago, "han away": _han_away, "han weekday": _han_weekday, "feast": _feast, "near": _near,
    "month": _month, "lone": _lone,
}  # fmt: skip
