"""Incidents: known trouble that many meet, who was told of it, and bursts of alike reports that may be one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from courtesy.workforce.models import Colleague


class Incident(models.Model):
    """Known trouble, declared by a colleague. It covers a matter when the place may be one of ``areas`` and the matter
    is one of ``procedures``, ``articles`` or ``products``; an empty list of areas means everywhere.

    ``news`` counts what was said of it: 1 when it is declared, one more with each change and when it is over."""

    class Status(models.TextChoices):
        OPEN = "open"
        OVER = "over"

    class Severity(models.TextChoices):
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)  # for colleagues; customers never see it
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.MEDIUM)
    areas = models.JSONField(default=list, blank=True)  # beginnings of postcodes, or names of towns and regions
    products = models.JSONField(default=list, blank=True)  # ids or names of products and services
    procedures = models.JSONField(default=list, blank=True)
    articles = models.JSONField(default=list, blank=True)
    said = models.JSONField(default=dict)  # language → what customers are told
    said_over = models.JSONField(default=dict, blank=True)  # language → what they are told when it is over
    whole_answer = models.BooleanField(default=False)  # the ordinary procedure only begins when it is asked for again
    began_at = models.DateTimeField()
    expected_at = models.DateTimeField(null=True, blank=True)  # when it should be over
    next_news_at = models.DateTimeField(null=True, blank=True)
    news = models.PositiveIntegerField(default=1)
    declared_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    declared_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("status", "-declared_at"), name="incident_status"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Told(models.Model):
    """A conversation that an incident touches. ``news``: the last that was told there; 0 when nothing was yet."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="told")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.PROTECT, related_name="troubles")
    place_known = models.BooleanField(default=False)  # whether it is sure that the customer is in the area
    news = models.PositiveIntegerField(default=0)
    linked_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("incident", "conversation"), name="incident_told_once"),
        ]
        indexes: ClassVar = [models.Index(fields=("incident", "news", "id"), name="incident_not_told")]
        verbose_name_plural = "told"


class Report(models.Model):
    """A customer who brought up a matter: what bursts are counted from. One row for a matter and conversation."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="reports")
    procedure = models.CharField(max_length=120)
    product = models.CharField(max_length=80, default="", blank=True)
    area = models.CharField(max_length=10, default="", blank=True)  # the beginning of the postcode
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversation", "procedure"), name="report_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("at",), name="report_at"),
            models.Index(fields=("procedure", "at"), name="report_of_procedure"),
            models.Index(fields=("product", "at"), name="report_of_product"),
            models.Index(fields=("area", "at"), name="report_of_area"),
        ]


class Suspicion(models.Model):
    """A burst of alike reports, shown at the desk until somebody declares an incident or dismisses it. Never told."""

    class Status(models.TextChoices):
        OPEN = "open"
        DECLARED = "declared"
        DISMISSED = "dismissed"

    procedure = models.CharField(max_length=120, default="", blank=True)  # "" = of any
    product = models.CharField(max_length=80, default="", blank=True)
    area = models.CharField(max_length=10, default="", blank=True)
    reports = models.PositiveIntegerField()  # customers within the window
    usual = models.FloatField()  # how many there usually are in such a window
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    incident = models.ForeignKey(Incident, null=True, blank=True, on_delete=models.SET_NULL, related_name="suspicions")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("procedure", "product", "area"),
                name="suspicion_open_once",
                condition=models.Q(status="open"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=("status", "-last_at"), name="suspicion_status")]
