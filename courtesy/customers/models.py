"""Customers as we know them, and how to reach them."""

from __future__ import annotations

from django.db import models

from courtesy.foundation.identifiers import new_id


def new_customer_id() -> str:
    return new_id("cus")


class Customer(models.Model):
    """One person, one profile. ``shop_customer`` is the id in the shop, set only once it was proven."""

    id = models.CharField(primary_key=True, max_length=40, default=new_customer_id, editable=False)
    name = models.CharField(max_length=160, default="", blank=True)
    language = models.CharField(max_length=8, default="", blank=True)
    country = models.CharField(max_length=2, default="", blank=True)
    shop_customer = models.CharField(max_length=80, default="", blank=True, db_index=True)
    notes = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name or self.id


class ContactPoint(models.Model):
    """An address of a customer on some medium, in normal form. ``verified_at``: they proved that it is theirs."""

    class Kind(models.TextChoices):
        EMAIL = "e-mail"
        PHONE = "phone"
        CHAT = "chat"  # the anonymous visitor of one browser

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=320)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "value"), name="contact_point_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class Proof(models.Model):
    """A one-time code sent to an address, to prove who is asking. Only a salted hash of the code is kept."""

    conversation = models.CharField(max_length=40, db_index=True)
    address = models.CharField(max_length=320)
    code_hash = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
