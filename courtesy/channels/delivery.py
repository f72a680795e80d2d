"""Delivery: a message on our side reaches the customer by the conversation's own channel, tried again when it fails."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from courtesy.channels.port import Channel, ChannelError
from courtesy.conversations.messages import note_delivery
from courtesy.conversations.models import Message
from courtesy.foundation import jobs


@cache
def channel_of(kind: str) -> Channel:
    """The channel of a kind, as the settings name it. Raises LookupError for a kind that is not installed."""
    try:
        return import_string(settings.COURTESY_CHANNELS[kind])()  # type: ignore[no-any-return]
    except KeyError:
        raise LookupError(f"no channel of kind {kind!r} is installed; see COURTESY_CHANNELS") from None


def send(message: Message) -> None:
    """Deliver a message within our own house at once, or owe its delivery; part of the caller's transaction."""
    kind = message.conversation.channel
    if kind in settings.COURTESY_CHANNELS and channel_of(kind).abilities.in_house:
        channel_of(kind).deliver(message)
        return
    jobs.enqueue("deliver", message.pk, message=message.pk)


@jobs.job("deliver", attempts=10, lease_seconds=120, at_once=True)
def deliver(message: str) -> None:
    """Bring one message to its customer. A permanent failure is noted on the message and shown at the desk."""
    row = Message.objects.select_related("conversation").get(pk=message)
    if row.internal or row.delivery != Message.Delivery.QUEUED:
        return
    try:
        channel_of(row.conversation.channel).deliver(row)
    except ChannelError as error:
        if not error.permanent:
            raise
        note_delivery(row, Message.Delivery.FAILED, timezone.now())
        raise jobs.PermanentError(str(error)) from error
