"""Escalating: who is asked next by a ladder of the pack, with an owner and a time limit; unanswered steps go up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from courtesy.conversations import events, journal
from courtesy.conversations.models import Case, Conversation, Escalation
from courtesy.pack.matters import Ladder, Rung
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.workforce.models import Colleague

MOST = 500
_WAITING = Escalation.Status.WAITING


def ladder_for(pack: Pack, matter: str) -> Ladder | None:
    """The company's ladder for a complaint, a question, an approval or somebody in difficulty."""
    return next((ladder for ladder in pack.ladders.values() if matter in ladder.serves), None)


@transaction.atomic
def escalate(
    conversation: Conversation,
    pack: Pack,
    *,
    matter: str,
    key: str,
    because: str,
    at: datetime,
    case: Case | None = None,
    first: str = "",
    from_grade: str = "",
) -> Escalation | None:
    """Ask the first step of the ladder for this ``matter``. The same ``key`` waits once; ``first`` is a team to ask
    instead of the first, ``from_grade`` leaves the steps below that grade out. None when the pack has no ladder."""
    ladder = ladder_for(pack, matter)
    if ladder is None or not ladder.rungs:
        return None
    if known := Escalation.objects.filter(key=key, status=_WAITING).first():
        return known
    step = _step_of(ladder, from_grade) if from_grade else 0
    return _ask(conversation, pack, ladder, step, key, because, at, case, first)


def _step_of(ladder: Ladder, grade: str) -> int:
    """The first step of this grade or above; the last one where no step reaches."""
    order = Colleague.Grade.values
    reach = [n for n, r in enumerate(ladder.rungs) if r.to in order and order.index(r.to) >= order.index(grade)]
    return reach[0] if reach else len(ladder.rungs) - 1


def _ask(
    conversation: Conversation,
    pack: Pack,
    ladder: Ladder,
    step: int,
    key: str,
    because: str,
    at: datetime,
    case: Case | None,
    instead: str = "",
) -> Escalation:
    rung: Rung = ladder.rungs[step]
    row = Escalation.objects.create(
        conversation=conversation,
        case=case,
        key=key,
        ladder=ladder.name,
        step=step,
        kind="functional" if instead else rung.kind,
        asked_of=instead or rung.to,
        because=because[:300],
        asked_at=at,
        due_at=add_business(pack.company, at, rung.within),
    )
    _note(row, "escalated", "system", at)
    return row


@transaction.atomic
def own(row: Escalation, colleague: Colleague, at: datetime) -> bool:
    """A colleague says: this is mine now. False when it does not wait any more, or for somebody else."""
    if not may_answer(row, colleague):
        return False
    taken = Escalation.objects.filter(pk=row.pk, status=_WAITING).update(owner=colleague)
    if taken:
        row.owner = colleague
        _note(row, "escalation taken", colleague.pk, at)
    return bool(taken)


@transaction.atomic
def settle(key: str, at: datetime, by: str, status: str = Escalation.Status.ANSWERED) -> int:
    """What was asked is answered, or no longer needed; returns how many steps waited."""
    waiting = list(Escalation.objects.filter(key=key, status=_WAITING))
    for row in waiting:
        row.status, row.settled_at = status, at
        row.save(update_fields=["status", "settled_at"])
        _note(row, "escalation answered" if status == Escalation.Status.ANSWERED else "escalation withdrawn", by, at)
    return len(waiting)


def answered_in(conversation_id: str, at: datetime, by: str) -> int:
    """A colleague has spoken to the customer: what waited in this conversation for that is answered."""
    keys = Escalation.objects.filter(conversation=conversation_id, status=_WAITING, key__startswith="difficulty:")
    return sum(settle(key, at, by) for key in set(keys.values_list("key", flat=True)))


def may_answer(row: Escalation, colleague: Colleague) -> bool:
    """A team's step its members and managers; a grade's step that grade or above."""
    if row.kind == "management":
        return colleague.has_grade(row.asked_of)
    return colleague.has_grade("team lead") or colleague.teams.filter(name=row.asked_of).exists()


def waiting_for(colleague: Colleague) -> QuerySet[Escalation]:
    """What this colleague is asked, the most urgent first."""
    waiting = Escalation.objects.filter(status=_WAITING).order_by("due_at", "pk")
    if colleague.has_grade("manager"):
        return waiting
    grades = [grade for grade in Colleague.Grade.values if colleague.has_grade(grade)]
    teams = list(colleague.teams.values_list("name", flat=True))
    return waiting.filter(asked_of__in=[*grades, *teams])


def go_up(pack: Pack, at: datetime) -> int:
    """Every step whose time is over goes up by itself; the last is flagged once. Returns how many moved."""
    late = Escalation.objects.filter(status=_WAITING, due_at__lt=at, overdue_at=None)
    moved = 0
    for row in late.select_related("conversation", "case").order_by("due_at")[:MOST]:
        with transaction.atomic():
            moved += _raise(row, pack, at)
    return moved


def _raise(row: Escalation, pack: Pack, at: datetime) -> int:
    ladder = pack.ladders.get(row.ladder)
    held = Escalation.objects.select_for_update().get(pk=row.pk)
    if held.status != _WAITING:
        return 0
    if ladder is None or held.step + 1 >= len(ladder.rungs):
        held.overdue_at = at
        held.save(update_fields=["overdue_at"])
        _note(held, "escalation overdue", "system", at)
        return 1
    held.status, held.settled_at = Escalation.Status.RAISED, at
    held.save(update_fields=["status", "settled_at"])
    _ask(row.conversation, pack, ladder, held.step + 1, held.key, held.because, at, row.case)
    return 1


def _note(row: Escalation, kind: str, by: str, at: datetime) -> None:
    content = {
        "case": row.case.number if row.case else "",
        "ladder": row.ladder,
        "step": row.step + 1,
        "asked of": row.asked_of,
        "because": row.because,
        "due": row.due_at,
    }
    journal.write(kind, actor=by, at=at, conversation=row.conversation_id, content=content)
    told = {"escalation": row.pk, "status": row.status, "asked of": row.asked_of}
    events.note(row.conversation, "escalation", told, at=at, internal=True)
