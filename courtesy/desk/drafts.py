"""Drafts: what a colleague is writing survives a reload, a lost connection and a change of hands."""

from __future__ import annotations

from datetime import datetime

from courtesy.conversations.models import Conversation
from courtesy.desk.models import Draft
from courtesy.workforce.models import Colleague

LONGEST = 60_000


def save_draft(conversation: Conversation, colleague: Colleague, text: str, at: datetime, *, internal: bool) -> None:
    """Keep the text; an empty one removes the draft."""
    if not text.strip():
        drop_draft(conversation, colleague, internal=internal)
        return
    Draft.objects.update_or_create(
        conversation=conversation,
        colleague=colleague,
        internal=internal,
        defaults={"text": text[:LONGEST], "at": at},
    )


def drop_draft(conversation: Conversation, colleague: Colleague, *, internal: bool) -> None:
    Draft.objects.filter(conversation=conversation, colleague=colleague, internal=internal).delete()


def drafts_of(conversation: Conversation, colleague: Colleague) -> tuple[str, str]:
    """The draft of a reply and the draft of a note; "" where there is none."""
    texts = dict(Draft.objects.filter(conversation=conversation, colleague=colleague).values_list("internal", "text"))
    return texts.get(False, ""), texts.get(True, "")


def put_back(conversation: Conversation, colleague: Colleague, text: str, at: datetime) -> None:
    """The words of a reply that was taken back, before whatever was begun since."""
    begun, _ = drafts_of(conversation, colleague)
    save_draft(conversation, colleague, "\n\n".join(filter(None, (text, begun))), at, internal=False)
