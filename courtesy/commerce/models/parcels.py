"""What carriers report of parcels, kept as it came, and what customers are owed to hear of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtesy.commerce.models.orders import Order, Shipment


class ParcelEvent(models.Model):
    """One report of a carrier: its bytes as they came, and what became of it. ``provider_id``: the carrier's own id
    of it, or sha256:… of the bytes where it has none."""

    class Outcome(models.TextChoices):
        STORED = "stored"  # not looked at yet
        APPLIED = "applied"
        OUTDATED = "outdated"  # something newer is known already
        QUARANTINED = "quarantined"  # cannot be read, or belongs to no parcel that is known
        DISMISSED = "dismissed"  # a colleague looked at it

    source = models.CharField(max_length=80)
    provider_id = models.CharField(max_length=300)
    raw = models.BinaryField()
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.STORED)
    reason = models.CharField(max_length=300, default="", blank=True)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.SET_NULL, related_name="parcel_events")
    position = models.PositiveIntegerField(null=True, blank=True)  # of the parcel within its order
    status = models.CharField(max_length=20, default="", blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "provider_id"), name="parcel_event_once"),)
        indexes = (
            models.Index(fields=("outcome", "at"), name="parcel_event_outcome"),
            models.Index(fields=("order", "position", "-happened_at"), name="parcel_event_latest"),
        )

    def __str__(self) -> str:
        return f"{self.source}: {self.provider_id}"


class DeliveryNotice(models.Model):
    """Something a customer is owed to hear of a delivery before they ask, once. ``key`` says what it is about."""

    class Kind(models.TextChoices):
        LATE = "late"  # the promised day passed and nothing arrived
        DELAYED = str(Shipment.Status.DELAYED)
        LOST = str(Shipment.Status.LOST)
        RETURNED_TO_SENDER = str(Shipment.Status.RETURNED_TO_SENDER)

    key = models.CharField(max_length=200, unique=True)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="delivery_notices")
    position = models.PositiveIntegerField(null=True, blank=True)  # of the parcel; None: the order has none yet
    kind = models.CharField(max_length=20, choices=Kind)
    promised = models.DateField(null=True, blank=True)
    expected = models.DateField(null=True, blank=True)
    owed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=40, default="", blank=True)  # "told", or why nothing was said
    conversation = models.CharField(max_length=40, default="", blank=True)  # where it was told

    class Meta:
        indexes = (
            models.Index(fields=("owed_at",), name="delivery_notice_owed", condition=Q(settled_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.order_id}"
