"""Side conversations: what is asked of a department or somebody outside about a case, and what comes back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.foundation.identifiers import new_id
from courtesy.workforce.models import Colleague


def new_side_id() -> str:
    return new_id("sid")


class SideConversation(models.Model):
    """A question about a case, put to others. The customer never sees it; an answer reaches them only by a
    colleague's act."""

    class Status(models.TextChoices):
        WAITING = "waiting"  # for an answer
        ANSWERED = "answered"  # a colleague should look
        SENT_ON = "sent on"  # the customer has the answer
        CLOSED = "closed"

    id = models.CharField(primary_key=True, max_length=40, default=new_side_id, editable=False)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="sides")
    case = models.ForeignKey("conversations.Case", on_delete=models.PROTECT, related_name="sides")
    to = models.CharField(max_length=120)  # a department, a team or an outside address
    address = models.CharField(max_length=320, default="", blank=True)  # "" where it is answered at the desk
    question = models.TextField()
    opened_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("status", "due_at"), name="side_status"),
            models.Index(fields=("status", "-settled_at"), name="side_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.question[:60]}"


class SideMessage(models.Model):
    """One message of a side conversation. ``ours``: asked by us; else it is the other side's, data and never more."""

    side = models.ForeignKey(SideConversation, on_delete=models.PROTECT, related_name="messages")
    sequence = models.PositiveIntegerField()
    ours = models.BooleanField()
    author = models.CharField(max_length=320)  # a name, or the address that wrote
    text = models.TextField()
    provider_id = models.CharField(max_length=300, null=True, blank=True, unique=True)  # Message-ID of what came in
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("side", "sequence"), name="side_message_sequence")]
