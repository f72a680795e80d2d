"""E-mail as a channel: a message of ours becomes one stored mail, and leaves."""

from __future__ import annotations

from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from courtesy.channels.email import addresses, budget, questions, sending
from courtesy.channels.email.composing import compose
from courtesy.channels.models import Dispatch
from courtesy.channels.port import Abilities, ChannelError
from courtesy.conversations.models import Message, SideMessage
from courtesy.customers.identifying import addresses_of
from courtesy.customers.models import ContactPoint


class Email:
    """Replies go out as letters: no buttons, files attached, greeting and closing."""

    kind: ClassVar[str] = "email"
    abilities: ClassVar[Abilities] = Abilities(
        buttons=False, live=False, salutation=True, attachments=True, longest=60_000
    )

    def deliver(self, message: Message) -> None:
        """Store the mail with its Message-ID, then send it. The same message again sends the same mail or nothing."""
        sending.send(_stored(message), timezone.now())

    def send_code(self, address: str, code: str, language: str) -> None:
        sending.send_code(address, code, language)

    def send_question(self, message: SideMessage) -> None:
        sending.send(questions.stored(message), timezone.now())

    def send_note(self, address: str, subject: str, text: str, language: str) -> None:
        sending.send_note(address, subject, text, language)


@transaction.atomic
def _stored(message: Message) -> Dispatch:
    known = Dispatch.objects.select_related("message__conversation").filter(key=f"mail:{message.pk}").first()
    if known is not None:
        return known
    to = _recipient(message)
    if not to:
        raise ChannelError("the customer has no mail address", permanent=True)
    if addresses.is_ours(to):
        raise ChannelError(f"{to} is our own address; a mail to it would come back", permanent=True)
    if message.author == Message.Author.REPRESENTATIVE and budget.sent_to(to, message.at) >= budget.AT_MOST:
        raise ChannelError(f"{to} got {budget.AT_MOST} automatic mails within an hour", permanent=True)
    identity = addresses.message_id(message)
    return Dispatch.objects.create(
        message=message,
        key=f"mail:{message.pk}",
        line=message.conversation.line,
        to=to,
        provider_id=identity,
        raw=compose(message, to=to, message_id=identity),
        at=message.at,
    )


def _recipient(message: Message) -> str:
    if message.conversation.reply_to:
        return message.conversation.reply_to
    return next(iter(addresses_of(message.conversation.customer, ContactPoint.Kind.EMAIL)), "")
