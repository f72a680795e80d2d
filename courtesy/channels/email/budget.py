"""The budget of automatic mail: two machines that answer each other are stopped, and a person is called."""

from __future__ import annotations

from datetime import datetime, timedelta

from courtesy.channels.models import Dispatch
from courtesy.conversations.models import Conversation, Message

WITHIN = timedelta(hours=1)
TO_ONE_ADDRESS = 10  # automatic mails within the hour; the next mail from there goes to a person
IN_ONE_CONVERSATION = 15
AT_MOST = 2 * TO_ONE_ADDRESS  # to one address, whatever called for them; beyond it none leaves


def sent_to(address: str, at: datetime) -> int:
    """Automatic mails to this address within the last hour."""
    recent = Dispatch.objects.filter(to=address, at__gt=at - WITHIN)
    return recent.filter(message__author=Message.Author.REPRESENTATIVE).count()


def is_spent(address: str, conversation: Conversation | None, at: datetime) -> bool:
    """Whether the next mail from this address should go to a person instead of being answered by itself."""
    if sent_to(address, at) >= TO_ONE_ADDRESS:
        return True
    if conversation is None:
        return False
    said = conversation.messages.filter(author=Message.Author.REPRESENTATIVE, at__gt=at - WITHIN)
    return said.count() >= IN_ONE_CONVERSATION
