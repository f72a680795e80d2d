"""The budget of automatic mail: two machines that answer each other are stopped, and a person is called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from courtesy.channels.models import Dispatch
from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.prepared import Question

WITHIN = timedelta(hours=1)
TO_ONE_ADDRESS = 10  # automatic mails within the hour; the next mail from there goes to a person
IN_ONE_CONVERSATION = 15
AT_MOST = 2 * TO_ONE_ADDRESS  # to one address, whatever called for them; beyond it none leaves


_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_sent = Question[tuple[int]](
    lambda to, since: (
        Dispatch.objects.filter(to=to, at__gt=since, message__author=Message.Author.REPRESENTATIVE)
        .order_by("at")
        .values_list("pk")[:AT_MOST]
    ),
    to="",
    since=_SOME_TIME,
)
_said = Question[tuple[int]](
    lambda conversation, since: Message.objects.filter(
        conversation_id=conversation, author=Message.Author.REPRESENTATIVE, at__gt=since
    ).values_list("sequence")[:IN_ONE_CONVERSATION],
    conversation="",
    since=_SOME_TIME,
)


def sent_to(address: str, at: datetime) -> int:
    """Automatic mails to this address within the last hour, counted up to ``AT_MOST``."""
    return len(_sent.all(to=address, since=at - WITHIN))


def is_spent(address: str, conversation: Conversation | None, at: datetime) -> bool:
    """Whether the next mail from this address should go to a person instead of being answered by itself."""
    if sent_to(address, at) >= TO_ONE_ADDRESS:
        return True
    if conversation is None:
        return False
    return len(_said.all(conversation=conversation.pk, since=at - WITHIN)) >= IN_ONE_CONVERSATION
