"""Identifying: whose address is this? One address belongs to one customer."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction

from courtesy.customers.models import ContactPoint, Customer


def normal_form(kind: str, value: str) -> str:
    """An address as it is compared: e-mail in lower case without blanks, phone as digits with a leading plus."""
    value = value.strip()
    if kind == ContactPoint.Kind.EMAIL:
        return value.lower()
    if kind == ContactPoint.Kind.PHONE:
        return ("+" if value.startswith("+") else "") + re.sub(r"\D", "", value)
    return value


def identify(kind: str, value: str, *, name: str = "", language: str = "") -> Customer:
    """The customer who has this address; a new one when nobody has. An empty address always makes a new customer."""
    value = normal_form(kind, value)
    if not value:
        return Customer.objects.create(name=name[:160], language=language)
    known = ContactPoint.objects.select_related("customer").filter(kind=kind, value=value).first()
    if known is not None:
        customer = known.customer
        if name and not customer.name:
            Customer.objects.filter(pk=customer.pk, name="").update(name=name[:160])
            customer.refresh_from_db()
        return customer
    try:
        with transaction.atomic():
            customer = Customer.objects.create(name=name[:160], language=language)
            ContactPoint.objects.create(customer=customer, kind=kind, value=value)
            return customer
    except IntegrityError:  # the same new customer wrote twice at once
        return ContactPoint.objects.select_related("customer").get(kind=kind, value=value).customer
