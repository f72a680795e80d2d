"""Money on an order: what is paid, who gets it back, and the balances of gift cards and store credit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, QuerySet, Sum

from courtesy.commerce.models import BalanceEntry, Customer, Order, Payment, PaymentMeans
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Refusal
from courtesy.commerce.refusals import refuse
from courtesy.foundation.money import Money

ORIGINAL = "original means"
STORE_CREDIT = "store credit"
GIFT_CARD = "gift card"
_HELD = (PaymentMeans.Kind.GIFT_CARD, PaymentMeans.Kind.STORE_CREDIT)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a payment on one means."""

    means: str
    kind: str
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """Where money goes back: to the means it came from, or to one that is named or will be made."""

    kind: str  # ORIGINAL, STORE_CREDIT (found or made), GIFT_CARD (made) or "named"
    means: PaymentMeans | None = None


def net_paid(order: Order) -> Decimal:
    """Paid and not paid back."""
    return order.payments.aggregate(net=Sum("amount"))["net"] or Decimal(0)


def target(act: str, order: Order, to: str) -> Target | Refusal:
    """Read ``to``; refuses an id that is not one of the customer's own means."""
    if to in ("", ORIGINAL, STORE_CREDIT, GIFT_CARD):
        return Target(to or ORIGINAL)
    means = own_means(order.customer, to)
    if means is None:
        return refuse(act, "unknown payment means")
    if means.holds_money and means.currency != order.currency:
        return refuse(act, "other currency", {"currency": means.currency})
    return Target("named", means)


def _held(rows: QuerySet[PaymentMeans]) -> QuerySet[PaymentMeans]:
    """The rows, locked when a deed reads them; a quote only looks."""
    return rows.select_for_update() if transaction.get_connection().in_atomic_block else rows


def own_means(customer: Customer, id: str) -> PaymentMeans | None:
    """One of the customer's means, by id as people write it; held until the transaction ends."""
    means = _held(PaymentMeans.objects.filter(customer=customer)).order_by("position", "id")
    return next((row for row in means if compared(row.id) == compared(id)), None)


def split_by_origin(order: Order, amount: Decimal) -> list[Part]:
    """Parts of ``amount`` over the means in the order they were first used, none beyond what it paid itself."""
    paid: dict[str, Part] = {}
    for payment in order.payments.order_by("position"):
        before = paid.get(payment.means)
        total = payment.amount + (before.amount if before else 0)
        paid[payment.means] = Part(payment.means, payment.kind, payment.label, total)
    parts = []
    for part in paid.values():
        share = min(part.amount, amount)
        if share > 0:
            parts.append(Part(part.means, part.kind, part.label, share))
            amount -= share
    return parts


def plan(order: Order, amount: Decimal, to: Target) -> list[Part]:
    """The parts in which ``amount`` would go back; a means still to be made has no id yet."""
    if amount <= 0:
        return []
    if to.kind == ORIGINAL:
        return split_by_origin(order, amount)
    if to.means is not None:
        return [Part(to.means.id, to.means.kind, to.means.label, amount)]
    found = _store_credit(order.customer, order.currency) if to.kind == STORE_CREDIT else None
    return [Part(found.id if found else "", to.kind, found.label if found else "", amount)]


def pay_back(order: Order, amount: Decimal, to: Target, *, why: str, number: str, at: datetime) -> list[Part]:
    """Give money back, with its entries on the order and on balances; returns the parts as they were paid."""
    done = []
    for part in plan(order, amount, to):
        means = _receiver(order, part)
        if means is not None:
            part = Part(means.id, means.kind, means.label, part.amount)
            if means.holds_money:
                move_balance(means, part.amount, why=why, order=order.number, number=number, at=at)
        enter(order, part, -part.amount, why=why, number=number, at=at)
        done.append(part)
    return done


def _receiver(order: Order, part: Part) -> PaymentMeans | None:
    """The means row that takes the part. A gift card that is gone from the books is replaced by store credit."""
    if part.means:
        means = _held(PaymentMeans.objects.filter(pk=part.means, customer=order.customer)).first()
        if means is not None or part.kind not in _HELD:
            return means
    if part.kind == GIFT_CARD and not part.means:
        return new_gift_card(order.customer, order.currency)
    return store_credit(order.customer, order.currency)


def can_pay(act: str, order: Order, id: str, amount: Decimal) -> PaymentMeans | Refusal:
    """The customer's means ``id`` (or the one last paid with), if it can pay ``amount``."""
    if id in ("", ORIGINAL):
        last = order.payments.filter(amount__gt=0).order_by("-position").first()
        id = last.means if last else ""
    means = own_means(order.customer, id) if id else None
    if means is None:
        return refuse(act, "unknown payment means")
    if means.holds_money:
        if means.currency != order.currency:
            return refuse(act, "other currency", {"currency": means.currency})
        balance = means.balance or Decimal(0)
        if balance < amount:
            fields = {"balance": Money(balance, order.currency), "due": Money(amount, order.currency)}
            return refuse(act, "balance too low", {"payment means": means.label or means.id, **fields})
    return means


def charge(order: Order, means: PaymentMeans, amount: Decimal, *, why: str, number: str, at: datetime) -> Part:
    """Take ``amount`` from a means that ``can_pay``."""
    part = Part(means.id, means.kind, means.label, amount)
    if means.holds_money:
        move_balance(means, -amount, why=why, order=order.number, number=number, at=at)
    enter(order, part, amount, why=why, number=number, at=at)
    return part


def enter(order: Order, part: Part, amount: Decimal, *, why: str, number: str, at: datetime) -> None:
    last = order.payments.aggregate(last=Max("position"))["last"] or 0
    Payment.objects.create(
        order=order,
        position=last + 1,
        means=part.means,
        kind=part.kind,
        label=part.label,
        amount=amount,
        why=why,
        number=number,
        at=at,
    )


def move_balance(means: PaymentMeans, amount: Decimal, *, why: str, order: str, number: str, at: datetime) -> None:
    """Change a balance together with its entry; ``means`` must be held."""
    means.balance = (means.balance or Decimal(0)) + amount
    means.save(update_fields=("balance",))
    BalanceEntry.objects.create(means=means, amount=amount, why=why, order=order, deed=number, at=at)


def _store_credit(customer: Customer, currency: str) -> PaymentMeans | None:
    credit = PaymentMeans.objects.filter(customer=customer, kind=STORE_CREDIT, currency=currency)
    return _held(credit).order_by("position", "id").first()


def store_credit(customer: Customer, currency: str) -> PaymentMeans:
    """The customer's store credit in this currency, found or opened."""
    return _store_credit(customer, currency) or _open(
        customer, f"credit-{secrets.token_hex(5)}", STORE_CREDIT, currency
    )


def new_gift_card(customer: Customer, currency: str) -> PaymentMeans:
    """A new gift card; its number is its id and is a secret of the customer."""
    digits = f"{secrets.randbelow(10**12):012d}"
    return _open(customer, f"GC-{digits[:4]}-{digits[4:8]}-{digits[8:]}", GIFT_CARD, currency)


def _open(customer: Customer, id: str, kind: str, currency: str) -> PaymentMeans:
    last = customer.payment_means.aggregate(last=Max("position"))["last"] or 0
    return PaymentMeans.objects.create(
        id=id, customer=customer, position=last + 1, kind=kind, label="", balance=0, currency=currency
    )


def told(parts: Sequence[Part], currency: str) -> tuple[tuple[str, str, Money], ...]:
    """Parts as receipts carry them: (id of the means, its label or kind, amount)."""
    return tuple((part.means, part.label or part.kind, Money(part.amount, currency)) for part in parts)
