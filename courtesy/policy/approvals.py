"""Approvals: asked for with everything needed to decide, answered once by somebody who may, or expired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from courtesy.conversations import escalating, events, journal
from courtesy.conversations.models import Case, Conversation
from courtesy.foundation.money import Money
from courtesy.pack.model import Pack
from courtesy.policy import counting, granting
from courtesy.policy.models import Approval, DecisionLink
from courtesy.workforce.delegating import company_day, grades_of
from courtesy.workforce.models import Colleague

GRADES = granting.GRADES
_WAITING = Approval.Status.WAITING


class NotAllowedError(Exception):
    """This colleague may not decide this approval; ``why`` says the reason in a word of ``granting.Why``."""

    def __init__(self, message: str, why: str = "grade") -> None:
        super().__init__(message)
        self.why = why


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
    pack: Pack,
    case: Case | None = None,
    asked_by: Colleague | None = None,
    amount: Money | None = None,
    customer: str = "",
) -> Approval:
    """Ask a person for a yes or no to one deed. The same key twice is one approval. ``asked_by`` is the colleague who
    wants it, None the automatic representative. It goes up the pack's ladder for approvals while nobody answers."""
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
            "asked_by": asked_by,
            "amount": amount.amount if amount is not None else None,
            "currency": amount.currency if amount is not None else "",
            "customer": customer,
            "asked_at": at,
        },
    )
    if made:
        content = {"approval": approval.pk, "act": act, "asked of": asked_of, "summary": summary, "verdict": verdict}
        actor = asked_by.pk if asked_by is not None else "representative"
        journal.write("approval asked", actor=actor, at=at, conversation=conversation.pk, content=content)
        events.note(conversation, "approval", {"approval": approval.pk, "status": "waiting"}, at=at, internal=True)
        by_grade = asked_of in GRADES
        escalating.escalate(
            conversation,
            pack,
            matter="approval",
            key=ladder_key(approval),
            because=summary,
            at=at,
            case=case,
            first="" if by_grade else asked_of,
            from_grade=asked_of if by_grade else "",
        )
    return approval


def ladder_key(approval: Approval) -> str:
    return f"approval:{approval.pk}"


def find(id: str) -> Approval | None:
    return Approval.objects.filter(pk=id).first()


def by_key(key: str) -> Approval | None:
    return Approval.objects.filter(key=key).first()


def waiting_for(colleague: Colleague, at: datetime) -> QuerySet[Approval]:
    """Approvals this colleague may look at, longest waiting first: their grades', with those delegated, and teams'."""
    waiting = Approval.objects.filter(status=_WAITING).order_by("asked_at")
    grades = grades_of(colleague, company_day(at))
    if "manager" in grades:
        return waiting
    teams = list(colleague.teams.values_list("name", flat=True))
    return waiting.filter(asked_of__in=[*grades, *teams])


@transaction.atomic
def decide(
    approval: Approval, *, by: Colleague, granted: bool, reason: str, at: datetime, pack: Pack, through: str = "desk"
) -> Approval:
    """Answer an approval, once. Raises NotAllowedError, AlreadyDecidedError, or ValueError when a no has no reason.

    A yes counts against the granter's own limits, and is held from this moment on. Whoever asked may not grant."""
    if not granted and not reason.strip():
        raise ValueError("say why: the customer and the record need a reason for a no")
    Conversation.objects.select_for_update().get(pk=approval.conversation_id)
    approval.refresh_from_db()
    if approval.status != _WAITING:
        raise AlreadyDecidedError(approval)
    if granted:
        counting.lock()
    standing = granting.standing(approval, by, pack, at, granted=granted)
    if standing.why_not:
        raise NotAllowedError(f"{by} may not decide what was asked of {approval.asked_of}", standing.why_not)
    approval.status = Approval.Status.GRANTED if granted else Approval.Status.REFUSED
    approval.decided_by, approval.reason, approval.decided_at = by, reason.strip(), at
    approval.decided_through = through
    approval.save(update_fields=["status", "decided_by", "reason", "decided_at", "decided_through"])
    if granted:
        granting.hold(approval, by, pack, at)
    more = {"through": through, "grade": standing.grade, "standing for": standing.giver, "limit": standing.limit}
    _noted(approval, by.pk, at, more)
    return approval


@transaction.atomic
def withdraw(approval: Approval, at: datetime) -> None:
    """The customer no longer wants the deed; nobody needs to decide."""
    _end(approval, Approval.Status.WITHDRAWN, "customer", at)


@transaction.atomic
def expire(approval: Approval, at: datetime) -> bool:
    """Nobody answered in time, up to the last who could have. False when it does not wait any more."""
    Conversation.objects.select_for_update().get(pk=approval.conversation_id)
    return _end(approval, Approval.Status.EXPIRED, "system", at)


@transaction.atomic
def raise_to(approval: Approval, grade: str, at: datetime) -> bool:
    """The next grade is asked; what was sent to those before is answered no more by them alone."""
    moved = Approval.objects.filter(pk=approval.pk, status=_WAITING, asked_of=approval.asked_of).update(asked_of=grade)
    if moved:
        content = {"approval": approval.pk, "asked of": grade, "before": approval.asked_of}
        journal.write("approval raised", actor="system", at=at, conversation=approval.conversation_id, content=content)
        approval.asked_of = grade
        DecisionLink.objects.filter(approval=approval, used_at=None, revoked_at=None).update(revoked_at=at)
    return bool(moved)


def _end(approval: Approval, status: str, actor: str, at: datetime) -> bool:
    changed = Approval.objects.filter(pk=approval.pk, status=_WAITING).update(status=status, decided_at=at)
    if changed:
        approval.refresh_from_db()
        _noted(approval, actor, at, {})
    return bool(changed)


def _noted(approval: Approval, actor: str, at: datetime, more: Mapping[str, str]) -> None:
    """Into the journal; no link works any more, and nobody is asked further."""
    content = {"approval": approval.pk, "act": approval.act, "summary": approval.summary, "reason": approval.reason}
    content |= {name: value for name, value in more.items() if value}
    journal.write(
        f"approval {approval.status}", actor=actor, at=at, conversation=approval.conversation_id, content=content
    )
    DecisionLink.objects.filter(approval=approval, used_at=None, revoked_at=None).update(revoked_at=at)
    escalating.settle(ladder_key(approval), at, actor)
    events.note(
        approval.conversation, "approval", {"approval": approval.pk, "status": approval.status}, at=at, internal=True
    )
