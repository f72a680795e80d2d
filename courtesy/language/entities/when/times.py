"""Times of day: on the clock, in words, told from now; with the part of the day that settles which half is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from courtesy.language.entities.amounts.spoken import HAN, han
from courtesy.language.entities.reading import MOST, in_flat
from courtesy.language.entities.when.calendar import NUMBER, number
from courtesy.language.entities.when.leanings import time_role
from courtesy.language.text import Heard
from courtesy.language.understanding import Entity

_HOURS = (
    "one two three four five six seven eight nine ten eleven twelve una dos tres cuatro cinco seis siete ocho nueve "
    "diez once doce eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf"
)
_H = r"(?P<h>2[0-4]|1\d|0?\d)"
_HW = rf"(?P<hw>{'|'.join(sorted(set(_HOURS.split()), key=len, reverse=True))})"
_MM = r"(?P<mi>[0-5]\d)"
_HALF = r"(?P<half>[ap]\.? ?m\b\.?)"
_PART = (
    r"(?P<part>(?:in the |at |de la |por la |del |am |in der )?(?:early |late )?"
    r"(?:morning|afternoon|evening|night|noon|manana|tarde|noche|madrugada|mediodia|morgens|vormittags|nachmittags|"
    r"abends|nachts)\b)"
)
_TAIL = rf"(?: ?{_HALF}| {_PART})"
_CUE = (
    r"(?P<cue>\b(?:at|around|after|before|by|until|till|from|between|than|about|to|since|past|starts at|for|around|"
    r"um|gegen|ab|bis|"
    r"a las?|sobre las?|hacia las?|desde las?|hasta las?|de las?|y las?) )"
)
_MINUTES = (
    r"(?P<off>five|ten|twenty|twenty[- ]five|[1-5]?\d|(?:a )?quarter|half|cinco|diez|veinte|cuarto|media)(?: minutes?)?"
)
_STOPS = (
    r"(?=$|[?!,;]|\.(?!\d)| (?:and|or|to|till|until|on|in|today|tomorrow|tonight|please|pls|then|will|ok|okay|for|"
    r"under|if|"
    r"y|o|el|hoy|manana|por favor|oder|und|bitte|am)\b)"
)
_NO_UNIT = (
    r"(?! ?(?:%|€|\$|£|euros?|dollars?|pounds?|days?|nights|weeks?|months?|years?|minutes?|hours?|people|"
    r"adults?|kids?|of us|[-/]))"
)
_HAN_HOUR = rf"(?:2[0-4]|1?\d|[{HAN}]{{1,3}})"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("han", rf"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|明晚|昨晚|今早|明早|夜里|"
                rf"半夜)?(?P<h>{_HAN_HOUR})"
                rf"(?:点钟?(?![也都儿吗点不没击赞评名])|时(?!间|候|装))(?:(?P<half>半)|(?P<q>[一三])刻|"
                rf"(?P<mi>[0-5]?\d|[{HAN}]{{1,3}})分?)?"),
        ("clock", rf"(?<![\d:.,/€$£-]){_H}[:.h]{_MM}(?::\d\d)?(?![\d:]|[.,]\d|\.\d|[€$£%]| ?(?:euros?|dollars?|"
                  rf"pounds?|eur|usd|gbp))(?: ?(?:uhr|h|hrs)\b)?{_TAIL}?"),
        ("past", rf"(?<![\d:.,€$£-])\b{_MINUTES} (?P<way>past|to|till|after|before) (?:{_H}(?![\d:./])|"
                 rf"{_HW}\b){_NO_UNIT}(?: ?oclock\b)?{_TAIL}?"),
        ("clock", rf"(?<![\d:.,€$£-])\b{_H} {_MM}{_TAIL}"),
        ("clock", rf"(?<![\d:.,€$£-])(?:\b(?:at|for|by|until|till|after|before|from|since|than|around|to) |^(?:ok |"
                  rf"yes |ok, |yes, )?){_H} {_MM}(?= (?:in|on|today|tomorrow|till|until|to|i |please|then|for|"
                  rf"under)\b|$|[?!,.])"),
        ("clock", rf"(?<![\d:.,€$£-])\b(?:{_H}|{_HW}) ?(?:oclock|uhr(?: {_MM})?|en punto)\b{_TAIL}?"),
        ("clock", rf"(?<![\d:.,€$£-])\b(?:{_H}|{_HW}){_TAIL}"),
        ("spanish", rf"\b(?:a |de |desde |hasta |sobre |hacia |y )?las? (?:(?P<h>2[0-4]|1?\d)|{_HW})(?!\d)(?:[:.]{_MM}|"
                    rf" (?P<way>y|menos) (?P<off>media|cuarto|cinco|diez|veinte|veinticinco|\d\d?))?(?: "
                    rf"(?P<part>(?:de|por) la (?:manana|tarde|noche|madrugada)|del mediodia))?{_NO_UNIT}(?=$|\W)"),
        ("named", r"\b(?P<named>midday|noon|midnight|mediodia|medianoche|mitternacht|mittags)\b"),
        ("away", rf"\b(?P<way>in) (?P<n>{NUMBER}|an?|half an) (?P<unit>hours?|minutes?|mins?|hrs?|stunden?|minuten)\b"),
        ("away", rf"\b(?P<n>{NUMBER}|an?|half an|a few) (?P<unit>hours?|minutes?|mins?|hrs?) (?P<way>ago)\b"),
        ("away", rf"\b(?P<way>hace|dentro de|en|vor) (?P<n>{NUMBER}|un|una|media) (?P<unit>horas?|minutos?|stunden?|"
                 rf"minuten)\b"),
        ("bare", rf"{_CUE}{_H}{_NO_UNIT}{_STOPS}"),
    )
)  # fmt: skip
_NIGHT = re.compile(r"(?:\b(?:at|after|before|until|till|by|around|about|from|to|past|ok|yes|said|time),? )$")
_UNITS = {"h": 60, "s": 60, "m": 1}
_AFTER = re.compile(r"\b(?:order|number|no|room|table|item|option|article|street|st|floor|size|age|aged) $")
_RANGE_PARTNER = re.compile(r"(?:between|from) (?:the )?$")


def times(heard: Heard, taken: list[tuple[int, int]], now: datetime | None) -> Iterator[Entity]:
    """Times of day outside the ``taken`` places of the flat text; ``now`` is needed for "in two hours"."""
    flat = heard.flat
    mine = list(taken)
    for name, pattern in _RULES:
        for found in pattern.finditer(flat):
            if len(mine) >= len(taken) + MOST:
                return
            start = (
                found.end("cue")
                if name == "bare"
                else found.start("way")
                if name == "away" and found["way"] != "ago"
                else _start(found)
            )
            place = (start, found.end())
            if any(place[0] < end and begin < place[1] for begin, end in mine):
                continue
            if name == "bare" and not _plausible(found, flat):
                continue
            if _a_night(found) and not _NIGHT.search(flat[max(0, start - 10) : start]):
                continue
            if name != "han" and _AFTER.search(flat[max(0, start - 10) : start]):
                continue
            value = _away(found, now) if name == "away" else _time(found)
            if value is None:
                continue
            end = place[1]
            while flat[end - 1] in " ,":
                end -= 1
            mine.append((start, end))
            sure = 0.6 if name == "bare" else 0.9
            yield in_flat(heard, "time", value, (start, end), sure, time_role(flat, start, end))


def _a_night(found: re.Match[str]) -> bool:
    """Whether "3 night" may be a number of nights rather than an hour."""
    groups = found.groupdict()
    return groups.get("part") == "night" and not groups.get("off") and not groups.get("mi")


def _start(found: re.Match[str]) -> int:
    groups = found.groupdict()
    names = [name for name in ("h", "hw", "off", "named", "part", "n") if groups.get(name)]
    return min(found.start(name) for name in names)


def _plausible(found: re.Match[str], flat: str) -> bool:
    """Whether a bare number after a preposition is an hour: "at 4", "any time after 10", "between 8 and 10"."""
    cue = found["cue"].strip()
    before, after = flat[max(0, found.start() - 24) : found.start()], flat[found.end() : found.end() + 14]
    if cue in ("for", "about", "past", "since") or (re.match(r" (?:for|of|under) ", after) and cue in ("to", "from")):
        return False
    if cue in ("to", "from", "until", "till", "by", "than") and not re.search(
        r"(?:time|later|earlier|slot|open|meeting|appointment|late|hour|arriv|check)", before
    ):
        return False
    if cue == "between":
        return bool(re.match(r" and \d{1,2}(?! ?(?:st|nd|rd|th|[%€$£]|days|nights|weeks))", after))
    return True


def _time(found: re.Match[str]) -> time | None:
    groups = found.groupdict()
    if named := groups.get("named"):
        return time(12) if named in ("midday", "noon", "mediodia", "mittags") else time(0)
    hour = (
        int(groups["h"])
        if (groups.get("h") or "").isdigit()
        else han(groups["h"])
        if groups.get("h")
        else number(groups["hw"])
    )
    if hour is None or hour > 24:
        return None
    hour = int(hour)
    minute = 0
    if groups.get("mi"):
        minute = int(groups["mi"]) if groups["mi"].isdigit() else int(han(groups["mi"]) or 0)
    if groups.get("q"):
        minute = 15 * int(han(groups["q"]) or 0)
    half = groups.get("half") or ""
    if half == "半":
        minute, half = 30, ""
    hour = _in_half(hour % 24, half[:1], groups.get("part") or "")
    shift = 0
    if off := groups.get("off"):
        minutes = 15 if off.endswith(("quarter", "cuarto")) else 30 if off in ("half", "media") else number(off)
        if minutes is None or minutes > 59:
            return None
        shift = int(minutes) * (-1 if groups["way"] in ("to", "till", "before", "menos") else 1)
    if minute > 59:
        return None
    total = (hour * 60 + minute + shift) % 1440
    return time(total // 60, total % 60)


def _in_half(hour: int, half: str, part: str) -> int:
    if half == "p" or any(
        word in part for word in ("afternoon", "evening", "tarde", "下午", "傍晚", "nachmittag", "abend", "mediodia")
    ):
        return hour + 12 if hour < 12 else hour
    if half == "a" or any(word in part for word in ("morning", "manana", "madrugada", "上午", "早", "凌晨", "清晨")):
        return 0 if hour == 12 and "morning" not in part else hour
    if any(word in part for word in ("night", "noche", "晚", "夜", "nachts")):
        return hour + 12 if 6 <= hour < 12 else 0 if hour == 12 else hour
    if "中午" in part:
        return hour + 12 if hour < 3 else hour
    return hour


def _away(found: re.Match[str], now: datetime | None) -> time | None:
    if now is None:
        return None
    words = found["n"].removesuffix(" an") if found["n"].startswith("half") else found["n"]
    amount = 0.5 if words in ("half", "media") else 1 if words in ("a", "an", "un", "una") else number(words)
    if amount is None:
        return None
    minutes = amount * _UNITS[found["unit"][0]]
    back = found["way"] in ("ago", "hace", "vor")
    return (now + timedelta(minutes=-minutes if back else minutes)).time()
