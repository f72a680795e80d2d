"""Store credit as a gesture, and moving an unshipped order to another means of payment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from courtesy.commerce.models import Order, Payment
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Receipt, Refusal
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import crediting, paying
from courtesy.commerce.shops.embedded.addresses import find_customer
from courtesy.commerce.shops.embedded.cancelling import why_not_unshipped
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import locked
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.foundation.money import Money

GOODWILL = "goodwill"


def goodwill(id: str, amount: Money, reason: str, *, order: str = "", key: str, at: datetime) -> Answer:
    """Grant store credit; the customer's credit in that currency is opened when there is none. Where it makes up for
    an invoiced order of theirs, the invoice is credited."""
    act = "goodwill credit"

    def effect(receipt_number: str) -> Answer:
        customer = find_customer(id, hold=True)
        if customer is None:
            return refuse(act, "unknown customer")
        if amount.amount <= 0:
            return refuse(act, "amount not positive")
        about = locked(order) if order else None
        credit = paying.store_credit(customer, amount.currency)
        paying.move_balance(credit, amount.amount, why=GOODWILL, order="", number=receipt_number, at=at)
        balance = Money(credit.balance or amount.amount, amount.currency)
        details = {"amount": amount, "reason": reason, "balance": balance, "refund to": (credit.label or credit.kind,)}
        note = ""
        if about is not None and about.customer_id == customer.pk and about.currency == amount.currency:
            note = crediting.credit_amount(
                about, amount.amount, why=GOODWILL, reason=reason, receipt=receipt_number, at=at
            )
        return crediting.noting(Receipt(act, receipt_number, at, amount, details), note)

    return crediting.with_credit_note(once(act, id, key, at, effect))


def take_back(id: str, amount: Money, *, of: str, key: str, at: datetime) -> Answer:
    """Take a goodwill credit back, as long as it is there: what was spent stays spent."""
    act = "undo"

    def effect(receipt_number: str) -> Answer:
        customer = find_customer(id, hold=True)
        if customer is None:
            return refuse(act, "unknown customer")
        credit = paying.store_credit(customer, amount.currency)
        label, left = credit.label or credit.kind, Money(credit.balance or Decimal(0), amount.currency)
        if left < amount:
            return refuse(act, "balance too low", {"payment means": label, "balance": left, "due": amount})
        paying.move_balance(credit, -amount.amount, why=GOODWILL, order="", number=receipt_number, at=at)
        details = {"amount": amount, "balance": left - amount, "receipt": of}
        note = crediting.take_back(of, receipt_number, at)
        return crediting.noting(Receipt(act, receipt_number, at, amount, details), note)

    return crediting.with_credit_note(once(act, id, key, at, effect))


def change_payment(number: str, id: str, *, key: str, at: datetime) -> Answer:
    """Pay an unshipped order with another means: all goes back to where it came from and is taken from the new one."""
    act = "change payment"

    def effect(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(act, "unknown order", {"order": number})
        no = why_not_unshipped(act, order)
        return no if no is not None else _change(act, order, id, receipt_number, at)

    return once(act, number, key, at, effect)


def _change(act: str, order: Order, id: str, number: str, at: datetime) -> Answer:
    paid = paying.net_paid(order)
    if paid <= 0:
        return refuse(act, "not paid", {"order": order.number})
    before = paying.split_by_origin(order, paid)
    own = {part.means: part.amount for part in before}
    # What this means paid itself comes back to it first, so only the rest must be covered.
    match = next((means for means in own if compared(means) == compared(id)), "")
    if match and len(before) == 1:
        return refuse(act, "same payment means", {"payment means": before[0].label or before[0].kind})
    means = paying.can_pay(act, order, id, paid - own.get(match, 0))
    if isinstance(means, Refusal):
        return means
    why = Payment.Why.CHANGE_OF_MEANS
    parts = paying.pay_back(order, paid, paying.Target(paying.ORIGINAL), why=why, number=number, at=at)
    means.refresh_from_db()
    paying.charge(order, means, paid, why=why, number=number, at=at)
    order.changed_at = at
    order.save(update_fields=("changed_at",))
    label = means.label or means.kind
    return receipt(act, number, at, order, Money(paid, order.currency), parts=parts, payment_means=label)
