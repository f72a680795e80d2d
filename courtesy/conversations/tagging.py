"""Tagging: short words on a conversation, to find it by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Tag

LONGEST = 40
MOST = 20  # of one conversation


def as_tag(written: str) -> str:
    """A tag as it is kept: lower case, words joined by hyphens; "" when nothing is left."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else " " for letter in written.casefold())
    return "-".join(kept.split())[:LONGEST].strip("-")


@transaction.atomic
def tag(conversation: Conversation, written: str, by: str, at: datetime) -> bool:
    """Put it on; False when it is there already, is no word, or there is room for no more."""
    name = as_tag(written)
    there = set(conversation.tags.values_list("name", flat=True))
    if not name or name in there or len(there) >= MOST:
        return False
    conversation.tags.add(Tag.objects.get_or_create(name=name)[0])
    journal.write("tagged", actor=by, at=at, conversation=conversation.pk, content={"tag": name})
    return True


@transaction.atomic
def untag(conversation: Conversation, name: str, by: str, at: datetime) -> bool:
    """Take it off; False when it was not there."""
    there = conversation.tags.filter(name=name).first()
    if there is None:
        return False
    conversation.tags.remove(there)
    journal.write("untagged", actor=by, at=at, conversation=conversation.pk, content={"tag": name})
    return True


def known_tags(most: int = 50) -> list[str]:
    """Tags to choose from."""
    return list(Tag.objects.order_by("name").values_list("name", flat=True)[:most])
