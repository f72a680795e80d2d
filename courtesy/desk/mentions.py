"""Mentions: a note that names @somebody stands in their view until they have looked at the conversation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from courtesy.conversations.models import Conversation, Message
from courtesy.desk.models import Mention
from courtesy.workforce.models import Colleague


def note_mentions(message: Message, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """Note who of these colleagues is named in a note, by their whole name or its first word; returns them."""
    if not message.internal:
        return []
    text = message.text.casefold()
    named = [one for one in colleagues if one.pk != message.colleague_id and _is_named(one, text)]
    Mention.objects.bulk_create(
        [Mention(message=message, conversation=message.conversation, colleague=one, at=message.at) for one in named],
        ignore_conflicts=True,
    )
    return named


def _is_named(colleague: Colleague, text: str) -> bool:
    whole = f"@{colleague.name.casefold()}"
    return any(_stands_alone(text, written) for written in (whole, whole.split()[0]))


def _stands_alone(text: str, written: str) -> bool:
    """Whether it is there, and not as the beginning of a longer word."""
    place = text.find(written)
    while place >= 0:
        end = place + len(written)
        if end == len(text) or not text[end].isalnum() or not written.isascii():
            return True
        place = text.find(written, end)
    return False


def note_seen(conversation: Conversation, colleague: Colleague, at: datetime) -> None:
    """The colleague looks at the conversation: what named them there has been seen."""
    Mention.objects.filter(conversation=conversation, colleague=colleague, seen_at__isnull=True).update(seen_at=at)
