"""Addresses in the United States: the state by its name, its letters or the zip code."""

from __future__ import annotations

from typing import Any

import pytest

from courtesy.language.entities.finding import find_entities
from courtesy.language.entities.who.regions import state_of, state_of_zip
from courtesy.language.text import hear
from courtesy.language.understanding import Context

HERE = Context(languages=("en",), default_language="en", country="US")


def found(text: str, kind: str) -> list[Any]:
    return [one.value for one in find_entities(hear(text), HERE) if one.kind == kind]


@pytest.mark.parametrize(
    ("code", "state"),
    [("10001", "NY"), ("76165", "TX"), ("20353", "DC"), ("94128-0001", "CA"), ("00501", "NY"), ("123", ""), ("", "")],
)
def test_a_zip_code_tells_its_state(code: str, state: str) -> None:
    assert state_of_zip(code) == state


def test_a_state_is_known_by_name_and_letters() -> None:
    assert (state_of("Texas"), state_of("TX"), state_of("Mordor")) == ("TX", "TX", "")


def test_an_address_is_read_part_by_part() -> None:
    assert found("I live in 445 Maple Drive, Suite 394, Fort Worth, Texas, 76165.", "address") == [
        {
            "postcode": "76165",
            "region": "TX",
            "street": "445 Maple Drive",
            "street2": "Suite 394",
            "city": "Fort Worth",
        }
    ]
    assert found("change it to 101 Highway, New York, 10001", "address")[0]["region"] == "NY"


def test_an_account_name_is_no_street() -> None:
    assert found("I am Lucas (lucas_santos_6600), I live in Denver CO 80239", "address") == []
    assert found("I am Lucas (lucas_santos_6600), I live in Denver CO 80239", "postcode") == ["80239"]
