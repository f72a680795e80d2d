"""Departments: a colleague asks one about a case, and sends its answer on to the customer by one act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels import replying
from courtesy.channels.answering import answer_question
from courtesy.channels.bringing import bring_question
from courtesy.conversations import asking_others, cases, holding
from courtesy.conversations.models import Case, Conversation, SideConversation
from courtesy.pack.model import Pack
from courtesy.representative.proofreading import denied_by_colleague
from courtesy.workforce.models import Colleague


@transaction.atomic
def ask(
    conversation: Conversation, pack: Pack, *, to: str, question: str, by: Colleague, at: datetime, address: str = ""
) -> SideConversation:
    """A colleague asks others about a conversation."""
    case = _question(conversation, question, to, at)
    first = asking_others.open_side(case, pack, to=to, question=question, at=at, by=by, address=address)
    bring_question(first.pk)
    return first.side


def _question(conversation: Conversation, question: str, to: str, at: datetime) -> Case:
    details = {"question": question, "team": to}
    return cases.open_case(conversation, kind=Case.Kind.QUESTION, title=question[:120], at=at, details=details)


@transaction.atomic
def ask_on(side: SideConversation, text: str, by: Colleague, at: datetime) -> bool:
    message = asking_others.ask_on(side, text, by, at)
    if message is not None:
        bring_question(message.pk)
    return message is not None


@transaction.atomic
def send_on(side: SideConversation, text: str, by: Colleague, at: datetime) -> str:
    """The customer gets the answer in these words, from whoever speaks with them: the representative, or this
    colleague. Returns why not, "" when it was sent."""
    conversation = Conversation.objects.select_for_update().get(pk=side.conversation_id)
    side = SideConversation.objects.select_for_update().get(pk=side.pk)  # of two who send it on, the second sees it
    case = Case.objects.select_for_update().get(pk=side.case_id)
    if not text.strip():
        return "there are no words"
    if side.status in (SideConversation.Status.SENT_ON, SideConversation.Status.CLOSED):
        return "settled already"
    if conversation.speaker == Conversation.Speaker.REPRESENTATIVE:
        if denied_by_colleague(conversation, text, at):
            return "it denies a right"
        if case.details.get("answer"):  # more came after the first answer
            case = _question(conversation, side.question, side.to, at)
        answer_question(case.pk, by, text, at)
    else:
        if conversation.holder_id is None:
            holding.take_over(conversation, by, at)
            conversation.refresh_from_db()
        said = replying.reply(conversation, by, text.strip(), at, expected_version=conversation.version)
        if isinstance(said, replying.MovedOn):
            return "somebody else is speaking"
        if isinstance(said, replying.DeniesRight):
            return "it denies a right"
        case.details = {**case.details, "answer": text.strip(), "answered by": by.name}
        case.save(update_fields=["details"])
        cases.settle_case(case, Case.Status.SOLVED, at, by.pk)
    asking_others.settle(side, SideConversation.Status.SENT_ON, by, at)
    return ""
