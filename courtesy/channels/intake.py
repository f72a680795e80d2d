"""Intake: a message from any medium becomes part of a conversation, once, and work is owed for it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from courtesy.channels import turns
from courtesy.channels.port import Incoming
from courtesy.conversations import finding, messages, opening
from courtesy.conversations.documents import file_document
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.identifying import identify
from courtesy.language.masking import mask


def accept(incoming: Incoming) -> Message:
    """Store the message and owe a turn for it. The same (line, provider id) again returns the first message."""
    if known := messages.given(incoming.line, incoming.provider_id):
        return known
    try:
        with transaction.atomic():
            message = _store(incoming)
            turns.owe(message.conversation_id, message.pk, timezone.now())
            return message
    except messages.AlreadyReceived as again:
        return again.message


def _store(incoming: Incoming) -> Message:
    conversation = _conversation(incoming)
    message = messages.receive(
        conversation,
        text=mask(incoming.text),
        quoted=mask(incoming.quoted),
        html=mask(incoming.html),
        at=incoming.at,
        line=incoming.line,
        provider_id=incoming.provider_id,
        language=incoming.language,
        chosen=incoming.chosen,
    )
    for attached in incoming.attachments:
        file_document(
            conversation,
            name=attached.name,
            media_type=attached.media_type,
            content=attached.content,
            ours=False,
            at=incoming.at,
            message=message,
        )
    return message


def _conversation(incoming: Incoming) -> Conversation:
    if incoming.thread:
        return finding.hold(incoming.thread)
    customer = identify(incoming.sender_kind, incoming.sender, name=incoming.sender_name, language=incoming.language)
    return opening.open_conversation(
        channel=incoming.channel,
        line=incoming.line,
        customer=customer,
        at=incoming.at,
        subject=incoming.subject,
        language="",
        reply_to=incoming.sender if incoming.sender_kind == "e-mail" else "",
    )
