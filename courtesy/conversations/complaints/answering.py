"""Answering a complaint: a decision with its reasons, a solution and alternatives; then the customer is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from courtesy.conversations import cases, journal, promises
from courtesy.conversations.complaints import clocks
from courtesy.conversations.models import Case, Complaint
from courtesy.pack.complaining import alternatives_needed, follow_up_after, recourse_for
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.workforce.models import Colleague

MOST = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What the company decides: ``outcome`` is one of Complaint.Outcome, ``text`` the reasons."""

    outcome: str
    text: str
    solution: str = ""
    alternatives: Sequence[str] = field(default_factory=tuple)


def missing(answer: Answer, complaint: Complaint, pack: Pack) -> str:
    """What this answer lacks, in words for the colleague; "" when it may be given."""
    if complaint.stage not in (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING):
        return "this complaint is answered already"
    if answer.outcome not in Complaint.Outcome.values:
        return "say how it was decided"
    if not answer.text.strip():
        return "write the answer, with its reasons"
    if not complaint.findings.strip():
        return "write first what was found out"
    if answer.outcome in (Complaint.Outcome.UPHELD, Complaint.Outcome.PARTLY) and not answer.solution.strip():
        return "offer a solution"
    needed = alternatives_needed(pack)
    full = answer.outcome in (Complaint.Outcome.UPHELD, Complaint.Outcome.WITHDRAWN)
    if not full and len([one for one in answer.alternatives if one.strip()]) < needed:
        return "offer an alternative too"
    return ""


@transaction.atomic
def answer_complaint(complaint: Complaint, answer: Answer, pack: Pack, by: Colleague, at: datetime) -> str:
    """Keep the answer, settle the clocks, name the next recourse and set the day of the follow-up. Returns what is
    missing, "" when done; telling the customer is ``channels.complaining``'s."""
    complaint = Complaint.objects.select_for_update().select_related("case").get(pk=complaint.pk)
    if lacking := missing(answer, complaint, pack):
        return lacking
    bodies = recourse_for(pack, complaint.country, complaint.category)
    complaint.outcome, complaint.answer, complaint.solution = answer.outcome, answer.text.strip(), answer.solution
    complaint.alternatives = [one.strip() for one in answer.alternatives if one.strip()]
    complaint.recourse = [body.name for body in bodies]
    complaint.owner = complaint.owner or by
    complaint.stage, complaint.answered_at = Complaint.Stage.ANSWERED, at
    after = follow_up_after(pack)
    complaint.follow_up_at = add_business(pack.company, at, after) if after else None
    complaint.save()
    content = {
        "case": complaint.case.number,
        "outcome": answer.outcome,
        "answer": complaint.answer,
        "solution": complaint.solution,
        "alternatives": complaint.alternatives,
        "recourse": complaint.recourse,
    }
    journal.write(
        "complaint answered", actor=by.pk, at=at, conversation=complaint.case.conversation_id, content=content
    )
    clocks.settle(complaint, "answered", at, by.pk)
    for owed in complaint.case.promises.filter(status__in=("open", "late")):
        promises.keep(owed, by.pk, at)
    cases.settle_case(complaint.case, Case.Status.WAITING, at, by.pk)
    return ""


def to_follow_up(at: datetime) -> list[Complaint]:
    """Answered complaints whose customer is to be asked now whether it is right."""
    found = Complaint.objects.filter(follow_up_at__lte=at, followed_up_at=None)
    return list(found.select_related("case__conversation__customer").order_by("follow_up_at")[:MOST])


@transaction.atomic
def followed_up(complaint: Complaint, at: datetime) -> None:
    complaint.followed_up_at = at
    complaint.save(update_fields=["followed_up_at"])
    content = {"case": complaint.case.number}
    journal.write(
        "complaint followed up", actor="system", at=at, conversation=complaint.case.conversation_id, content=content
    )


@transaction.atomic
def close(complaint: Complaint, at: datetime, by: str, *, content: bool | None = None) -> str:
    """End it: the customer is content, or said nothing. An open one must be answered first; "" when done."""
    if complaint.stage not in (Complaint.Stage.ANSWERED, Complaint.Stage.CLOSED):
        return "answer it first"
    complaint.stage, complaint.closed_at = Complaint.Stage.CLOSED, at
    complaint.content = complaint.content if content is None else content
    complaint.save(update_fields=["stage", "closed_at", "content"])
    written = {"case": complaint.case.number, "content": complaint.content}
    journal.write("complaint closed", actor=by, at=at, conversation=complaint.case.conversation_id, content=written)
    clocks.settle(complaint, "closed", at, by)
    cases.settle_case(complaint.case, Case.Status.SOLVED, at, by)
    return ""
