"""What a record says was done: an act without a verdict of its own, or against it, is found out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from courtesy.conversations.models import JournalEntry
from courtesy.policy.permitted import acts_of

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ALLOW = {"act": "refund", "task": "t1", "decision": "allow", "policy": "Refund limits", "rule": "Small refunds"}
ASK = ALLOW | {"decision": "ask"}
REFUSE = ALLOW | {"decision": "refuse", "rule": "Return period is over"}
DEED = {"act": "refund", "task": "t1", "receipt": "R1"}
ASKED = {"approval": "a1", "act": "refund", "verdict": ASK}


def acts(*entries: tuple[str, dict[str, Any]]) -> Any:
    return acts_of(
        JournalEntry(sequence=number, kind=kind, content=content, at=AT)
        for number, (kind, content) in enumerate(entries, 1)
    )


def test_an_act_that_a_named_rule_allowed_is_permitted() -> None:
    found = acts(("verdict", ALLOW), ("deed", DEED))
    assert (found.done, found.unpermitted) == (("refund",), ())


@pytest.mark.parametrize(
    "before",
    [
        [],
        [("verdict", REFUSE)],
        [("verdict", ASK)],
        [("verdict", ALLOW), ("verdict", REFUSE)],
        [("verdict", ALLOW | {"rule": ""})],
        [("verdict", ALLOW | {"task": "t2"})],
        [("verdict", ALLOW | {"act": "open return"})],
        [("verdict", ALLOW), ("deed", DEED)],
        [("verdict", ASK), ("approval asked", ASKED)],
        [("verdict", ASK), ("approval asked", ASKED), ("approval refused", {"approval": "a1", "act": "refund"})],
        [("verdict", ASK), ("approval granted", {"approval": "a1", "act": "refund"})],
        [("approval asked", ASKED), ("approval granted", {"approval": "a1"}), ("verdict", REFUSE)],
    ],
    ids=["no verdict", "refused", "asked only", "refused last", "no rule", "another's", "another act", "done twice",
         "waiting", "a no", "a yes nobody asked for", "refused after the yes"],
)  # fmt: skip
def test_an_act_that_nothing_permitted_is_found(before: list[tuple[str, dict[str, Any]]]) -> None:
    assert acts(*before, ("deed", DEED)).unpermitted == ("refund",)


def test_a_yes_to_what_was_asked_permits_it_once() -> None:
    asked = [("verdict", ASK), ("approval asked", ASKED), ("approval granted", {"approval": "a1", "act": "refund"})]
    again = [("verdict", ASK), ("deed", DEED)]  # the guard is asked once more before the deed
    assert acts(*asked, *again).unpermitted == ()
    assert acts(*asked, *again, *again).unpermitted == ("refund",)


def test_what_was_asked_and_refused_is_counted_once_for_a_wish_and_named() -> None:
    shop = {"act": "exchange", "task": "t3", "why": "sold out"}
    found = acts(("verdict", ASK), ("verdict", ASK), ("verdict", REFUSE), ("verdict", REFUSE), ("shop refused", shop))
    assert found.asked == ("refund",)
    assert found.refused == ("refund: Return period is over", "exchange: sold out")
