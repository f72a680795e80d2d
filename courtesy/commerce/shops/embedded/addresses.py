"""Where things go: the delivery address of an order not yet packed, and the customer's own address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from courtesy.commerce.models import Customer
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import PostalAddress, Receipt
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded.cancelling import why_not_unshipped
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import locked
from courtesy.commerce.shops.embedded.receipts import receipt, written_address


def change_address(number: str, address: PostalAddress, *, key: str, at: datetime) -> Answer:
    """Send an order elsewhere while it is pending or paid."""
    act = "change address"

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(act, "unknown order", {"order": number})
        if (no := why_not_unshipped(act, order)) is not None:
            return no
        if not address.complete():
            return refuse(act, "address incomplete")
        new = address if address.name else replace(address, name=order.recipient)
        before = written_address(order.address)
        order.move_to(new)
        order.changed_at = at
        order.save()
        return receipt(act, receipt_number, at, order, new_address=written_address(new), old_address=before)

    return once(act, number, key, at, effect)


def change_contact_address(id: str, address: PostalAddress, *, key: str, at: datetime) -> Answer:
    """Change the customer's own address; orders on their way keep theirs."""
    act = "change contact address"

    def effect(receipt_number: str) -> Answer:
        customer = find_customer(id, hold=True)
        if customer is None:
            return refuse(act, "unknown customer")
        if not address.complete():
            return refuse(act, "address incomplete")
        new = address if address.name else replace(address, name=customer.recipient)
        before = written_address(customer.address)
        customer.move_to(new)
        customer.postcode_key = compared(new.postcode)
        customer.changed_at = at
        customer.save()
        details = {"new address": written_address(new), "old address": before}
        return Receipt(act, receipt_number, at, None, details)

    return once(act, id, key, at, effect)


def find_customer(id: str, *, hold: bool = False) -> Customer | None:
    """A customer by id as people write it."""
    rows = Customer.objects.select_for_update() if hold else Customer.objects.all()
    return rows.filter(pk=id).first() or rows.filter(pk__iexact="".join(id.split())).first()
