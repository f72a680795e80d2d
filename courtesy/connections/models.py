"""Calls: what is asked of, or done in, a company's system, and how it went. The row is there before the effect."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.foundation.identifiers import new_id


def new_call_id() -> str:
    return new_id("cal")


class Call(models.Model):
    """One look-up or act. ``values`` are what is sent; ``answer`` is the system's answer as JSON text, as it came."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"  # committed before the first byte leaves: from here on it may have been done
        ANSWERED = "answered"
        NOT_FOUND = "not found"
        REFUSED = "refused"  # the system's own no; ``reason`` names the phrase
        FAILED = "failed"  # surely nothing was done
        UNSURE = "unsure"  # it may have been done, and nobody could tell: a person finds out

    id = models.CharField(primary_key=True, max_length=40, default=new_call_id, editable=False)
    key = models.CharField(max_length=200, unique=True)
    conversation = models.CharField(max_length=40, db_index=True)
    edition = models.CharField(max_length=64)  # the pack that declared it
    connection = models.CharField(max_length=120)
    operation = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    answer = models.TextField(default="", blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("status", "asked_at"), name="call_by_status")]

    def __str__(self) -> str:
        return f"{self.operation} {self.status}"


class Record(models.Model):
    """One record of the company's own book, as it is now. ``owner``: the record it belongs to; ``customer``: the shop's
    id of whom it is in the end, "" for what is the company's; ``found_by``: what look-ups of the company's records go
    by. ``fields``: amounts and numbers as exact text, dates ISO 8601."""

    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    customer = models.CharField(max_length=80, default="", blank=True)
    owner = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="owned")
    found_by = models.CharField(max_length=120, default="", blank=True)
    dated = models.DateField()
    state = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("kind", "number"), name="record_number_once")]
        indexes: ClassVar = [
            models.Index(fields=("customer", "kind", "-dated"), name="record_of_customer"),
            models.Index(fields=("owner", "kind", "-dated"), name="record_of_owner"),
            models.Index(fields=("kind", "found_by", "-dated"), name="record_found_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class RecordVersion(models.Model):
    """What a record said from then on. ``key``: of the deed, or of the import, that changed it."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    key = models.CharField(max_length=200, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("record", "version"), name="record_version_once")]

    def __str__(self) -> str:
        return f"{self.record_id} version {self.version}"


class BookDeed(models.Model):
    """An act in the book, by its key: written before the effect, answered the same way ever after."""

    key = models.CharField(max_length=200, unique=True)
    operation = models.CharField(max_length=120)
    answer = models.TextField(default="", blank=True)
    refused = models.CharField(max_length=120, default="", blank=True)
    found = models.BooleanField(default=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
