"""Answers that were almost said."""

from __future__ import annotations

import pytest

from courtesy.language.understanding import Choice
from courtesy.representative import almost

CHOICES = (
    Choice("mind", "changed my mind", ("changed my mind", "no longer want it")),
    Choice("fit", "does not fit", ("does not fit", "wrong size")),
    Choice("done", "done", ("done", "it works now")),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("it works nw", "it works now"),
        ("It wroks now!", "it works now"),
        ("changd my mimd", "changed my mind"),
        ("it works now", ""),  # said exactly: found elsewhere
        ("dome", ""),  # too short to guess at
        ("it rains now", ""),
        ("", ""),
    ],
)
def test_a_whole_message_that_is_a_slip_away(text: str, meant: str) -> None:
    assert almost.said(text, CHOICES) == meant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I want ot return it, I hangeed my mind. Refund to my card", "mind"),
        ("it dose not fit, sorry", "fit"),
        ("I have not chnaged my mind", None),  # denied
        ("I want to return it", None),
    ],
)
def test_a_label_that_almost_stands_within(text: str, value: str | None) -> None:
    found = almost.within(text, CHOICES)
    assert (found.value if found else None) == value


def test_nothing_is_taken_when_two_choices_are_as_near() -> None:
    both = (Choice("a", "size forty one"), Choice("b", "size forty two"))
    assert almost.within("size forty xxx", both) is None
    assert almost.said("size forty", both) == ""
