"""Colleagues and their teams."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from courtesy.foundation.identifiers import new_id


def new_colleague_id() -> str:
    return new_id("col")


class ColleagueManager(UserManager["Colleague"]):
    """Colleagues sign in with their e-mail address."""

    def create_colleague(self, email: str, name: str, password: str | None = None, **more: Any) -> Colleague:
        colleague = self.model(email=self.normalize_email(email).lower(), name=name, **more)
        colleague.set_password(password)
        colleague.save(using=self._db)
        return colleague


class Colleague(AbstractUser):
    """A human colleague. ``grade`` is one of ``pack.vocabulary.GRADES`` and says what they may approve."""

    class Grade(models.TextChoices):
        TRAINEE = "trainee"
        REPRESENTATIVE = "representative"
        SENIOR = "senior"
        TEAM_LEAD = "team lead"
        MANAGER = "manager"

    class Presence(models.TextChoices):
        AVAILABLE = "available"
        BUSY = "busy"
        AWAY = "away"

    id = models.CharField(primary_key=True, max_length=40, default=new_colleague_id, editable=False)
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    grade = models.CharField(max_length=20, choices=Grade, default=Grade.REPRESENTATIVE)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=60, default="", blank=True)  # IANA name; "" = the company's
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.AWAY)
    seen_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[ColleagueManager] = ColleagueManager()

    def __str__(self) -> str:
        return self.name or self.email

    def has_grade(self, grade: str) -> bool:
        """Whether this colleague's grade is ``grade`` or above."""
        order = [value for value, _ in self.Grade.choices]
        return order.index(self.grade) >= order.index(grade)


class Team(models.Model):
    """A team as the pack names it."""

    name = models.CharField(max_length=80, unique=True)
    members = models.ManyToManyField(Colleague, related_name="teams", blank=True)

    def __str__(self) -> str:
        return self.name


class Delegation(models.Model):
    """During an absence a colleague decides with another's grade. It never reaches further than the grade given."""

    giver = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="delegations_taken")
    grade = models.CharField(max_length=20, choices=Colleague.Grade)
    first_day = models.DateField()
    last_day = models.DateField()
    recorded_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("taker", "last_day"), name="delegation_taken"),
            models.Index(fields=("giver", "last_day"), name="delegation_given"),
        ]

    def holds(self, on: date) -> bool:
        return self.ended_at is None and self.first_day <= on <= self.last_day
