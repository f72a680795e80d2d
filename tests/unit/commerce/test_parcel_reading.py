"""What carriers report is cut into events whose bytes are kept whole, and each is read or refused with its reason."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from courtesy.commerce.parcels.reading import Unreadable, codes_of, cut, id_of, own_id, read

HEAD = b"id;tracking;status;at;expected\r\n"
MOMENT = b"2026-11-20T09:00:00+01:00"
CSV = HEAD + b"1;PK1;delayed;" + MOMENT + b";2026-11-25\r\n2;PK2;lost;" + MOMENT + b";\r\n"
ONE = {"id": "7", "tracking": "PK1", "status": "delayed", "at": "2026-11-20T08:00:00Z", "expected": "2026-11-25"}


def test_rows_of_csv_keep_the_head_that_names_their_columns() -> None:
    first, second = cut(CSV)
    assert (id_of(first), id_of(second)) == ("1", "2")
    assert read(first, "x", {}).expected == date(2026, 11, 25)
    assert (read(second, "x", {}).status, read(second, "x", {}).expected) == ("lost", None)


def test_a_line_that_nobody_can_read_does_not_hold_up_the_next_and_nothing_is_lost() -> None:
    raw = b'{"id": 1, "tracking": "A"}\nwhat is this {\n{"id": 2, "tracking": "B"}\n'
    pieces = cut(raw)
    assert [id_of(piece) for piece in pieces] == ["1", own_id(b"what is this {"), "2"]
    assert b"\n".join(pieces) + b"\n" == raw
    with pytest.raises(Unreadable):
        read(pieces[1], "x", {})


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_json_is_cut_into_its_own_bytes(indent: int | None) -> None:
    other = {**ONE, "id": "8", "note": "日期, ] and }"}
    raw = json.dumps([ONE, other], indent=indent, ensure_ascii=False).encode()
    pieces = cut(raw)
    assert [json.loads(piece) for piece in pieces] == [ONE, other]
    assert all(piece in raw for piece in pieces)


def test_a_carriers_own_words_mean_what_the_table_says() -> None:
    codes = codes_of(
        (
            {"carrier": "Seur", "code": "LX 08", "status": "delayed"},
            {"carrier": "", "code": "ok", "status": "delivered"},
        )
    )
    given = json.dumps({**ONE, "status": "lx  08"}).encode()
    assert read(given, "seur", codes).status == "delayed"
    assert read(given, "seur", codes).at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    with pytest.raises(Unreadable, match="tables"):
        read(given, "correos", codes)
    assert read(json.dumps({**ONE, "status": "OK"}).encode(), "correos", codes).status == "delivered"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"at": "2026-11-20T08:00:00"}, "offset"),
        ({"at": ""}, "not a time"),
        ({"expected": "soon"}, "not a date"),
        ({"tracking": ""}, "which parcel"),
        ({"status": None}, "not known"),
    ],
)
def test_what_is_missing_is_named(change: dict[str, object], reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(json.dumps({**ONE, **change}).encode(), "x", {})


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00broken", b'{"a": ' * 3000, b"nothing but words", b"[[1]]"])
def test_whatever_comes_is_cut_without_breaking(raw: bytes) -> None:
    assert cut(raw)
    for piece in cut(raw):
        with pytest.raises(Unreadable):
            read(piece, "x", {})
