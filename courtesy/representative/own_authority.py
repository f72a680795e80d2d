"""The automatic representative's authority: a deed is counted before it is done, and never more than was granted."""

from __future__ import annotations

from courtesy.foundation.money import CurrencyMismatchError
from courtesy.policy import approvals, limits
from courtesy.representative.deeds import request_for
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation


def hold(situation: Situation, task: Task, act: str, key: str) -> None:
    """Count the deed that is about to be done."""
    limits.hold(request_for(situation, task, act), situation.conversation, situation.pack, key=key)


def grown(situation: Situation, task: Task, act: str, key: str) -> bool:
    """Whether the deed would give more now than the amount that a person said yes to."""
    approval = approvals.by_key(key)
    if approval is None or approval.money is None:
        return False
    now = limits.amount_of(request_for(situation, task, act))
    try:
        return now is None or now > approval.money
    except CurrencyMismatchError:
        return True
