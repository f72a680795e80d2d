"""Orders and all that happens to them: lines, parcels, payments, returns, swaps."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from courtesy.commerce.models.buyers import Customer
from courtesy.commerce.models.columns import Addressed, amount


class Order(Addressed):
    """An order. ``shipping_refunded``: how much of the delivery cost was given back."""

    class Status(models.TextChoices):
        PENDING = "pending"
        PAID = "paid"
        PACKED = "packed"
        SHIPPED = "shipped"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"
        RETURN_REQUESTED = "return requested"
        RETURNED = "returned"
        EXCHANGE_REQUESTED = "exchange requested"
        ITEMS_CHANGED = "items changed"

    number = models.CharField(primary_key=True, max_length=60)
    number_key = models.CharField(max_length=60, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=20, choices=Status)
    placed_at = models.DateTimeField()
    email = models.CharField(max_length=320, default="", blank=True)
    currency = models.CharField(max_length=3)
    shipping = amount(default=0)
    shipping_refunded = amount(default=0)
    discount = amount(default=0)
    total = amount()
    expected = models.DateField(null=True, blank=True)
    on_hold = models.BooleanField(default=False)
    collect_at = models.CharField(max_length=80, default="", blank=True)  # the store, when it is collected there
    pay_by = models.CharField(max_length=20, default="", blank=True)  # how it was agreed to be paid, when known
    note = models.CharField(max_length=500, default="", blank=True)  # what the customer asked for beside the goods
    cancel_reason = models.CharField(max_length=200, default="", blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)  # last changed by a deed: imports leave it alone

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(
                condition=Q(shipping_refunded__gte=0) & Q(shipping_refunded__lte=F("shipping")),
                name="order_shipping_refunded_once",
            ),
        )
        indexes = (models.Index(fields=("customer", "-placed_at"), name="order_of_customer"),)

    def __str__(self) -> str:
        return self.number

    @property
    def is_unshipped(self) -> bool:
        return self.status in (self.Status.PENDING, self.Status.PAID, self.Status.ITEMS_CHANGED)


class Line(models.Model):
    """One line. Its pieces are open, or sent back and awaiting their refund, or closed; ``value`` is what all cost."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    line_id = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    sku = models.CharField(max_length=80)
    product = models.CharField(max_length=80)
    product_name = models.CharField(max_length=200)
    options = models.JSONField(default=list, blank=True)
    returnable = models.BooleanField(default=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    quantity = models.PositiveIntegerField()
    open_quantity = models.PositiveIntegerField()
    awaiting_refund = models.PositiveIntegerField(default=0)
    price = amount()  # list price of one piece
    discount = amount(default=0)  # this line's share of all discounts
    value = amount()  # price × quantity − discount
    refunded = amount(default=0)
    replaces = models.CharField(max_length=40, default="", blank=True)  # the line that was exchanged for this one

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("order", "line_id"), name="line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="line_quantity_positive"),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("open_quantity") + F("awaiting_refund")), name="line_pieces_exist"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="line_value_not_negative"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0) & Q(refunded__lte=F("value")), name="line_refunded_at_most_paid"
            ),
        )

    def __str__(self) -> str:
        return f"{self.order_id}/{self.line_id}"

    @property
    def closed_quantity(self) -> int:
        return self.quantity - self.open_quantity - self.awaiting_refund


class Shipment(models.Model):
    """A parcel and the ids of the lines in it."""

    class Status(models.TextChoices):
        LABEL_MADE = "label made"
        IN_TRANSIT = "in transit"
        OUT_FOR_DELIVERY = "out for delivery"
        DELIVERED = "delivered"
        DELAYED = "delayed"
        LOST = "lost"
        RETURNED_TO_SENDER = "returned to sender"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="shipments")
    position = models.PositiveIntegerField()
    carrier = models.CharField(max_length=80, default="", blank=True)
    tracking = models.CharField(max_length=120, default="", blank=True)
    url = models.CharField(max_length=300, default="", blank=True)
    status = models.CharField(max_length=20, choices=Status)
    expected = models.DateField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("order", "position"), name="shipment_once"),)

    def __str__(self) -> str:
        return f"{self.order_id}: {self.carrier} {self.tracking}"


class Payment(models.Model):
    """One movement of money on an order; below zero: paid back. Never changed, only added."""

    class Why(models.TextChoices):
        PURCHASE = "purchase"
        REFUND = "refund"
        CANCELLATION = "cancellation"
        PRICE_DIFFERENCE = "price difference"
        CHANGE_OF_MEANS = "change of means"

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="payments")
    position = models.PositiveIntegerField()
    means = models.CharField(max_length=80, default="", blank=True)  # id; text, because means may be gone
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=80, default="", blank=True)
    amount = amount()
    why = models.CharField(max_length=20, choices=Why, default=Why.PURCHASE)
    number = models.CharField(max_length=40, default="", blank=True)  # number of the receipt, one for all its parts
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("order", "position"), name="payment_once"),)
        indexes = (
            models.Index(fields=("why", "at"), name="payment_why"),
            models.Index(fields=("order", "why", "at"), name="payment_of_order"),  # what one customer got back
        )

    def __str__(self) -> str:
        return f"{self.order_id}: {self.amount} {self.label}"


class Return(models.Model):
    """Goods on their way back."""

    class Status(models.TextChoices):
        OPEN = "open"
        RECEIVED = "received"
        REFUNDED = "refunded"
        REJECTED = "rejected"
        CLOSED = "closed"

    number = models.CharField(primary_key=True, max_length=40)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="returns")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(max_length=200, default="", blank=True)
    outcome = models.CharField(max_length=40, default="", blank=True)
    to = models.CharField(max_length=80, default="", blank=True)
    amount = amount()
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class ReturnLine(models.Model):
    """Pieces of a line that are sent back; ``settled`` of them are paid back or exchanged."""

    opened = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    line_id = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField()
    settled = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("opened", "line_id"), name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=F("settled")), name="return_line_settled_at_most_sent"),
        )

    def __str__(self) -> str:
        return f"{self.opened_id}: {self.quantity} × {self.line_id}"


class Swap(models.Model):
    """Pieces of one variant replaced by another, before shipping or by exchange."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="swaps")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    line_id = models.CharField(max_length=40)
    new_line_id = models.CharField(max_length=40)
    old_sku = models.CharField(max_length=80)
    new_sku = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    difference = amount()
    means = models.CharField(max_length=80, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("order", "position"), name="swap_once"),)

    def __str__(self) -> str:
        return f"{self.order_id}: {self.old_sku} → {self.new_sku}"
