"""What only the desk keeps: drafts, and wrong tries to sign in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Conversation
from courtesy.workforce.models import Colleague


class Draft(models.Model):
    """What a colleague has written and not sent yet: one reply and one note for each conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    internal = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "colleague", "internal"), name="draft_once")
        ]


class WrongTries(models.Model):
    """How often signing in failed from one place for one address. ``key`` is a digest: no address is kept."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
