"""Rehearsals played several times: one that passed each time but in another way is not reliable."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from courtesy.policy.permitted import Acts
from courtesy.representative.rehearsing import Rehearsed
from courtesy.representative.reliability import read, reliability_of, written

ACTS = Acts(done=("open return", "refund"), asked=("refund",), refused=("refund: Return period is over",))


def played(name: str = "A return", says: str = "Done.", passed: bool = True, acts: Acts = ACTS) -> Rehearsed:
    talk = (("customer", "I want to return it"), ("representative", says))
    return Rehearsed(name, passed, () if passed else ("missing: deed: refund",), talk, acts)


def test_the_same_each_time_is_reliable() -> None:
    found = reliability_of([played(), played("Another"), played(), played("Another")])
    assert (found.passed_once, found.passed_always, found.faultless) == (1.0, 1.0, True)
    assert found.acts["done"] == {"open return": 4, "refund": 4}
    assert found.acts["refused"] == {"refund: Return period is over": 4}


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (played(says="It is done."), ("replies",)),
        (played(acts=Acts(done=("open return",))), ("acts",)),
        (played(passed=False), ("outcome",)),
    ],
)
def test_one_that_went_otherwise_once_is_not(other: Rehearsed, differs: tuple[str, ...]) -> None:
    found = reliability_of([played(), other, played("Another"), played("Another")])
    assert found.rehearsals[0].differs == differs
    assert (found.passed_always, found.faultless) == (0.5, False)
    assert found.passed_once == (1.0 if other.passed else 0.75)
    assert [one["name"] for one in found.as_json()["not reliable"]] == ["A return"]


def test_one_that_fails_each_time_is_not_reliable_either() -> None:
    found = reliability_of([played(passed=False), played(passed=False)])
    assert (found.passed_once, found.passed_always, found.faultless) == (0.0, 0.0, False)
    assert found.rehearsals[0].failures == ("missing: deed: refund",)


def test_what_nothing_permitted_is_a_fault_whatever_passed() -> None:
    assert not reliability_of([played(acts=Acts(done=("refund",), unpermitted=("refund",)))]).faultless


def test_what_the_customer_said_may_differ() -> None:
    """A code that was sent is another each time."""
    other: Any = played()
    other = Rehearsed(other.name, True, (), (("customer", "123456"), *other.transcript[1:]), ACTS)
    assert reliability_of([played(), other]).faultless


def test_a_playing_comes_through_as_it_was() -> None:
    for one in (played(), played(passed=False)):
        assert read(json.loads(json.dumps(written(one)))) == one


def test_a_number_that_a_system_gave_may_be_another_each_time() -> None:
    talks = [("Dispute D-603739 is open.", ("D-603739",)), ("Dispute D-885444 is open.", ("D-885444",))]
    one, other = (replace(played(says=says), references=given) for says, given in talks)
    assert one.replies == ("Dispute # is open.",)
    assert reliability_of([one, other]).faultless
    assert not reliability_of([one, replace(other, references=())]).faultless
