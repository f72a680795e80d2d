"""Reads what carriers report: bytes are cut into single events, and each is read or refused with a reason. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

FIELDS = ("id", "tracking", "order", "status", "at", "expected")
STATUSES = ("label made", "in transit", "out for delivery", "delivered", "delayed", "lost", "returned to sender")
TABLE = "carriers"  # of the pack: carrier, code, status
LONGEST = 20_000  # bytes of one event

Codes = Mapping[tuple[str, str], str]
"""(carrier, code), both folded → one of ``STATUSES``."""


class Unreadable(Exception):
    """An event that cannot be read, with the reason as its text."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a carrier says of one parcel. ``at``: when it happened, aware."""

    tracking: str
    order: str
    status: str
    at: datetime
    expected: date | None


def codes_of(rows: tuple[Mapping[str, str], ...]) -> Codes:
    """The pack's table of carriers' own words. A row without a carrier holds for all of them."""
    return {(_folded(row.get("carrier", "")), _folded(row.get("code", ""))): row.get("status", "") for row in rows}


def cut(raw: bytes) -> list[bytes]:
    """Single events: lines of JSON, a JSON list, or rows of CSV, each row with the head that names its columns.
    What cannot be cut stays in one piece; joined, the pieces hold all that came."""
    text = _text(raw)
    if text is None or not text.strip():
        return [raw] if raw.strip() else []
    pieces = _of_json(text) if text.lstrip()[0] in "[{" else _of_csv(text)
    return [piece.encode() for piece in pieces]


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_json(text: str) -> Iterator[str]:
    decoder, place = json.JSONDecoder(), 0
    listed = text.lstrip().startswith("[")
    if listed:
        place = text.index("[") + 1
    between = " \t\r\n,]" if listed else " \t\r\n,"
    while True:
        while place < len(text) and text[place] in between:
            place += 1
        if place >= len(text):
            return
        try:
            _, end = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):  # the rest of the line is one event that nobody can read
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
        yield text[place:end].rstrip()
        place = end


def _of_csv(text: str) -> Iterator[str]:
    lines = text.splitlines()
    head = next(index for index, line in enumerate(lines) if line.strip())
    body = lines[head + 1 :]
    reader = csv.reader(body, delimiter=_delimiter(lines[head]))
    before = 0
    for row in reader:
        record = "\n".join(body[before : reader.line_num])
        before = reader.line_num
        if any(cell.strip() for cell in row):
            yield f"{lines[head]}\n{record}"
    if not body:
        yield lines[head]


def _delimiter(head: str) -> str:
    return max(",;\t", key=head.count)


def id_of(raw: bytes) -> str:
    """The carrier's own id of an event, else one made of its bytes: the same bytes are the same event."""
    try:
        given = str(_fields(raw).get("id") or "").strip()
    except Unreadable:
        given = ""
    return given[:300] or own_id(raw)


def own_id(raw: bytes) -> str:
    return f"sha256:{sha256(raw).hexdigest()}"


def read(raw: bytes, source: str, codes: Codes) -> Reported:
    """Raises Unreadable."""
    fields = {name: str(value if value is not None else "").strip() for name, value in _fields(raw).items()}
    tracking, order = fields.get("tracking", ""), fields.get("order", "")
    if not tracking and not order:
        raise Unreadable("neither 'tracking' nor 'order' says which parcel is meant")
    return Reported(
        tracking[:120],
        order[:60],
        _status(fields.get("status", ""), source, codes),
        _moment(fields.get("at", "")),
        _day(fields.get("expected", "")),
    )


def _fields(raw: bytes) -> Mapping[str, Any]:
    text = _text(raw)
    if text is None:
        raise Unreadable("it is not text in UTF-8")
    if len(raw) > LONGEST:
        raise Unreadable(f"it is longer than {LONGEST} bytes")
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise Unreadable("it is no JSON object")
        return {str(name).strip().casefold(): one for name, one in value.items()}
    head, _, rest = text.partition("\n")
    rows = list(csv.DictReader(io.StringIO(f"{head.strip().casefold()}\n{rest}"), delimiter=_delimiter(head)))
    if len(rows) != 1 or None in rows[0] or not set(FIELDS) & set(rows[0]):
        raise Unreadable(f"it is no row of CSV under a head with {', '.join(FIELDS)}")
    return {str(name).strip(): one for name, one in rows[0].items()}


def _status(written: str, source: str, codes: Codes) -> str:
    code = _folded(written)
    found = codes.get((_folded(source), code)) or codes.get(("", code)) or code
    if found not in STATUSES:
        raise Unreadable(f"the status {written[:60]!r} is not known; say in tables/{TABLE}.csv what it means")
    return found


def _folded(written: str) -> str:
    return " ".join(written.split()).casefold()


def _moment(written: str) -> datetime:
    try:
        value = datetime.fromisoformat(written)
    except ValueError:
        raise Unreadable(f"'at' is {written[:40]!r}, not a time such as 2026-11-20T10:00:00+01:00") from None
    if value.tzinfo is None:
        raise Unreadable(f"'at' is {written[:40]!r} and lacks its offset from UTC")
    return value


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        raise Unreadable(f"'expected' is {written[:40]!r}, not a date such as 2026-11-20") from None
