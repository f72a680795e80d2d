"""Customers are found by their name and their addresses, as soon as these are known."""

from __future__ import annotations

from courtesy.customers.models import ContactPoint, Customer
from courtesy.foundation.search import index
from courtesy.language.search_terms import terms


def file_customer(customer: Customer) -> None:
    """Let the customer be found by what is known now. A visitor without name and address is not in the index."""
    points = customer.contact_points.exclude(kind=ContactPoint.Kind.CHAT).values_list("value", flat=True)
    written = "\n".join([customer.name, *points]).strip()
    if written:
        index.put(index.PEOPLE, customer.pk, terms(written))
