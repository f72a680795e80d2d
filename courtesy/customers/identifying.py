"""Identifying: whose address is this? One address belongs to one customer."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction

from courtesy.customers.indexing import file_customer
from courtesy.customers.models import ContactPoint, Customer
from courtesy.foundation.prepared import Question, insert

_point = Question[ContactPoint](
    lambda kind, value: ContactPoint.objects.select_related("customer").filter(kind=kind, value=value),
    kind="",
    value="",
)
_points_of = Question[tuple[str]](
    lambda customer, kind: (
        ContactPoint.objects.filter(customer_id=customer, kind=kind).order_by("pk").values_list("value")
    ),
    customer="",
    kind="",
)


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
        nameless = Customer.objects.create(name=name[:160], language=language)
        file_customer(nameless)
        return nameless
    customer = known_by(kind, value)
    if customer is not None:
        if name and not customer.name:
            with transaction.atomic():
                Customer.objects.filter(pk=customer.pk, name="").update(name=name[:160])
                customer.refresh_from_db()
                file_customer(customer)
        return customer
    try:
        with transaction.atomic():
            customer = Customer(name=name[:160], language=language)
            insert(customer)
            insert(ContactPoint(customer=customer, kind=kind, value=value))
            if name or kind != ContactPoint.Kind.CHAT:
                file_customer(customer)
            return customer
    except IntegrityError:  # the same new customer wrote twice at once
        customer = known_by(kind, value)
        if customer is None:
            raise
        return customer


def known_by(kind: str, value: str) -> Customer | None:
    """The customer who has this address, given in normal form."""
    point = _point.first(kind=str(kind), value=value)
    return point.customer if point is not None else None


def addresses_of(customer: Customer, kind: str) -> list[str]:
    """The customer's addresses of one kind, the oldest first."""
    return [value for (value,) in _points_of.all(customer=customer.pk, kind=str(kind))]
