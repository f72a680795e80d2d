"""Cases: matters with a number, opened and settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from courtesy.conversations import journal
from courtesy.conversations.models import Case, Conversation, Difficulty
from courtesy.conversations.numbering import next_value

_PREFIX = {str(Case.Kind.COMPLAINT): "C"}


@transaction.atomic
def open_case(
    conversation: Conversation,
    *,
    kind: str,
    title: str,
    at: datetime,
    procedure: str = "",
    task: str = "",
    details: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Case:
    """Register a matter. With a ``task``, the same task twice in a conversation and kind is one case."""
    if task and (known := Case.objects.filter(conversation=conversation, task=task, kind=kind).first()):
        return known
    number = f"{_PREFIX.get(str(kind), 'S')}{at:%y}-{next_value('case'):06d}"
    case = Case.objects.create(
        number=number,
        conversation=conversation,
        customer=conversation.customer,
        kind=kind,
        title=title[:300],
        procedure=procedure,
        task=task,
        details=journal.plain(details),
        opened_at=at,
        due_at=due_at,
    )
    journal.write(
        "case opened",
        actor="representative",
        at=at,
        conversation=conversation.pk,
        content={"case": number, "kind": kind, "title": title, "procedure": procedure, "due": due_at},
    )
    return case


@transaction.atomic
def settle_case(case: Case, status: str, at: datetime, by: str = "representative") -> None:
    """Set where a case stands; solved and dropped cases are closed. One that a protocol for people in difficulty
    was followed in waits until a lead has reviewed it."""
    if case.status == status:
        return
    if status in (Case.Status.SOLVED, Case.Status.DROPPED) and _waits_for_review(case):
        content = {"case": case.number, "wanted": status}
        journal.write("case waits for review", actor=by, at=at, conversation=case.conversation_id, content=content)
        status = Case.Status.WAITING
        if case.status == status:
            return
    case.status = status
    case.closed_at = at if status in (Case.Status.SOLVED, Case.Status.DROPPED) else None
    case.save(update_fields=["status", "closed_at"])
    kind = "case closed" if case.closed_at else "case waits" if status == Case.Status.WAITING else "case opened again"
    content = {"case": case.number, "status": status}
    journal.write(kind, actor=by, at=at, conversation=case.conversation_id, content=content)


def _waits_for_review(case: Case) -> bool:
    return Difficulty.objects.filter(case=case, reviewed_at=None).exists()
