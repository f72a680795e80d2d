"""Calendar dates: written out, in figures, or told from today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from courtesy.language.understanding import Context, Entity

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene", "february feb febrero", "march mar marzo", "april apr abril abr", "may mayo",
            "june jun junio", "july jul julio", "august aug agosto ago", "september sep sept septiembre",
            "october oct octubre", "november nov noviembre", "december dec diciembre dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_RELATIVE = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2, "the day before yesterday": -2,
    "hoy": 0, "mañana": 1, "ayer": -1, "pasado mañana": 2, "anteayer": -2,
    "今天": 0, "明天": 1, "昨天": -1, "后天": 2, "前天": -2,
}  # fmt: skip
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PATTERNS = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?:(?P<y>20\d\d)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:of\s+|de\s+)?(?P<name>{_NAMED})\b(?:,?\s+(?:de\s+)?(?P<y>20\d\d))?",
        re.I,
    ),
    re.compile(rf"\b(?P<name>{_NAMED})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y>20\d\d))?", re.I),
    re.compile(r"(?<![\d/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>20\d\d))?(?![\d/.])"),
)


def _word(word: str) -> str:
    return re.escape(word) if ord(word[0]) > 0x2E80 else rf"(?<!\w){re.escape(word)}(?!\w)"


_NEAR = re.compile("|".join(_word(word) for word in sorted(_RELATIVE, key=len, reverse=True)), re.I)


def dates(text: str, context: Context) -> Iterator[Entity]:
    """Dates in the text; one without a year is the nearest to today."""
    today = date.fromisoformat(context.today) if context.today else None
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            if (day := _day(found, today)) is not None:
                taken.append(found.span())
                yield Entity("date", day, found.span(), found[0], 0.9)
    if today is not None:
        for found in _NEAR.finditer(text):
            yield Entity("date", today + timedelta(days=_RELATIVE[found[0].lower()]), found.span(), found[0], 0.9)


def _day(found: re.Match[str], today: date | None) -> date | None:
    groups = found.groupdict()
    month = _MONTHS[groups["name"].lower()] if groups.get("name") else int(groups["m"])
    try:
        if groups["y"]:
            return date(int(groups["y"]), month, int(groups["d"]))
        if today is None:
            return None
        years = (today.year - 1, today.year, today.year + 1)
        return min((date(year, month, int(groups["d"])) for year in years), key=lambda day: abs((day - today).days))
    except ValueError:
        return None
