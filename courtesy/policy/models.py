"""Approvals: a deed that waits for a person's yes or no."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Case, Conversation
from courtesy.foundation.identifiers import new_id
from courtesy.workforce.models import Colleague


def new_approval_id() -> str:
    return new_id("apr")


class Approval(models.Model):
    """What is asked, of whom, why, and what was answered. ``deed`` holds act and arguments exactly as judged."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        GRANTED = "granted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"  # the customer changed their mind

    id = models.CharField(primary_key=True, max_length=40, default=new_approval_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="approvals")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals")
    key = models.CharField(max_length=200, unique=True)  # the deed's idempotency key
    task = models.CharField(max_length=40)
    act = models.CharField(max_length=60)
    deed = models.JSONField(default=dict)
    summary = models.TextField(default="", blank=True)  # the deed in a sentence, for the colleague who decides
    verdict = models.JSONField(default=dict)  # decision, policy, rule, because, facts, edition
    asked_of = models.CharField(max_length=80)  # a grade or a team
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    decided_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("status", "asked_at"), name="approval_waiting")]
