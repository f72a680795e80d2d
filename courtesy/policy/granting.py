"""Granting: with which grade a colleague may answer an approval, and whether their own limits reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from courtesy.foundation.money import Money
from courtesy.pack.model import Pack
from courtesy.policy import counting
from courtesy.policy.authority import first_over
from courtesy.policy.models import Approval
from courtesy.workforce.delegating import company_day, held_by
from courtesy.workforce.models import Colleague

GRADES = tuple(value for value, _ in Colleague.Grade.choices)
Why = Literal["", "own request", "grade", "limit"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to an approval: the grade they decide with, for whom they stand in, or why they may not."""

    grade: str = ""
    giver: str = ""  # id of the colleague whose grade it is, when it was delegated
    why_not: Why = ""
    limit: str = ""  # the limit that does not reach


def standing(approval: Approval, by: Colleague, pack: Pack, at: datetime, *, granted: bool = True) -> Standing:
    """Four eyes: whoever asked decides nothing, nor does anybody with the delegated grade of who asked. A no needs the
    grade, a yes also limits that reach."""
    if not by.is_active:
        return Standing(why_not="grade")
    if approval.asked_by_id == by.pk:
        return Standing(why_not="own request")
    last = Standing(why_not="grade")
    for grade, giver in _grades(by, approval, at):
        if not _asked(approval, grade, by, giver):
            continue
        over = _over(approval, grade, by, pack, at) if granted else ""
        if not over:
            return Standing(grade, giver)
        last = Standing(grade, giver, "limit", over)
    return last


def _grades(by: Colleague, approval: Approval, at: datetime) -> list[tuple[str, str]]:
    """The own grade first, then what was delegated by others than the one who asked."""
    lent = held_by(by, company_day(at))
    return [(by.grade, ""), *((row.grade, row.giver_id) for row in lent if row.giver_id != approval.asked_by_id)]


def _asked(approval: Approval, grade: str, by: Colleague, giver: str) -> bool:
    """A grade is answered by that grade or above; a team by its members and by managers."""
    if approval.asked_of in GRADES:
        return GRADES.index(grade) >= GRADES.index(approval.asked_of)
    return grade == GRADES[-1] or (not giver and by.teams.filter(name=approval.asked_of).exists())


def _over(approval: Approval, grade: str, by: Colleague, pack: Pack, at: datetime) -> str:
    day = company_day(at)
    binding = counting.pages(pack, approval.act, day)
    if not binding:
        return ""
    used = counting.used(binding, by.pk, approval.customer, day, but=approval.key)
    return str(first_over(grade, approval.money, binding, used) or "")


def hold(approval: Approval, by: Colleague, pack: Pack, at: datetime) -> None:
    """What was granted counts from now on, for the customer and for who granted it."""
    day = company_day(at)
    if counting.pages(pack, approval.act, day):
        amount: Money | None = approval.money
        counting.hold(
            approval.conversation,
            key=approval.key,
            act=approval.act,
            customer=approval.customer,
            holder=approval.asked_by_id or counting.AUTOMATIC_HOLDER,
            granted_by=by.pk,
            amount=amount,
            on=day,
            at=at,
        )
