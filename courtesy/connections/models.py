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
