"""Values in the book: how each kind of field is kept, filled in and compared; what does not fit is a ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from courtesy.pack.pages.conditions import parse_written
from courtesy.pack.records import RecordField

LONGEST_TEXT = 2_000
_REF = re.compile(r"\{([^{}\n]{1,80})\}")
_TODAY = re.compile(r"today(?:\s*([+-])\s*(\d{1,4}) days?)?")


def kept(field: RecordField, raw: Any, today: date | None = None) -> Any:
    """A value as the book keeps it: exact text for numbers and amounts, ISO dates, truth values."""
    text = str(raw).strip()
    if field.kind == "yes or no":
        if isinstance(raw, bool):
            return raw
        if text.casefold() not in ("yes", "no", "true", "false"):
            raise ValueError(f"'{text}' must be yes or no")
        return text.casefold() in ("yes", "true")
    if field.kind == "date":
        return _day(text, today)
    if field.kind in ("number", "money"):
        return str(_number(text.split()[0] if field.kind == "money" and text else text, field.kind))
    if field.values and text not in field.values:
        raise ValueError(f"'{text}' must be one of: {', '.join(field.values)}")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is longer than {LONGEST_TEXT} characters")
    return text


def _day(text: str, today: date | None) -> str:
    if today is not None and (day := relative_day(text, today)) is not None:
        return day.isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"'{text}' is not a date; write 2026-11-20") from None


def relative_day(text: str, today: date) -> date | None:
    """``today``, ``today - 5 days``; None for anything else."""
    found = _TODAY.fullmatch(text)
    if found is None:
        return None
    days = timedelta(days=int(found[2] or 0))
    return today - days if found[1] == "-" else today + days


def _number(text: str, kind: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"'{text}' is not a number; write 12.50 with a dot") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 12:
        raise ValueError(f"'{text}' is not a number that can be reckoned with")
    if kind == "money" and number != round(number, 2):
        raise ValueError(f"'{text}' is no amount: at most two digits after the dot")
    return number.quantize(Decimal("0.01")) if kind == "money" else number


def filled(written: str, value_of: Callable[[str], Any]) -> Any:
    """A written value with its ``{references}`` filled in; a single reference keeps its own type."""
    whole = _REF.fullmatch(written.strip())
    if whole:
        return value_of(whole[1])
    return _REF.sub(lambda found: str(value_of(found[1])), written)


def holds(written: str, value: Any, kind: str, value_of: Callable[[str], Any]) -> bool:
    """Whether a value is as a condition says; what is not there fits only "is not"."""
    return all(
        _compares(one.comparator, value, [filled(part, value_of) for part in one.values], kind)
        for one in parse_written(written)
    )


def _compares(comparator: str, value: Any, wanted: list[Any], kind: str) -> bool:
    if value is None:
        return comparator == "is not"
    have, want = _comparable(value, kind), [_comparable(one, kind) for one in wanted]
    match comparator:
        case "is":
            return have in want
        case "is not":
            return have not in want
        case "at most":
            return bool(have <= want[0])
        case "at least":
            return bool(have >= want[0])
        case "over":
            return bool(have > want[0])
    return bool(have < want[0])


def _comparable(value: Any, kind: str) -> Any:
    if kind in ("number", "money"):
        return _number((str(value).split() or [""])[0], "number")
    if kind == "yes or no":
        return value if isinstance(value, bool) else str(value).casefold() in ("yes", "true")
    return str(value).strip().casefold()


def same_text(value: Any) -> str:
    """How text is compared when something is looked up by it."""
    return " ".join(str(value).split()).casefold()[:120]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments by the names of fields."""
    return {name.replace("_", " "): value for name, value in values.items()}
