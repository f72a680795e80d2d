"""Chat as a channel: what it can do, and how a reply reaches the visitor."""

from __future__ import annotations

from django.utils import timezone

from courtesy.channels.port import Abilities
from courtesy.conversations.messages import note_delivery
from courtesy.conversations.models import Message

KIND = "chat"
LINE = "chat"
WANTS_A_PERSON = {"wants": "a person"}  # what the button "talk to a person" sends


class Chat:
    """A reply is in the event log as soon as it is said; the visitor's own browser reports delivered and read."""

    kind = KIND
    abilities = Abilities(buttons=True, live=True, salutation=False, attachments=True, longest=4000, in_house=True)

    def deliver(self, message: Message) -> None:
        note_delivery(message, Message.Delivery.SENT, timezone.now())
