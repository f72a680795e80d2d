"""Who speaks for us: the representative, or one colleague. A change of hands is one atomic step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from courtesy.conversations import breaking, events, journal
from courtesy.conversations.models import Conversation
from courtesy.conversations.opening import state_of
from courtesy.workforce.models import Colleague, Team


def _noted(conversation: Conversation, kind: str, actor: str, at: datetime, content: dict[str, object]) -> None:
    breaking.reckon(conversation.pk)
    conversation.refresh_from_db()
    journal.write(kind, actor=actor, at=at, conversation=conversation.pk, content=content)
    events.note(conversation, "state", state_of(conversation), at=at)


@transaction.atomic
def hand_over(
    conversation: Conversation,
    *,
    team: str,
    summary: str,
    because: str,
    at: datetime,
    urgent: bool = False,
    due_at: datetime | None = None,
) -> None:
    """Pass the conversation from the representative to a team; from here on only colleagues speak."""
    named, _ = Team.objects.get_or_create(name=team)
    Conversation.objects.filter(pk=conversation.pk).update(
        speaker=Conversation.Speaker.COLLEAGUE,
        status=Conversation.Status.OPEN,
        team=named,
        holder=None,
        summary=summary,
        urgent=urgent or conversation.urgent,
        due_at=due_at,
        moved_at=at,
        version=F("version") + 1,
    )
    content: dict[str, object] = {"team": team, "because": because, "summary": summary, "urgent": urgent}
    _noted(conversation, "handed over", "representative", at, content)


@transaction.atomic
def take_over(conversation: Conversation, colleague: Colleague, at: datetime) -> bool:
    """Claim the conversation for one colleague; False when another colleague holds it already."""
    free = Q(holder__isnull=True) | Q(holder=colleague)
    taken = Conversation.objects.filter(free, pk=conversation.pk).update(
        speaker=Conversation.Speaker.COLLEAGUE,
        holder=colleague,
        status=Conversation.Status.OPEN,
        closed_at=None,
        moved_at=at,
        version=F("version") + 1,
    )
    if taken:
        _noted(conversation, "taken over", colleague.pk, at, {"by": colleague.name})
    return bool(taken)


@transaction.atomic
def hand_back(conversation: Conversation, colleague: Colleague, at: datetime) -> bool:
    """Give the conversation back to the representative; False when this colleague does not hold it."""
    given = Conversation.objects.filter(pk=conversation.pk, holder=colleague).update(
        speaker=Conversation.Speaker.REPRESENTATIVE, holder=None, due_at=None, moved_at=at, version=F("version") + 1
    )
    if given:
        _noted(conversation, "handed back", colleague.pk, at, {"by": colleague.name})
    return bool(given)


@transaction.atomic
def give_back(conversation: Conversation, at: datetime) -> None:
    """A matter is answered: the representative listens again. Nothing changes when it does already."""
    given = Conversation.objects.filter(pk=conversation.pk, speaker=Conversation.Speaker.COLLEAGUE).update(
        speaker=Conversation.Speaker.REPRESENTATIVE, holder=None, due_at=None, version=F("version") + 1
    )
    if given:
        _noted(conversation, "handed back", "system", at, {})


@transaction.atomic
def assign(conversation: Conversation, colleague: Colleague | None, by: Colleague, at: datetime) -> None:
    """Give the conversation to a colleague, or back to its team when None."""
    Conversation.objects.filter(pk=conversation.pk).update(
        speaker=Conversation.Speaker.COLLEAGUE, holder=colleague, moved_at=at, version=F("version") + 1
    )
    _noted(conversation, "assigned", by.pk, at, {"to": colleague.name if colleague else "team"})


@transaction.atomic
def close(conversation: Conversation, by: str, at: datetime, wrap_up: str = "") -> None:
    """End the conversation, with the code that says how. A later message of the customer opens it again."""
    Conversation.objects.filter(pk=conversation.pk).update(
        status=Conversation.Status.CLOSED, closed_at=at, due_at=None, wrap_up=wrap_up, version=F("version") + 1
    )
    _noted(conversation, "conversation closed", by, at, {"wrap up": wrap_up} if wrap_up else {})


@transaction.atomic
def reopen(conversation: Conversation, at: datetime, by: str = "system") -> None:
    Conversation.objects.filter(pk=conversation.pk).update(
        status=Conversation.Status.OPEN, closed_at=None, moved_at=at, version=F("version") + 1
    )
    _noted(conversation, "conversation reopened", by, at, {})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stood before something was done with it, to be put back to."""

    status: str
    speaker: str
    holder: str | None
    due_at: datetime | None
    closed_at: datetime | None
    snoozed_until: datetime | None


def standing_of(conversation: Conversation) -> Standing:
    return Standing(
        conversation.status,
        conversation.speaker,
        conversation.holder_id,
        conversation.due_at,
        conversation.closed_at,
        conversation.snoozed_until,
    )


@transaction.atomic
def put_back(conversation: Conversation, before: Standing, version: int, by: Colleague, at: datetime) -> bool:
    """Undo what was done: it stands again as before. False when it moved on since ``version``: then nothing changes."""
    back = Conversation.objects.filter(pk=conversation.pk, version=version).update(
        status=before.status,
        speaker=before.speaker,
        holder=before.holder,
        due_at=before.due_at,
        closed_at=before.closed_at,
        snoozed_until=before.snoozed_until,
        version=F("version") + 1,
    )
    if back:
        _noted(conversation, "put back", by.pk, at, {"by": by.name})
    return bool(back)
