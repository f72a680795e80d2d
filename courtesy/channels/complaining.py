"""Complaints as time goes by: the answer reaches the customer, clocks warn and break, the customer is asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from courtesy.channels import delivery
from courtesy.channels.turns import Doors
from courtesy.conversations import breaking, difficulty, escalating, events, holding, messages
from courtesy.conversations.complaints import answering, clocks
from courtesy.conversations.complaints.answering import Answer
from courtesy.conversations.models import Clock, Complaint, Conversation, Message
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.representative import complaint_words, turn
from courtesy.representative.dissatisfaction import expect_follow_up
from courtesy.workforce.models import Colleague

CLOSED_AFTER = timedelta(days=14)  # of silence after the customer was asked whether it is right now
_OPEN = (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING)


@transaction.atomic
def answer_complaint(complaint: Complaint, answer: Answer, by: Colleague, at: datetime) -> str:
    """Decide a complaint and tell the customer: the reasons, the solution and what else can be had, and who decides
    when that is not enough. Returns what is missing, "" when it was sent."""
    pack = editions.in_force(at)
    conversation = Conversation.objects.select_for_update().get(pk=complaint.case.conversation_id)
    if conversation.holder_id not in (None, by.pk):
        return f"{conversation.holder} is speaking with this customer"
    if lacking := answering.answer_complaint(complaint, answer, pack, by, at):
        return lacking
    complaint.refresh_from_db()
    text = complaint_words.answer_text(pack, complaint, conversation.language)
    key = f"complaint answer:{complaint.pk}:{complaint.reopened}"
    message = messages.say(conversation, author=Message.Author.COLLEAGUE, text=text, at=at, colleague=by, answers=key)
    delivery.send(message)
    difficulty.answered(conversation.pk, at, by.pk)
    escalating.settle(escalation_key(complaint), at, by.pk)
    Message.objects.filter(conversation=conversation, author=Message.Author.CUSTOMER, answered_at__isnull=True).update(
        answered_at=at
    )
    holding.give_back(conversation, at)
    return ""


def escalation_key(complaint: Complaint) -> str:
    return f"complaint:{complaint.pk}:{complaint.reopened}"


def keep_time(at: datetime) -> dict[str, int]:
    """Everything that is due by now: returns how many clocks were warned of and broke, steps went up, customers were
    asked, complaints closed. Safe to call at any time and again."""
    pack = editions.in_force(at)
    return {
        "warned": sum(_warn(clock, pack, at) for clock in clocks.about_to_break(at)),
        "broken": sum(_break(clock, pack, at) for clock in clocks.run_out(at)),
        "raised": escalating.go_up(pack, at),
        "asked": sum(_follow_up(complaint, at) for complaint in answering.to_follow_up(at)),
        "closed": sum(_close(complaint, at) for complaint in _silent(at)),
    }


@transaction.atomic
def _warn(clock: Clock, pack: Pack, at: datetime) -> int:
    """Colleagues are warned: the step is asked of its ladder, and the conversation has the clock's date."""
    if not Clock.objects.filter(pk=clock.pk, status=Clock.Status.RUNNING, warned_at=None).update(warned_at=at):
        return 0
    clocks.note(clock, "clock warned", "system", at, due=clock.due_at)
    _to_inbox(clock, at)
    case = clock.complaint.case
    because = f"{case.number}: {clock.name}"
    escalating.escalate(
        case.conversation,
        pack,
        matter="complaint",
        key=escalation_key(clock.complaint),
        because=because,
        at=at,
        case=case,
        first=clock.complaint.team.name if clock.complaint.team else "",
    )
    return 1


def _to_inbox(clock: Clock, at: datetime) -> None:
    """The conversation shows in the inbox with the clock's date, and as overdue once that is past."""
    conversation = clock.complaint.case.conversation
    sooner = Q(due_at__isnull=True) | Q(due_at__gt=clock.due_at) | ~Q(status=Conversation.Status.OPEN)
    Conversation.objects.filter(sooner, pk=conversation.pk).update(
        due_at=clock.due_at, status=Conversation.Status.OPEN, closed_at=None, version=F("version") + 1
    )
    told = {"clock": clock.pk, "due": clock.due_at.isoformat()}
    events.note(conversation, "clock", told, at=at, internal=True)


@transaction.atomic
def _break(clock: Clock, pack: Pack, at: datetime) -> int:
    """The time is over: it stands in the record, and the customer is told truly, with who else can decide."""
    broken = {"status": Clock.Status.BROKEN, "warned_at": clock.warned_at or at}
    if not Clock.objects.filter(pk=clock.pk, status=Clock.Status.RUNNING).update(**broken):
        return 0
    clocks.note(clock, "clock broken", "system", at, due=clock.due_at, article=clock.article)
    _to_inbox(clock, at)
    complaint = clock.complaint
    if clock.ends_with == "acknowledged" or complaint.stage not in _OPEN:
        return 1
    conversation = Conversation.objects.get(pk=complaint.case.conversation_id)
    text = complaint_words.overdue_text(pack, complaint, clock.due_at, conversation.language)
    due = conversation.due_at
    message = messages.say(
        conversation,
        author=Message.Author.REPRESENTATIVE,
        text=text,
        at=at,
        answers=f"complaint overdue:{complaint.pk}:{complaint.reopened}",
    )
    delivery.send(message)
    Conversation.objects.filter(pk=conversation.pk).update(status=Conversation.Status.OPEN, due_at=due)
    breaking.reckon(conversation.pk)
    return 1


def _follow_up(complaint: Complaint, at: datetime) -> int:
    """Ask the customer whether it is right now, unless a colleague is speaking with them or nothing may be asked."""
    conversation = complaint.case.conversation
    if difficulty.stopped(conversation.customer_id, "surveys"):
        answering.followed_up(complaint, at)
        return 0
    with transaction.atomic():
        told = turn.speak_up(
            conversation.pk, lambda situation: expect_follow_up(situation, complaint), at=at, doors=Doors()
        )
        if told is None:
            return 0
        answering.followed_up(complaint, at)
    return 1


def _silent(at: datetime) -> list[Complaint]:
    """Answered, followed up, and nothing heard since."""
    found = Complaint.objects.filter(stage=Complaint.Stage.ANSWERED, followed_up_at__lte=at - CLOSED_AFTER)
    return list(found.select_related("case")[: answering.MOST])


def _close(complaint: Complaint, at: datetime) -> int:
    return int(not answering.close(complaint, at, "system"))
