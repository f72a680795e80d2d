"""What is kept about articles: questions that none answers, whether one helped, contradictions, and dead links."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class KnowledgeGap(models.Model):
    """A question that nobody could answer from the articles. ``key`` is the question without its small words, so that
    the same question in other words counts once; ``text`` is as it was first asked, with personal details masked."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    language = models.CharField(max_length=8)
    key = models.CharField(max_length=64)
    text = models.CharField(max_length=500)
    count = models.PositiveIntegerField(default=1)
    first_asked_at = models.DateTimeField()
    last_asked_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    article = models.CharField(max_length=300, default="", blank=True)  # the article that answers it now
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, default="", blank=True)  # id of the colleague

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("language", "key"), name="knowledge_gap_once")]
        indexes: ClassVar = [models.Index(fields=("status", "-count"), name="knowledge_gap_open")]

    def __str__(self) -> str:
        return f"{self.text} ({self.count})"


class GapDay(models.Model):
    """How often a gap was asked on one day (UTC), for telling what grows."""

    gap = models.ForeignKey(KnowledgeGap, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("gap", "day"), name="gap_day_once")]
        indexes: ClassVar = [models.Index(fields=("day",), name="gap_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"


class ArticleFeedback(models.Model):
    """How often readers said that an article helped, for one edition of the pack."""

    article = models.CharField(max_length=300)
    language = models.CharField(max_length=8)
    edition = models.CharField(max_length=64)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("article", "language", "edition"), name="article_feedback_once")
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.article}: {self.helpful} helped, {self.unhelpful} did not"


class KnowledgeConflict(models.Model):
    """Two passages that contradict each other, met while a customer was answered. ``key`` stays the same as long as
    both sentences do; closed by a colleague who said that both are right."""

    class Status(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    language = models.CharField(max_length=8)
    key = models.CharField(max_length=64)
    older = models.CharField(max_length=300)  # id of the article
    newer = models.CharField(max_length=300)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=40, default="", blank=True)  # id of the colleague

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("language", "key"), name="knowledge_conflict_once")]

    def __str__(self) -> str:
        return f"{self.language}/{self.older} and {self.newer}"


class LinkCheck(models.Model):
    """What was found when a web address in an article was asked last. ``dead``: its articles' owners are told."""

    url = models.CharField(max_length=1000, unique=True)
    checked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    problem = models.CharField(max_length=100, default="", blank=True)
    failures = models.PositiveIntegerField(default=0)  # in a row
    dead = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.url}: {self.problem or 'leads somewhere'}"
