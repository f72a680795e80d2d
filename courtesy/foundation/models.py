"""Work that is owed, one row for each job, the truth that the queue only carries; and what is in the word index."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """A piece of work with a due time and a lease.

    ``key`` is unique for a kind: asking twice for the same work makes one row. A worker claims the row with one
    compare-and-set update; a lease that ran out makes it claimable again.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=60, default="", blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="job_once"),)
        indexes = (
            models.Index(fields=("due_at",), name="job_waiting", condition=models.Q(state="waiting")),
            models.Index(fields=("done_at",), name="job_done"),
        )

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Indexed(models.Model):
    """A text in the word index: ``key`` names it on its shelf, ``id`` is its number there, newer ones higher."""

    shelf = models.CharField(max_length=20)
    key = models.CharField(max_length=60)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("shelf", "key"), name="indexed_once"),)

    def __str__(self) -> str:
        return f"{self.shelf}:{self.key}"
