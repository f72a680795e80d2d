"""Threads: the conversation that a mail belongs to, by signed addresses and stored ids; never by subject or no id."""

from __future__ import annotations

from collections.abc import Iterable

from courtesy.channels.email import addresses
from courtesy.channels.email.letter.reading import Letter
from courtesy.channels.models import Dispatch, Received
from courtesy.conversations import finding
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.identifying import addresses_of, normal_form
from courtesy.customers.models import ContactPoint

KIND = "email"


def find(letter: Letter, recipients: Iterable[str]) -> Conversation | None:
    """The conversation of a mail: its signed reply address first, then the ids that it answers, nearest first."""
    signed = addresses.conversation_in([*recipients, *letter.to, *letter.copies])
    signed = signed or addresses.conversation_in(answered_ids(letter))
    known = _conversation(signed) if signed else None
    return known or _by_stored_ids(answered_ids(letter))


def answered_ids(letter: Letter) -> list[str]:
    """Ids that a mail names as what it answers, nearest first. A mail never answers itself."""
    named = [*letter.in_reply_to, *reversed(letter.references)]
    return [known for known in dict.fromkeys(named) if known.strip("<> ") and known != letter.message_id]


def _conversation(conversation_id: str) -> Conversation | None:
    conversation = finding.find(conversation_id)
    return conversation if conversation is not None and conversation.channel == KIND else None


def _by_stored_ids(ids: list[str]) -> Conversation | None:
    if not ids:
        return None
    line = addresses.line()
    wrote = Message.objects.filter(line=line, provider_id__in=ids).values_list("provider_id", "conversation_id")
    sent = Dispatch.objects.filter(line=line, provider_id__in=ids, message__isnull=False)
    filed = Received.objects.filter(line=line, provider_id__in=ids, conversation__isnull=False)
    where: dict[str | None, object] = dict(filed.values_list("provider_id", "conversation_id"))
    where.update(sent.values_list("provider_id", "message__conversation_id"))
    where.update(wrote)
    for known in ids:
        if known in where and (conversation := _conversation(str(where[known]))) is not None:
            return conversation
    return None


def is_the_customer(conversation: Conversation, address: str) -> bool:
    """Whether this address is the one that the conversation is held with, or another one of the same customer."""
    address = normal_form(ContactPoint.Kind.EMAIL, address)
    if not address:
        return False
    if address == normal_form(ContactPoint.Kind.EMAIL, conversation.reply_to):
        return True
    return address in addresses_of(conversation.customer, ContactPoint.Kind.EMAIL)
