"""Finding a conversation and what in it is unanswered: the questions of every turn."""

from __future__ import annotations

from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.prepared import Question

_whole = Question[Conversation](
    lambda id: Conversation.objects.select_related("customer", "holder").filter(pk=id), id=""
)
_held = Question[Conversation](
    lambda id: Conversation.objects.select_for_update(of=("self",)).select_related("customer").filter(pk=id), id=""
)
_unanswered = Question[Message](
    lambda conversation: Message.objects.filter(
        conversation_id=conversation, author=Message.Author.CUSTOMER, answered_at__isnull=True
    ).order_by("sequence"),
    conversation="",
)


def find(id: str) -> Conversation | None:
    """The conversation with its customer and its holder."""
    return _whole.first(id=id)


def hold(id: str) -> Conversation:
    """The conversation with its customer, locked until the transaction ends. Raises Conversation.DoesNotExist."""
    conversation = _held.first(id=id)
    if conversation is None:
        raise Conversation.DoesNotExist(id)
    return conversation


def unanswered(conversation: Conversation) -> list[Message]:
    """What the customer said and nobody has answered, in the order said."""
    messages = _unanswered.all(conversation=conversation.pk)
    for message in messages:
        message.conversation = conversation
    return messages


def waits(id: str) -> bool:
    """Whether the customer said something that nobody has answered."""
    return _unanswered.first(conversation=id) is not None
