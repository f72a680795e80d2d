"""Customers of the shop, how they pay, and what they have in credit."""

from __future__ import annotations

from django.db import models

from courtesy.commerce.models.columns import Addressed, amount


class Customer(Addressed):
    """A customer of the shop. The ``…_key`` columns hold what look-ups compare."""

    id = models.CharField(primary_key=True, max_length=80)
    first_name = models.CharField(max_length=80, default="", blank=True)
    last_name = models.CharField(max_length=80, default="", blank=True)
    email = models.CharField(max_length=320, default="", blank=True)
    email_key = models.CharField(max_length=320, default="", blank=True)
    name_key = models.CharField(max_length=200, default="", blank=True)
    postcode_key = models.CharField(max_length=20, default="", blank=True)
    phone = models.CharField(max_length=40, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    on_hold = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)  # last changed by a deed: imports leave it alone

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("email_key",), condition=~models.Q(email_key=""), name="customer_email_once"
            ),
        )
        indexes = (models.Index(fields=("postcode_key", "name_key"), name="customer_name_postcode"),)

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class PaymentMeans(models.Model):
    """A stored way to pay; ``balance`` for gift cards and store credit, always the sum of their entries."""

    class Kind(models.TextChoices):
        CARD = "card"
        PAYPAL = "paypal"
        GIFT_CARD = "gift card"
        STORE_CREDIT = "store credit"
        BANK_TRANSFER = "bank transfer"
        CASH = "cash"

    id = models.CharField(primary_key=True, max_length=80)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="payment_means")
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind)
    label = models.CharField(max_length=80, default="", blank=True)
    balance = amount(null=True, blank=True)
    currency = models.CharField(max_length=3, default="", blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(balance__isnull=True) | models.Q(balance__gte=0), name="means_balance_not_negative"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.id

    @property
    def holds_money(self) -> bool:
        return self.kind in (self.Kind.GIFT_CARD, self.Kind.STORE_CREDIT)


class BalanceEntry(models.Model):
    """One movement on a gift card or store credit. Never changed, never deleted by a deed."""

    means = models.ForeignKey(PaymentMeans, on_delete=models.CASCADE, related_name="entries")
    amount = amount()
    why = models.CharField(max_length=40)  # opening balance, purchase, refund, goodwill, price difference …
    order = models.CharField(max_length=60, default="", blank=True)
    deed = models.CharField(max_length=40, default="", blank=True)  # number of the receipt
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("means", "why", "at"), name="balance_entry_why"),)

    def __str__(self) -> str:
        return f"{self.means_id}: {self.amount} ({self.why})"
