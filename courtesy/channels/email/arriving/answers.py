"""Answers of departments: a mail to a side conversation's own address comes back into its case, as data."""

from __future__ import annotations

from collections.abc import Iterable

from courtesy.channels.email import questions
from courtesy.channels.email.arriving import threads
from courtesy.channels.email.letter.reading import Letter
from courtesy.channels.models import Received
from courtesy.conversations import asking_others
from courtesy.conversations.models import Message, SideConversation, SideMessage
from courtesy.language.masking import mask
from courtesy.pack import editions
from courtesy.workforce.models import Colleague


def find(letter: Letter, recipients: Iterable[str]) -> SideConversation | None:
    """The side conversation of a mail: by its signed reply address first, then by the ids that it answers."""
    named = [*recipients, *letter.to, *letter.copies]
    return questions.side_in(named) or questions.side_in(threads.answered_ids(letter))


def may_answer(side: SideConversation, sender: str) -> bool:
    """The one who was asked, a colleague, and for a department whoever writes from the same house."""
    asked, sender = side.address.lower(), sender.lower()
    if not sender:
        return False
    departments = {address.lower() for address in editions.in_force().company.departments.values()}
    same_house = asked in departments and asked.rpartition("@")[2] == sender.rpartition("@")[2]
    return sender == asked or same_house or Colleague.objects.filter(email=sender, is_active=True).exists()


def given(provider_id: str) -> bool:
    return SideMessage.objects.filter(provider_id=provider_id).exists()


def take(row: Received, letter: Letter, side: SideConversation) -> Message:
    """The mail's words and files, with card numbers masked; what it quotes stays out."""
    words = letter.text.strip() or letter.body.strip() or letter.subject
    return asking_others.take_answer(
        side,
        mask(words),
        author=letter.sender,
        at=row.at,
        provider_id=row.provider_id,
        files=[(one.name, one.media_type, one.content) for one in letter.attachments],
    )
