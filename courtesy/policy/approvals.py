"""Approvals: asked for with everything needed to decide, answered once by somebody who may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from courtesy.conversations import events, journal
from courtesy.conversations.models import Case, Conversation
from courtesy.policy.models import Approval
from courtesy.workforce.models import Colleague

GRADES = tuple(value for value, _ in Colleague.Grade.choices)


class NotAllowedError(Exception):
    """This colleague may not decide this approval."""


class AlreadyDecidedError(Exception):
    """Somebody decided before; ``approval`` says who and how."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(approval.pk)
        self.approval = approval


@transaction.atomic
def ask(
    conversation: Conversation,
    *,
    key: str,
    task: str,
    act: str,
    deed: Mapping[str, Any],
    summary: str,
    verdict: Mapping[str, Any],
    asked_of: str,
    at: datetime,
    case: Case | None = None,
) -> Approval:
    """Ask a person for a yes or no to one deed. The same key twice is one approval."""
    approval, made = Approval.objects.get_or_create(
        key=key,
        defaults={
            "conversation": conversation,
            "case": case,
            "task": task,
            "act": act,
            "deed": journal.plain(deed),
            "summary": summary,
            "verdict": journal.plain(verdict),
            "asked_of": asked_of,
            "asked_at": at,
        },
    )
    if made:
        journal.write(
            "approval asked",
            actor="representative",
            at=at,
            conversation=conversation.pk,
            content={"approval": approval.pk, "act": act, "asked of": asked_of, "summary": summary, "verdict": verdict},
        )
        events.note(conversation, "approval", {"approval": approval.pk, "status": "waiting"}, at=at, internal=True)
    return approval


def find(id: str) -> Approval | None:
    return Approval.objects.filter(pk=id).first()


def may_decide(approval: Approval, colleague: Colleague) -> bool:
    """A grade may be decided by that grade or above; a team's approval by its members and by managers."""
    if not colleague.is_active:
        return False
    if approval.asked_of in GRADES:
        return colleague.has_grade(approval.asked_of)
    return colleague.has_grade("manager") or colleague.teams.filter(name=approval.asked_of).exists()


def waiting_for(colleague: Colleague) -> QuerySet[Approval]:
    """Approvals this colleague may decide, longest waiting first."""
    waiting = Approval.objects.filter(status=Approval.Status.WAITING).order_by("asked_at")
    if colleague.has_grade("manager"):
        return waiting
    grades = [grade for grade in GRADES if colleague.has_grade(grade)]
    teams = list(colleague.teams.values_list("name", flat=True))
    return waiting.filter(asked_of__in=[*grades, *teams])


@transaction.atomic
def decide(approval: Approval, *, by: Colleague, granted: bool, reason: str, at: datetime) -> Approval:
    """Answer an approval, once. Raises NotAllowedError, AlreadyDecidedError, or ValueError when a no has no reason."""
    if not may_decide(approval, by):
        raise NotAllowedError(f"{by} may not decide what was asked of {approval.asked_of}")
    if not granted and not reason.strip():
        raise ValueError("say why: the customer and the record need a reason for a no")
    status = Approval.Status.GRANTED if granted else Approval.Status.REFUSED
    Conversation.objects.select_for_update().get(pk=approval.conversation_id)
    changed = Approval.objects.filter(pk=approval.pk, status=Approval.Status.WAITING).update(
        status=status, decided_by=by, reason=reason.strip(), decided_at=at
    )
    approval.refresh_from_db()
    if not changed:
        raise AlreadyDecidedError(approval)
    _noted(approval, by.pk, at)
    return approval


@transaction.atomic
def withdraw(approval: Approval, at: datetime) -> None:
    """The customer no longer wants the deed; nobody needs to decide."""
    if Approval.objects.filter(pk=approval.pk, status=Approval.Status.WAITING).update(
        status=Approval.Status.WITHDRAWN, decided_at=at
    ):
        approval.refresh_from_db()
        _noted(approval, "customer", at)


def _noted(approval: Approval, actor: str, at: datetime) -> None:
    journal.write(
        f"approval {approval.status}",
        actor=actor,
        at=at,
        conversation=approval.conversation_id,
        content={"approval": approval.pk, "act": approval.act, "summary": approval.summary, "reason": approval.reason},
    )
    events.note(
        approval.conversation, "approval", {"approval": approval.pk, "status": approval.status}, at=at, internal=True
    )
