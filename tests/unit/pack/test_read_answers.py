"""Answers of a company's system: lists with a condition, lists of plain texts, and how a number is written for it."""

from __future__ import annotations

from datetime import date

import pytest

from courtesy.pack.answers import UnfitAnswer, parse, read_answer
from courtesy.pack.connections import Choices, Field, Operation
from courtesy.pack.place import Place
from courtesy.representative.found import written_as
from courtesy.representative.resuming import _same

HERE = Place("test", 1)
BILLS = Choices(
    "overdue bills", ("bills",), ("id",), "{amount}", (Field("state", ("state",), "word"),), {"state": "is Overdue"}
)


def operation(*choices: Choices) -> Operation:
    return Operation(
        "bills",
        "Billing",
        False,
        False,
        "",
        "GET",
        "/",
        "",
        (),
        {},
        (),
        choices,
        {},
        {},
        (),
        "",
        None,
        1.0,
        2,
        "",
        HERE,
    )


def values(choices: Choices, written: str) -> list[str]:
    answer = read_answer(operation(choices), parse(written), "EUR", date(2026, 1, 1))
    return [one.value for one in answer.lists[choices.source]]


def test_entries_that_do_not_fit_the_condition_are_left_out() -> None:
    written = (
        '{"bills": [{"id": "1", "state": "Paid"}, {"id": "2", "state": "overdue"}, {"id": "3", "state": "Draft"}]}'
    )
    assert values(BILLS, written) == ["2"]


def test_nothing_fits_and_the_list_is_empty() -> None:
    assert values(BILLS, '{"bills": [{"id": "1", "state": "Paid"}]}') == []


def test_a_condition_may_say_is_not() -> None:
    other = Choices("open bills", ("bills",), ("id",), "", BILLS.fields, {"state": "is not Paid or Draft"})
    written = '{"bills": [{"id": "1", "state": "Paid"}, {"id": "2", "state": "Overdue"}]}'
    assert values(other, written) == ["2"]


def test_a_list_of_plain_texts_is_chosen_by_the_texts() -> None:
    lines = Choices("lines", ("ids",), (), "", ())
    assert values(lines, '{"ids": ["L1", "L2"]}') == ["L1", "L2"]
    with pytest.raises(UnfitAnswer):
        values(lines, '{"ids": [{"id": "L1"}]}')


@pytest.mark.parametrize(
    ("shape", "value", "written"),
    [
        ("###-###-####", "+15550101234", "555-010-1234"),
        ("### ### ###", "+34612345678", "612 345 678"),
        ("####", "12", "12"),  # too short for the shape: as it was said
    ],
)
def test_a_number_is_written_as_the_system_wants_it(shape: str, value: str, written: str) -> None:
    assert written_as(shape, value) == written


@pytest.mark.parametrize(
    ("record", "said", "same"),
    [
        ("555-010-1234", "+15550101234", True),
        ("612 345 678", "+34612345678", True),
        ("0612 345 678", "+34612345678", True),
        ("612 345 679", "+34612345678", False),
        ("5678", "+34612345678", False),  # four digits prove nothing
        ("48011", "48011", True),
        (None, "48011", False),
    ],
)
def test_a_record_says_the_same_as_the_customer(record: str | None, said: str, same: bool) -> None:
    assert _same(record, said) is same
