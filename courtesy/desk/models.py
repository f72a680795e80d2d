"""What only the desk keeps: drafts, saved views, mentions, acts on several, and wrong tries to sign in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Conversation, Message
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


class SavedView(models.Model):
    """A view with filters and an order that a colleague keeps under a name."""

    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    view = models.CharField(max_length=20)
    query = models.CharField(max_length=300, default="", blank=True)
    sort = models.CharField(max_length=10, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("colleague", "name"), name="saved_view_once")]


class BulkAct(models.Model):
    """Something that was done with several conversations at once. ``before`` keeps how each stood, for undoing."""

    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=20)
    value = models.CharField(max_length=120, default="", blank=True)
    before = models.JSONField(default=list)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)


class Mention(models.Model):
    """A colleague was named in a note. ``seen_at``: they have opened the conversation since."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("message", "colleague"), name="mention_once")]
        indexes: ClassVar = [
            models.Index(fields=("colleague", "-at"), name="mention_unseen", condition=models.Q(seen_at__isnull=True))
        ]
