"""What came in as bytes and what must go out: the doors' own books."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Conversation, Message


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
