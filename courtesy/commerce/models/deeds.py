"""What the shop did, once for each key; invoices, credit notes, and the counters that number them without gaps."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtesy.commerce.models.columns import amount
from courtesy.commerce.models.orders import Order


class Deed(models.Model):
    """A deed and its answer, a receipt or a refusal. The row is written before the effect, in its transaction."""

    key = models.CharField(max_length=200, unique=True)
    act = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)  # order number or customer id, as compared
    number = models.CharField(max_length=40, default="", blank=True)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Counter(models.Model):
    """The last number given in a series. Taken inside the deed's transaction, so no number is ever lost."""

    series = models.CharField(primary_key=True, max_length=40)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class Invoice(models.Model):
    """The invoice of an order, as it was first issued: copies always say the same. ``credited``: by its notes."""

    number = models.CharField(primary_key=True, max_length=40)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="invoice")
    issued_at = models.DateTimeField()
    total = amount(default=0)
    credited = amount(default=0)
    content = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(credited__gte=0) & Q(credited__lte=F("total")), name="invoice_credited_at_most_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class CreditNote(models.Model):
    """What was given back of an invoice, as it was issued. ``receipt``: the deed that it is for, one note each."""

    number = models.CharField(primary_key=True, max_length=40)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    receipt = models.CharField(max_length=60, unique=True)
    total = amount()  # below zero: takes an earlier note back
    issued_at = models.DateTimeField()
    content = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.number
