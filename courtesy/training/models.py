"""Proposals: what a colleague would teach the representative, until somebody who may takes or refuses it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from courtesy.conversations.models import Conversation, Message
from courtesy.workforce.models import Colleague

OPEN = ("proposed", "testing", "tested")


class Proposal(models.Model):
    """One change of the pack. ``text`` is a sentence that customers say (for an article its body), in which personal
    details are masked; ``target`` the procedure or article that it teaches, empty where it is about none."""

    class Kind(models.TextChoices):
        EXAMPLE = "example"
        COUNTER_EXAMPLE = "counter-example"
        ARTICLE = "article"

    class About(models.TextChoices):
        PROCEDURE = "procedure"
        ARTICLE = "article"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        TESTING = "testing"
        TESTED = "tested"
        TAKEN = "taken"
        REFUSED = "refused"
        UNDONE = "undone"

    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=20, choices=About)
    target = models.CharField(max_length=300, default="", blank=True)
    instead_of = models.CharField(max_length=300, default="", blank=True)  # what it was understood as
    language = models.CharField(max_length=8)
    text = models.TextField()
    title = models.CharField(max_length=200, default="", blank=True)  # of an article
    questions = models.JSONField(default=list, blank=True)  # that an article answers
    key = models.CharField(max_length=64)  # digest of what is taught, so that nothing is proposed twice
    conversation = models.ForeignKey(Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposed_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    progress = models.PositiveSmallIntegerField(default=0)  # percent of the test that is done
    tests = models.PositiveIntegerField(default=0)  # how often a test was asked for
    tested_at = models.DateTimeField(null=True, blank=True)  # while testing: since when
    edition = models.CharField(max_length=64, default="", blank=True)  # of the pack that the test changed
    report = models.JSONField(default=dict, blank=True)  # what the test found, see ``testing``
    decided_by = models.ForeignKey(Colleague, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(default="", blank=True)
    page = models.CharField(max_length=300, default="", blank=True)  # of the pack, that was written
    taken_as = models.CharField(max_length=64, default="", blank=True)  # the edition that holds it

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("state", "-proposed_at"), name="proposal_state"),
            models.Index(fields=("conversation",), name="proposal_conversation"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("key",), condition=Q(state__in=(*OPEN, "taken")), name="proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}: {self.title or self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def worsens(self) -> list[dict[str, Any]]:
        """Rehearsals that pass now and would fail with it."""
        return [one for one in self.report.get("failed", ()) if one.get("passed before")]

    @property
    def may_be_taken(self) -> bool:
        """Whether its test found nothing against it; whether the pack changed since is seen when it is taken."""
        return self.state == self.State.TESTED and not self.worsens and not self.report.get("errors")
