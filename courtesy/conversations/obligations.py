"""What law and protocol oblige us to: complaints with their clocks, escalations, and people in difficulty."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.workforce.models import Colleague, Team


class Complaint(models.Model):
    """What is known of a complaint beside its case, whose number is the tracking code. The register is made of these
    rows and of the journal's lines about them."""

    class Stage(models.TextChoices):
        REGISTERED = "registered"
        INVESTIGATING = "investigating"
        ANSWERED = "answered"
        CLOSED = "closed"

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        PARTLY = "partly upheld"
        REJECTED = "not upheld"
        WITHDRAWN = "withdrawn"

    case = models.OneToOneField("conversations.Case", on_delete=models.PROTECT, related_name="complaint")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REGISTERED)
    text = models.TextField()
    remedy = models.CharField(max_length=120, default="", blank=True)  # what the customer asked for
    category = models.CharField(max_length=60, default="", blank=True)
    severity = models.CharField(max_length=10, default="medium")
    country = models.CharField(max_length=2, default="", blank=True)
    channel = models.CharField(max_length=20, default="", blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints")
    owner = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints")
    findings = models.TextField(default="", blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default="", blank=True)
    answer = models.TextField(default="", blank=True)
    solution = models.TextField(default="", blank=True)
    alternatives = models.JSONField(default=list, blank=True)
    recourse = models.JSONField(default=list, blank=True)  # bodies that were named to the customer
    registered_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    follow_up_at = models.DateTimeField(null=True, blank=True)  # when the customer is asked whether it is right now
    followed_up_at = models.DateTimeField(null=True, blank=True)
    content = models.BooleanField(null=True, blank=True)  # what the customer said to that
    reopened = models.PositiveIntegerField(default=0)
    edition = models.CharField(max_length=64, default="", blank=True)  # of the pack whose clocks were started

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("-registered_at", "-id"), name="complaint_register"),
            models.Index(fields=("stage", "-registered_at", "-id"), name="complaint_stage"),
            models.Index(fields=("category", "-registered_at", "-id"), name="complaint_category"),
            models.Index(
                fields=("follow_up_at",),
                name="complaint_follow_up",
                condition=models.Q(followed_up_at=None, follow_up_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk}"


class Clock(models.Model):
    """One time limit on a complaint. ``due_at`` moves on when it stood still or was extended."""

    class Status(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        KEPT = "kept"
        BROKEN = "broken"
        STOPPED = "stopped"  # the complaint was withdrawn, or is of another kind

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="clocks")
    name = models.CharField(max_length=120)
    ends_with = models.CharField(max_length=20)  # acknowledged, answered, closed
    within = models.CharField(max_length=40)
    article = models.CharField(max_length=300, default="", blank=True)
    source = models.CharField(max_length=300, default="", blank=True)
    extended_to = models.CharField(max_length=40, default="", blank=True)
    pauses_for = models.JSONField(default=list, blank=True)
    round = models.PositiveIntegerField(default=0)  # grows when the complaint is opened again
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("complaint", "name", "round"), name="clock_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("status", "due_at"), name="clock_due"),
            models.Index(fields=("status", "warn_at"), name="clock_warn", condition=models.Q(warned_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class ClockPause(models.Model):
    """A span in which a clock stood still, and why."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class Escalation(models.Model):
    """One step of a ladder: who was asked, by when, and what came of it. ``key`` names the matter."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        RAISED = "raised"  # not answered in time; the next step waits now
        WITHDRAWN = "withdrawn"

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="escalations")
    case = models.ForeignKey(
        "conversations.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    key = models.CharField(max_length=120)
    ladder = models.CharField(max_length=120)
    step = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # functional, management
    asked_of = models.CharField(max_length=80)  # a team, or a grade
    because = models.CharField(max_length=300)
    owner = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="escalations")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    overdue_at = models.DateTimeField(null=True, blank=True)  # the last step was not answered in time either
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("key",), name="escalation_waits_once", condition=models.Q(status="waiting"))
        ]
        indexes: ClassVar = [
            models.Index(fields=("status", "due_at"), name="escalation_due"),
            models.Index(fields=("status", "asked_of", "due_at"), name="escalation_asked"),
        ]


class Difficulty(models.Model):
    """Somebody in difficulty, treated by a written protocol; a lead reviews it afterwards."""

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="difficulties"
    )
    case = models.ForeignKey("conversations.Case", on_delete=models.PROTECT, related_name="difficulties")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="difficulties")
    protocol = models.CharField(max_length=120)
    evidence = models.CharField(max_length=200, default="", blank=True)  # the words that showed it
    stops = models.JSONField(default=list, blank=True)
    calls = models.CharField(max_length=80)  # the team
    noticed_at = models.DateTimeField()
    due_at = models.DateTimeField()  # when a person must have answered
    answered_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_grade = models.CharField(max_length=20)
    review_due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    review = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("conversation", "protocol"),
                name="difficulty_open_once",
                condition=models.Q(reviewed_at=None),
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=("review_due_at",), name="difficulty_review", condition=models.Q(reviewed_at=None)),
            models.Index(fields=("customer",), name="difficulty_customer", condition=models.Q(reviewed_at=None)),
        ]
        verbose_name_plural = "difficulties"
