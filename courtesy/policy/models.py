"""Approvals, the links that answer them, and what was used of whose authority."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.conversations.models import Case, Conversation
from courtesy.foundation.identifiers import new_id
from courtesy.foundation.money import Money
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
        EXPIRED = "expired"  # nobody answered, up to the last step of the ladder

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
    asked_by = models.ForeignKey(  # None: the automatic representative
        Colleague, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)  # None: not known, or no money
    currency = models.CharField(max_length=3, default="", blank=True)
    customer = models.CharField(max_length=80, default="", blank=True)  # whose limits it counts against
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    decided_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(default="", blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    mailed_to = models.CharField(max_length=80, default="", blank=True)  # the grade or team that links were sent to
    decided_through = models.CharField(max_length=10, default="desk", blank=True)  # "desk" or "link"

    class Meta:
        indexes: ClassVar = [models.Index(fields=("status", "asked_at"), name="approval_waiting")]

    @property
    def money(self) -> Money | None:
        return Money(self.amount, self.currency) if self.amount is not None and self.currency else None


class AuthorityUse(models.Model):
    """One act of a page of authority: held before it is done, so that two at once see each other; then used or given
    back. What counts against limits is what is held or used."""

    class State(models.TextChoices):
        HELD = "held"
        USED = "used"
        RELEASED = "released"  # it was not done after all
        UNDONE = "undone"

    key = models.CharField(max_length=200, unique=True)  # the deed's idempotency key
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    customer = models.CharField(max_length=80)
    holder = models.CharField(max_length=40)  # "representative" or a colleague's id
    granted_by = models.CharField(max_length=40, default="", blank=True)  # the colleague who approved it
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    day = models.DateField()  # the company's
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    receipt = models.CharField(max_length=60, default="", blank=True)
    before = models.JSONField(default=dict, blank=True)  # what undoing puts back
    at = models.DateTimeField()
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_receipt = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("customer", "day"), name="authority_customer_day"),
            models.Index(fields=("holder", "day"), name="authority_holder_day"),
            models.Index(fields=("granted_by", "day"), name="authority_granted_day"),
            models.Index(fields=("conversation", "at"), name="authority_conversation"),
        ]

    @property
    def money(self) -> Money | None:
        return Money(self.amount, self.currency) if self.amount is not None and self.currency else None


class DecisionLink(models.Model):
    """A link by which one colleague may answer one approval without signing in, once. Its token is nowhere stored."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="links")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    asked_of = models.CharField(max_length=80)
    token = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret part
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("approval", "colleague", "asked_of"), name="decision_link_once")
        ]
