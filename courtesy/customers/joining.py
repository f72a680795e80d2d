"""Joining: an address that was proven belongs to one profile, and the conversation follows it there."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.db import transaction

from courtesy.customers.identifying import normal_form
from courtesy.customers.indexing import file_customer
from courtesy.customers.models import ContactPoint, Customer


class Talk(Protocol):
    """What is needed of a conversation: its customer, and saving that."""

    @property
    def customer(self) -> Customer: ...
    @customer.setter
    def customer(self, value: Customer) -> None: ...
    def save(self, *, update_fields: list[str]) -> None: ...


@transaction.atomic
def confirm_email(conversation: Talk, address: str, shop_customer: str, at: datetime) -> Customer:
    """Note that the customer of this conversation proved the address, and who they are in the shop.

    When the address belongs to a known profile, the conversation moves to that profile; the visitor's profile stays
    with what it had before."""
    value = normal_form(ContactPoint.Kind.EMAIL, address)
    point = ContactPoint.objects.select_related("customer").filter(kind=ContactPoint.Kind.EMAIL, value=value).first()
    if point is None:
        point = ContactPoint(customer=conversation.customer, kind=ContactPoint.Kind.EMAIL, value=value)
    point.verified_at = at
    point.save()
    customer = point.customer
    file_customer(customer)
    if customer.shop_customer != shop_customer:
        customer.shop_customer = shop_customer
        customer.save(update_fields=["shop_customer"])
    if conversation.customer.pk != customer.pk:
        conversation.customer = customer
        conversation.save(update_fields=["customer"])
    return customer
