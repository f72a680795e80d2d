"""People in difficulty: noticed, treated by a written protocol, answered by a person, reviewed afterwards."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from courtesy.conversations import cases, escalating, journal
from courtesy.conversations.models import Case, Conversation, Difficulty
from courtesy.pack.matters import Protocol
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.workforce.models import Colleague


@transaction.atomic
def notice(
    conversation: Conversation, pack: Pack, protocol: Protocol, evidence: str, at: datetime, case: Case | None = None
) -> tuple[Difficulty, bool]:
    """Follow a protocol: note what is stopped, call its team, owe a review. The second value says whether it is new;
    in one conversation a protocol is followed once until it is reviewed. ``case``: the complaint registered for it."""
    known = Difficulty.objects.filter(conversation=conversation, protocol=protocol.name, reviewed_at=None).first()
    if known is not None:
        return known, False
    due = add_business(pack.company, at, protocol.within).astimezone(ZoneInfo("UTC"))
    case = case or cases.open_case(
        conversation, kind=Case.Kind.REQUEST, title=protocol.name, at=at, procedure=protocol.name, due_at=due
    )
    row = Difficulty.objects.create(
        conversation=conversation,
        case=case,
        customer=conversation.customer,
        protocol=protocol.name,
        evidence=evidence[:200],
        stops=list(protocol.stops),
        calls=protocol.calls,
        noticed_at=at,
        due_at=due,
        reviewed_by_grade=protocol.reviewed_by,
        review_due_at=add_business(pack.company, at, protocol.reviewed_within),
    )
    content = {
        "case": case.number,
        "protocol": protocol.name,
        "evidence": row.evidence,
        "stopped": row.stops,
        "called": protocol.calls,
        "due": due,
    }
    journal.write("protocol followed", actor="representative", at=at, conversation=conversation.pk, content=content)
    escalating.escalate(
        conversation,
        pack,
        matter="difficulty",
        key=f"difficulty:{row.pk}",
        because=protocol.name,
        at=at,
        case=case,
        first=protocol.calls,
    )
    return row, True


def stopped(customer_id: str, what: str) -> bool:
    """Whether something (``pack.vocabulary.STOPS``) is stopped for this customer until a review is done."""
    rows = Difficulty.objects.filter(customer=customer_id, reviewed_at=None).values_list("stops", flat=True)
    return any(what in stops for stops in rows)


@transaction.atomic
def answered(conversation_id: str, at: datetime, by: str) -> None:
    """A colleague has spoken to the customer: the protocol's time stands, nobody further up is asked."""
    waiting = Difficulty.objects.filter(conversation=conversation_id, answered_at=None)
    for row in waiting.select_related("case"):
        row.answered_at = at
        row.save(update_fields=["answered_at"])
        content = {"case": row.case.number, "protocol": row.protocol, "in time": at <= row.due_at}
        journal.write("protocol answered", actor=by, at=at, conversation=conversation_id, content=content)
    escalating.answered_in(conversation_id, at, by)


def to_review(colleague: Colleague) -> QuerySet[Difficulty]:
    """What this colleague may review, the most urgent first."""
    grades = [grade for grade in Colleague.Grade.values if colleague.has_grade(grade)]
    found = Difficulty.objects.filter(reviewed_at=None, reviewed_by_grade__in=grades)
    return found.order_by("review_due_at", "pk")


@transaction.atomic
def review(row: Difficulty, by: Colleague, text: str, at: datetime) -> str:
    """Look at it afterwards: what went well, what must change. It ends what was stopped, and the case may close.
    Returns why that cannot be, "" when done."""
    row = Difficulty.objects.select_for_update().select_related("case").get(pk=row.pk)
    if row.reviewed_at is not None:
        return "this was reviewed already"
    if not by.has_grade(row.reviewed_by_grade):
        return f"the review is for a {row.reviewed_by_grade} or above"
    if row.answered_at is None:
        return "nobody has answered the customer yet"
    if not text.strip():
        return "write what went well and what must change"
    row.reviewed_at, row.reviewed_by, row.review = at, by, text.strip()
    row.save(update_fields=["reviewed_at", "reviewed_by", "review"])
    content = {"case": row.case.number, "protocol": row.protocol, "review": row.review}
    journal.write("protocol reviewed", actor=by.pk, at=at, conversation=row.conversation_id, content=content)
    if row.case.kind != Case.Kind.COMPLAINT:
        cases.settle_case(row.case, Case.Status.SOLVED, at, by.pk)
    return ""
