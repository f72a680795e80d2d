"""What came in as bytes and what must go out: the doors' own books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.identifiers import new_id
from courtesy.workforce.models import Colleague


class Received(models.Model):
    """Raw bytes of something that arrived, committed before the sender is acknowledged.

    Every row ends as accepted, duplicate, spam, bounce or quarantined; quarantined ones are seen by a person."""

    class Status(models.TextChoices):
        STORED = "stored"
        ACCEPTED = "accepted"
        DUPLICATE = "duplicate"
        SPAM = "spam"
        BOUNCE = "bounce"
        AUTOMATIC = "automatic"  # an auto-reply: filed, never answered
        QUARANTINED = "quarantined"

    line = models.CharField(max_length=120)
    provider_id = models.CharField(max_length=300)  # the provider's id, or sha256:… of the bytes where it has none
    raw = models.BinaryField()
    envelope = models.JSONField(default=dict)  # sender, recipients, remote address: what the bytes do not say
    status = models.CharField(max_length=12, choices=Status, default=Status.STORED)
    reason = models.TextField(default="", blank=True)
    conversation = models.ForeignKey(Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("line", "provider_id"), name="received_once")]
        indexes: ClassVar = [models.Index(fields=("status", "at"), name="received_status")]


class Dispatch(models.Model):
    """A message on its way out. ``provider_id`` (for mail: the Message-ID) is stored before the first try."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="dispatch")
    key = models.CharField(max_length=200, unique=True)  # idempotency key
    line = models.CharField(max_length=120)
    to = models.CharField(max_length=320)
    provider_id = models.CharField(max_length=300, db_index=True)
    raw = models.BinaryField(default=b"", blank=True)  # as sent
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("to", "at"), name="dispatch_to"),  # the loop budget counts these for every mail
            models.Index(fields=("at",), name="dispatch_at"),
        ]


class MailboxPosition(models.Model):
    """How far a mailbox has been read: every message up to ``uid`` under ``validity`` is stored."""

    mailbox = models.CharField(max_length=300, unique=True)  # user@host/folder, without the password
    validity = models.BigIntegerField()  # IMAP UIDVALIDITY
    uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()
    reconciled_at = models.DateTimeField(null=True, blank=True)


def new_waiting_id() -> str:
    return new_id("rpl")


def new_enclosure_id() -> str:
    return new_id("enc")


class WaitingReply(models.Model):
    """A colleague's reply that is not said yet: it can still be undone, or it was scheduled. The row goes when the
    reply is said, taken back or given up, so that it is one of these and never two."""

    class State(models.TextChoices):
        WAITING = "waiting"
        HELD_BACK = "held back"  # its time came, and it could not be said; ``because`` says why

    class Because(models.TextChoices):
        CUSTOMER_WROTE = "customer wrote"
        OTHER_HANDS = "other hands"
        CLOSED = "closed"
        DENIES_A_RIGHT = "denies a right"

    id = models.CharField(primary_key=True, max_length=40, default=new_waiting_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="waiting_replies")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    reason = models.CharField(max_length=1000, default="", blank=True)  # why it is said though it denies a right
    scheduled = models.BooleanField(default=False)  # for a chosen time; else it waits to be undone
    heard = models.PositiveIntegerField()  # sequence of the last message when it was written
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    because = models.CharField(max_length=20, choices=Because, default="", blank=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # when its writer saw that it was held back

    class Meta:
        verbose_name_plural = "waiting replies"
        indexes: ClassVar = [
            models.Index(fields=("conversation", "due_at", "id"), name="waiting_reply_due"),
            models.Index(
                fields=("colleague", "-due_at"),
                name="waiting_reply_held_back",
                condition=models.Q(state="held back", seen_at=None),
            ),
        ]


class Enclosure(models.Model):
    """A file that a colleague has put to a reply which is not said yet. With the reply it is filed as a document."""

    id = models.CharField(primary_key=True, max_length=40, default=new_enclosure_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    reply = models.ForeignKey(
        WaitingReply, null=True, blank=True, on_delete=models.CASCADE, related_name="enclosures"
    )  # None: it lies in the composer
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    at = models.DateTimeField()
