"""Bookings: appointments, the time they take from benches, rooms and people, the waiting list, and what is owed to say.

No double booking is a unique constraint: a booking takes one row for each seat of a resource and each five minutes, so
two bookings of the same seat at the same time cannot both be written, on any database.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Booking(models.Model):
    """An appointment. ``sequence`` grows with every change, as calendars count them (RFC 5545, 3.8.7.4)."""

    class Status(models.TextChoices):
        HELD = "held"  # offered from the waiting list, kept until ``held_until``
        BOOKED = "booked"
        CANCELLED = "cancelled"
        LAPSED = "lapsed"  # was held, nobody took it
        KEPT = "kept"
        NO_SHOW = "no-show"

    number = models.CharField(primary_key=True, max_length=40)
    number_key = models.CharField(max_length=40, unique=True)
    service = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    customer = models.CharField(max_length=80, default="", blank=True)  # id of the shop's customer, when proven
    conversation = models.CharField(max_length=40, default="", blank=True)
    name = models.CharField(max_length=160, default="", blank=True)
    email = models.CharField(max_length=320, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)  # why it was cancelled
    sequence = models.PositiveIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(held_until__isnull=False), name="booking_held_has_an_end"
            ),
        )
        indexes = (
            models.Index(fields=("place", "starts_at"), name="booking_of_place"),
            models.Index(fields=("customer", "starts_at"), name="booking_of_customer"),
            models.Index(fields=("email", "starts_at"), name="booking_of_email"),
            models.Index(fields=("conversation", "starts_at"), name="booking_of_talk"),
            models.Index(fields=("held_until",), name="booking_held", condition=Q(status="held")),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.service}"


class Taken(models.Model):
    """Five minutes of one seat of a resource. ``tick`` counts spans of five minutes since 1970-01-01T00:00Z."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="taken")
    resource = models.CharField(max_length=120)
    seat = models.PositiveSmallIntegerField(default=1)
    tick = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("resource", "tick", "seat"), name="taken_once"),)

    def __str__(self) -> str:
        return f"{self.resource}/{self.seat} {self.tick}"


class Waiting(models.Model):
    """Somebody who waits for a slot of a service between two moments; an empty place means any."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"  # a freed slot is held: ``offer``
        SERVED = "served"
        GONE = "gone"  # let an offer lapse, left, or the time is over

    number = models.CharField(primary_key=True, max_length=40)
    service = models.CharField(max_length=120)
    place = models.CharField(max_length=120, default="", blank=True)
    first = models.DateTimeField()
    last = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    customer = models.CharField(max_length=80, default="", blank=True)
    conversation = models.CharField(max_length=40, default="", blank=True)
    name = models.CharField(max_length=160, default="", blank=True)
    email = models.CharField(max_length=320, default="", blank=True)
    offer = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="offered_to")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(last__gte=F("first")), name="waiting_from_to"),)
        indexes = (models.Index(fields=("status", "service", "made_at"), name="waiting_next"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.service}"


class Notice(models.Model):
    """Something owed to be said about a booking, once: a reminder, a freed slot, an offer that lapsed."""

    class Kind(models.TextChoices):
        REMINDER = "reminder"
        OFFER = "offer"
        LAPSED = "lapsed"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    sequence = models.PositiveIntegerField(default=0)  # of the booking; a moved one is reminded of anew
    conversation = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True, blank=True)  # said, or no longer true

    class Meta:
        constraints = (models.UniqueConstraint(fields=("booking", "kind", "sequence"), name="notice_once"),)
        indexes = (
            models.Index(fields=("due_at",), name="notice_due", condition=Q(said_at__isnull=True)),
            models.Index(fields=("conversation",), name="notice_of_talk", condition=Q(said_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.booking_id}"
