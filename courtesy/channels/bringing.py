"""Bringing questions: a message of a side conversation reaches its department by the channel that carries it."""

from __future__ import annotations

from courtesy.channels import delivery
from courtesy.channels.port import CarriesQuestions, ChannelError
from courtesy.conversations import messages
from courtesy.conversations.models import Message, SideMessage
from courtesy.foundation import jobs


def bring_question(message: int) -> None:
    """Owe that a message of a side conversation reaches its department; nothing is owed where the desk answers."""
    if SideMessage.objects.filter(pk=message, ours=True).exclude(side__address="").exists():
        jobs.enqueue("bring question", str(message), message=message)


@jobs.job("bring question", attempts=10, lease_seconds=120, at_once=True)
def deliver_question(message: int) -> None:
    """Bring one to its address. When it can never arrive, colleagues read so beside the conversation."""
    row = SideMessage.objects.select_related("side__conversation", "side__case").get(pk=message)
    mail = delivery.channel_of("email")
    if not isinstance(mail, CarriesQuestions):
        raise jobs.PermanentError("no channel carries questions to departments")
    try:
        mail.send_question(row)
    except ChannelError as error:
        if not error.permanent:
            raise
        text = f"{row.side.to} ({row.side.address}): {error}"
        messages.say(row.side.conversation, author=Message.Author.SYSTEM, text=text, at=row.at, internal=True)
        raise jobs.PermanentError(str(error)) from error
