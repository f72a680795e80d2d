"""Credit notes: what is given back of an invoiced order is credited, numbered without gaps, never above the invoice.

The tax of each rate is reckoned over all notes of an invoice together, so that a whole invoice, credited in any number
of parts, gives back exactly the tax that it stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from courtesy.commerce.models import CreditNote, Invoice, Line, Order
from courtesy.commerce.papers import credit_notes
from courtesy.commerce.port import Receipt, Refusal
from courtesy.commerce.shops.embedded.deeds import Answer
from courtesy.commerce.shops.embedded.numbering import next_number
from courtesy.foundation.money import Money

ZERO = Decimal(0)
SHIPPING = ""  # the name of what is credited of delivery cost


@dataclass(frozen=True, slots=True)
class Credited:
    """What is given back of one line, or of delivery cost (``SHIPPING``). ``rate``: per cent, included."""

    name: str
    quantity: int
    amount: Decimal
    rate: Decimal


def of_line(line: Line, name: str, quantity: int, amount: Decimal) -> Credited:
    return Credited(name, quantity, amount, line.tax_rate if line.tax_rate is not None else ZERO)


def credit(
    order: Order, parts: Sequence[Credited], shipping: Decimal, *, why: str, reason: str, receipt: str, at: datetime
) -> str:
    """Issue the credit note for what a deed gives back; returns its number, "" where the order has no invoice or all of
    it is credited already. The order must be held."""
    invoice = Invoice.objects.select_for_update().filter(order=order).first()
    if invoice is None:
        return ""
    content = invoice.content
    rate = Decimal(content.get("shipping rate") or 0)
    wanted = [*parts, *([Credited(SHIPPING, 1, shipping, rate)] if shipping else [])]
    before = _by_rate(note.content for note in invoice.credit_notes.all())
    given = _within(wanted, _left(_invoiced(content, invoice.total), before), invoice.total - invoice.credited)
    total = sum((one.amount for one in given), ZERO)
    return _issue(invoice, order, given, total, before, why, reason, receipt, at) if total > 0 else ""


def credit_amount(order: Order, amount: Decimal, *, why: str, reason: str, receipt: str, at: datetime) -> str:
    """Credit an amount that is for no single line: each rate of the invoice bears its share of what is left."""
    invoice = Invoice.objects.select_for_update().filter(order=order).first()
    if invoice is None:
        return ""
    before = _by_rate(note.content for note in invoice.credit_notes.all())
    left = _left(_invoiced(invoice.content, invoice.total), before)
    amount = min(amount, invoice.total - invoice.credited)
    parts = [Credited(reason or why, 1, share, rate) for rate, share in _shared(amount, left, order.currency)]
    return credit(order, parts, ZERO, why=why, reason=reason, receipt=receipt, at=at)


def take_back(receipt: str, by: str, at: datetime) -> str:
    """Undo the credit note of a deed by a note of its own that says the opposite; returns its number, or ""."""
    note = CreditNote.objects.select_related("invoice__order").filter(receipt=receipt).first()
    if note is None:
        return ""
    invoice = Invoice.objects.select_for_update().get(pk=note.invoice_id)
    content = note.content
    lines = [{**line, "amount": _negative(line["amount"])} for line in content["lines"]]
    taxes = [{**tax, "gross": str(-Decimal(tax["gross"])), "tax": _negative(tax["tax"])} for tax in content["taxes"]]
    undone = {
        **content,
        "lines": lines,
        "taxes": taxes,
        "shipping": _negative(content["shipping"]),
        "total": _negative(content["total"]),
        "untaxed": str(-Decimal(content["untaxed"])),
        "why": "undone",
        "undoes": note.number,
    }
    return _kept(invoice, -note.total, undone, by, at)


def with_credit_note(answer: Answer) -> Answer:
    """Add the note to a receipt that names one. It is drawn from the books, the same each time."""
    if isinstance(answer, Refusal) or not answer.details.get("credit note"):
        return answer
    note = CreditNote.objects.select_related("invoice__order__customer").get(number=answer.details["credit note"])
    language = note.invoice.order.customer.language
    paper = credit_notes.draw(note.number, note.issued_at, note.content, language)
    if answer.document is None:
        return replace(answer, document=paper)
    return replace(answer, further=(*answer.further, paper))


def noting(receipt: Receipt, number: str) -> Receipt:
    """The receipt, with the number of its credit note where there is one."""
    return replace(receipt, details={**receipt.details, "credit note": number}) if number else receipt


def given_back_before(order: Order, invoice: Invoice, at: datetime) -> None:
    """An invoice says all that was bought. What was given back before it was issued is credited at once."""
    parts = [
        of_line(line, line.product_name, line.closed_quantity or line.quantity, line.refunded)
        for line in order.lines.order_by("position")
        if line.refunded
    ]
    if parts or order.shipping_refunded:
        receipt = f"before {invoice.number}"
        credit(order, parts, order.shipping_refunded, why="refund", reason="", receipt=receipt, at=at)


# --- reckoning ------------------------------------------------------------------------------------


def _invoiced(content: Mapping[str, Any], total: Decimal) -> dict[Decimal, Decimal]:
    taxed = {Decimal(tax["rate"]): Decimal(tax["gross"]) for tax in content["taxes"]}
    return {**taxed, ZERO: total - sum(taxed.values(), ZERO)}


def _by_rate(contents: Iterable[Mapping[str, Any]]) -> dict[Decimal, Decimal]:
    found: dict[Decimal, Decimal] = defaultdict(Decimal)
    for content in contents:
        for tax in content["taxes"]:
            found[Decimal(tax["rate"])] += Decimal(tax["gross"])
        found[ZERO] += Decimal(content["untaxed"])
    return found


def _left(invoiced: Mapping[Decimal, Decimal], before: Mapping[Decimal, Decimal]) -> dict[Decimal, Decimal]:
    return {rate: max(ZERO, gross - before.get(rate, ZERO)) for rate, gross in invoiced.items()}


def _within(wanted: Sequence[Credited], left: dict[Decimal, Decimal], most: Decimal) -> list[Credited]:
    """What of it the invoice still bears, for each rate and in all."""
    given = []
    for one in wanted:
        amount = min(one.amount, left.get(one.rate, ZERO), most)
        if amount > 0:
            given.append(replace(one, amount=amount))
            left[one.rate] -= amount
            most -= amount
    return given


def _shared(amount: Decimal, left: Mapping[Decimal, Decimal], currency: str) -> list[tuple[Decimal, Decimal]]:
    """Shares in proportion to what is left of each rate, exact to the cent: each is what is missing up to there."""
    whole = sum(left.values(), ZERO)
    shares, so_far, paid = [], ZERO, ZERO
    for rate, gross in sorted(left.items()):
        so_far += gross
        upto = Money(amount * so_far / whole, currency).amount if whole else ZERO
        if upto > paid:
            shares.append((rate, upto - paid))
        paid = upto
    return shares


def _tax(gross: Decimal, rate: Decimal, currency: str) -> Decimal:
    return Money(gross * rate / (100 + rate), currency).amount


def _issue(
    invoice: Invoice,
    order: Order,
    given: Sequence[Credited],
    total: Decimal,
    before: Mapping[Decimal, Decimal],
    why: str,
    reason: str,
    receipt: str,
    at: datetime,
) -> str:
    currency = order.currency
    gross: dict[Decimal, Decimal] = defaultdict(Decimal)
    for one in given:
        gross[one.rate] += one.amount
    taxes = []
    for rate, amount in sorted(gross.items()):
        was = before.get(rate, ZERO)
        tax = _tax(was + amount, rate, currency) - _tax(was, rate, currency)
        if rate:
            taxes.append({"rate": f"{rate.normalize():f}", "gross": str(amount), "tax": str(Money(tax, currency))})
    goods = [one for one in given if one.name != SHIPPING]
    shipping = sum((one.amount for one in given if one.name == SHIPPING), ZERO)
    content = {
        **{name: invoice.content[name] for name in ("order", "placed", "currency", "customer", "address")},
        "seller": invoice.content.get("seller", ""),
        "invoice": invoice.number,
        "invoiced": invoice.issued_at.date().isoformat(),
        "lines": [
            {"name": one.name, "quantity": one.quantity, "amount": str(Money(one.amount, currency)),
             "rate": f"{one.rate.normalize():f}"}
            for one in goods
        ],
        "shipping": str(Money(shipping, currency)),
        "total": str(Money(total, currency)),
        "taxes": taxes,
        "untaxed": str(gross.get(ZERO, ZERO)),
        "why": why,
        "reason": reason,
    }  # fmt: skip
    return _kept(invoice, total, content, receipt, at)


def _kept(invoice: Invoice, total: Decimal, content: Mapping[str, Any], receipt: str, at: datetime) -> str:
    number = next_number("credit note", "C", at)
    CreditNote.objects.create(
        number=number, invoice=invoice, receipt=receipt, total=total, issued_at=at, content=dict(content)
    )
    invoice.credited += total
    invoice.save(update_fields=("credited",))
    return number


def _negative(written: str) -> str:
    return str(-Money.parse(written))
