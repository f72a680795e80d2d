"""The walk of a procedure, without a database."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from courtesy.foundation.money import Money
from courtesy.pack.model import Ask, Confirm, Do, If, LookUp, Place, Procedure, Step, Tell
from courtesy.representative.conditions import holds
from courtesy.representative.memory import Task
from courtesy.representative.procedures import deeds_ahead, fingerprint, walk

HERE = Place("procedures/test.yaml", 1)


def ask(slot: str, kind: str = "choice") -> Ask:
    return Ask(slot, kind, (), None, None, False, HERE)


STEPS: tuple[Step, ...] = (
    LookUp("order", ("order number",), HERE),
    ask("items", "items"),
    ask("reason"),
    If({"reason": "is faulty or arrived damaged"}, (ask("photo", "photo"),), (), HERE),
    Confirm("summary", HERE),
    Do("refund", ("order", "items"), HERE),
    Tell("done", HERE),
)
PROCEDURE = Procedure("Return", {}, "", {}, {}, STEPS, (), "request", HERE)


def task(**slots: object) -> Task:
    made = Task("tsk-1", "Return")
    made.slots = dict(slots)
    return made


def test_the_first_unsettled_step_comes_next() -> None:
    fresh = task()
    assert isinstance(walk(PROCEDURE, fresh, {}).step, LookUp)
    fresh.looked["order"] = "1"
    assert walk(PROCEDURE, fresh, {}).place == "1"
    fresh.slots = {"items": [{"line": "1", "quantity": 1}], "reason": "does not fit"}
    assert isinstance(walk(PROCEDURE, fresh, fresh.slots).step, Confirm)


def test_a_branch_is_taken_only_when_its_condition_holds() -> None:
    damaged = task(items=[1], reason={"1": "arrived damaged"})
    damaged.looked["order"] = "1"
    following = walk(PROCEDURE, damaged, damaged.slots)
    assert following.place == "3.then.0"
    damaged.skipped.append("photo")
    assert isinstance(walk(PROCEDURE, damaged, damaged.slots).step, Confirm)


def test_a_yes_counts_only_for_exactly_what_was_shown() -> None:
    ready = task(items=[1], reason="does not fit")
    ready.looked["order"] = "1"
    ready.confirmed = walk(PROCEDURE, ready, ready.slots).fingerprint
    assert isinstance(walk(PROCEDURE, ready, ready.slots).step, Do)
    ready.slots["items"] = [2]
    assert isinstance(walk(PROCEDURE, ready, ready.slots).step, Confirm)


def test_what_was_done_is_not_done_again() -> None:
    done = task(items=[1], reason="does not fit")
    done.looked["order"] = "1"
    done.receipts["5"] = {"act": "refund"}
    assert isinstance(walk(PROCEDURE, done, done.slots).step, Tell)
    assert deeds_ahead(PROCEDURE, done, done.slots) == []
    done.told.append("6")
    assert walk(PROCEDURE, done, done.slots).step is None


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.text(max_size=8), st.integers(), st.lists(st.integers()))))
def test_a_fingerprint_depends_on_values_and_not_on_their_order(slots: dict[str, object]) -> None:
    backwards = dict(reversed(list(slots.items())))
    assert fingerprint(slots) == fingerprint(backwards)
    assert fingerprint({**slots, "other": "x"}) != fingerprint({**slots, "other": "y"})


def test_what_is_not_known_fits_no_comparison() -> None:
    assert not holds({"reason": "is faulty"}, {})
    assert not holds({"reason": "is not faulty"}, {})
    assert not holds({"price difference": "over 0.00 EUR"}, {"price difference": None})
    assert not holds({"price difference": "over 0.00 EUR"}, {"price difference": "a word"})
    assert holds({"reason": "is not faulty"}, {"reason": "does not fit"})


def test_a_condition_may_compare_with_another_thing_that_is_known() -> None:
    known = {"data used": Decimal("15.1"), "data allowed": Decimal("15.0"), "due": Money.parse("5.00 EUR")}
    assert holds({"data used": "over data allowed"}, known)
    assert not holds({"data allowed": "over data used"}, known)
    assert holds({"due": "at most limit"}, {**known, "limit": Money.parse("5.00 EUR")})
    assert not holds({"data used": "over data given"}, known)  # not known, so it fits nothing


def test_a_deed_done_before_it_does_not_stand_for_a_yes() -> None:
    deeds = (
        Do("register complaint", (), HERE),
        Confirm("summary", HERE),
        If({"reason": "is faulty"}, (Do("refund", ("order",), HERE), Confirm("another summary", HERE)), (), HERE),
        Do("goodwill", ("order",), HERE),
    )
    complaint = task(reason="faulty")
    procedure = Procedure("Complaint", {}, "", {}, {}, deeds, (), "request", HERE)
    complaint.receipts["0"] = {"number": "C1"}
    assert walk(procedure, complaint, complaint.slots).place == "1"
    complaint.receipts["2.then.0"] = {"number": "R1"}
    assert walk(procedure, complaint, complaint.slots).place == "2.then.1", "the first yes holds, the second is new"
    complaint.receipts["3"] = {"number": "G1"}
    assert walk(procedure, complaint, complaint.slots).place == "end"
