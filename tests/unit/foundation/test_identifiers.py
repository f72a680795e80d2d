"""Identifiers sort by their making and cannot be guessed."""

from __future__ import annotations

import re

from courtesy.foundation.identifiers import new_id, new_secret


def test_an_identifier_names_its_kind_and_uses_letters_that_are_not_mistaken() -> None:
    assert re.fullmatch(r"msg_[0-9abcdefghjkmnpqrstvwxyz]{26}", new_id("msg"))


def test_later_identifiers_sort_after_earlier_ones(time_machine) -> None:
    made = []
    for second in range(5):
        time_machine.move_to(f"2026-11-20T10:00:0{second}Z", tick=False)
        made.append(new_id("cnv"))
    assert made == sorted(made)


def test_ten_thousand_identifiers_and_secrets_differ() -> None:
    assert len({new_id("x") for _ in range(10_000)}) == 10_000
    assert len({new_secret() for _ in range(10_000)}) == 10_000
    assert len(new_secret()) == 32
