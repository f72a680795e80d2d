"""Questions to the language model, what each cost, and what came back for a message or a reply."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Question(models.Model):
    """One call. The row is written, with the most it can cost, before the call is made; then corrected."""

    class Outcome(models.TextChoices):
        ASKING = "asking"
        ANSWERED = "answered"
        UNFIT = "unfit"  # nonsense, or a wording that says something else
        AWAY = "away"  # no answer: the model's side

    purpose = models.CharField(max_length=12)
    model = models.CharField(max_length=120)
    conversation = models.CharField(max_length=40, db_index=True)
    day = models.DateField(db_index=True)  # in UTC: what the daily limits count by
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.ASKING)
    because = models.CharField(max_length=300, default="", blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=8, default=0)
    milliseconds = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.purpose} {self.outcome}"


class Reading(models.Model):
    """What was proposed about one message, in the closed vocabulary: the provider's answer after the schema's check."""

    message = models.CharField(primary_key=True, max_length=40)
    conversation = models.CharField(max_length=40, db_index=True)
    proposal = models.JSONField(default=dict)
    model = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reading of {self.message}"


class Wording(models.Model):
    """Other words for one phrase, gaps and all, that say the same; for the next turn of one conversation."""

    conversation = models.CharField(max_length=40)
    phrase = models.CharField(max_length=64)  # SHA-256 of language and phrase
    text = models.TextField()
    model = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("conversation", "phrase"), name="wording_once")]

    def __str__(self) -> str:
        return f"wording in {self.conversation}"
