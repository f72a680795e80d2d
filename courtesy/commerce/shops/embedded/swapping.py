"""Swap pieces for other variants of the same product: before shipping, or in exchange for what has arrived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from courtesy.commerce.models import Line, Order, Payment, Swap, Variant
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Chosen, Refusal
from courtesy.commerce.port import Swap as Wanted
from courtesy.commerce.refusals import refuse
from courtesy.commerce.shops.embedded import crediting, paying, stocking
from courtesy.commerce.shops.embedded.cancelling import why_not_unshipped
from courtesy.commerce.shops.embedded.deeds import Answer, once
from courtesy.commerce.shops.embedded.pieces import Pieces, check_left, find_pieces, labels, locked, worth
from courtesy.commerce.shops.embedded.receipts import receipt
from courtesy.commerce.shops.embedded.returns import check_delivered, register, with_label
from courtesy.foundation.money import Money

EXCHANGE, CHANGE = "exchange", "change items"


@dataclass(frozen=True, slots=True)
class Worked:
    """One swap worked out: the pieces, the variant they become, and what that costs more (or less)."""

    pieces: Pieces
    variant: Variant
    difference: Decimal


def price_difference(number: str, swaps: Sequence[Wanted]) -> Money | Refusal:
    """New minus old, all swaps together; changes nothing and does not ask whether the order may be changed."""
    order = Order.objects.filter(number_key=compared(number)).first()
    if order is None:
        return refuse(EXCHANGE, "unknown order", {"order": number})
    worked = _work_out(EXCHANGE, order, swaps)
    if isinstance(worked, Refusal):
        return worked
    return Money(sum((one.difference for one in worked), Decimal(0)), order.currency)


def exchange(number: str, swaps: Sequence[Wanted], reason: str, means: str, *, key: str, at: datetime) -> Answer:
    """Register the old pieces as a return that needs no refund, and settle the difference in price."""

    def check(order: Order, worked: Sequence[Worked]) -> Refusal | None:
        if order.status == Order.Status.CANCELLED:
            return refuse(EXCHANGE, "already cancelled", {"order": order.number})
        pieces = [one.pieces for one in worked]
        return check_left(EXCHANGE, order, pieces, with_returned=False) or check_delivered(EXCHANGE, order, pieces)

    def effect(order: Order, worked: Sequence[Worked], receipt_number: str) -> dict[str, object]:
        pieces = [one.pieces for one in worked]
        opened = register(order, pieces, reason, "exchange", "", Decimal(0), at, settled=True)
        for one in worked:
            one.pieces.line.open_quantity -= one.pieces.quantity
            one.pieces.line.save(update_fields=("open_quantity",))
            new = _new_line(order, one)
            _note(order, one, new.line_id, receipt_number, means, at)
        order.status = Order.Status.EXCHANGE_REQUESTED
        return {"return_number": opened.number, "reason": reason}

    return crediting.with_credit_note(with_label(_swap(EXCHANGE, number, swaps, means, key, at, check, effect)))


def change_items(number: str, swaps: Sequence[Wanted], means: str, *, key: str, at: datetime) -> Answer:
    """Swap pieces of an order that is not packed; possible once."""

    def check(order: Order, worked: Sequence[Worked]) -> Refusal | None:
        if (no := why_not_unshipped(CHANGE, order)) is not None:
            return no
        if order.status == Order.Status.ITEMS_CHANGED:
            return refuse(CHANGE, "items already changed", {"order": order.number})
        return check_left(CHANGE, order, [one.pieces for one in worked], with_returned=False)

    def effect(order: Order, worked: Sequence[Worked], receipt_number: str) -> dict[str, object]:
        for one in worked:
            stocking.put_back(one.pieces.line.sku, one.pieces.quantity, stocking.shelf_of(order))
            line_id = _changed_line(order, one)
            _note(order, one, line_id, receipt_number, means, at)
        order.status = Order.Status.ITEMS_CHANGED
        order.total += sum((one.difference for one in worked), Decimal(0))
        return {}

    return crediting.with_credit_note(_swap(CHANGE, number, swaps, means, key, at, check, effect))


def _swap(
    act: str,
    number: str,
    swaps: Sequence[Wanted],
    means: str,
    key: str,
    at: datetime,
    check: Callable[[Order, Sequence[Worked]], Refusal | None],
    effect: Callable[[Order, Sequence[Worked], str], dict[str, object]],
) -> Answer:
    def run(receipt_number: str) -> Answer:
        order = locked(number)
        if order is None:
            return refuse(act, "unknown order", {"order": number})
        worked = _work_out(act, order, swaps)
        if isinstance(worked, Refusal):
            return worked
        if (no := check(order, worked) or _not_in_stock(act, worked)) is not None:
            return no
        difference = sum((one.difference for one in worked), Decimal(0))
        payer = paying.can_pay(act, order, means, difference) if difference > 0 else None
        if isinstance(payer, Refusal):
            return payer
        target = paying.target(act, order, means) if difference < 0 else None
        if isinstance(target, Refusal):
            return target
        for one in worked:
            stocking.take(one.variant, one.pieces.quantity)
        old, new = labels([one.pieces for one in worked]), tuple(_label(one) for one in worked)
        more = effect(order, worked, receipt_number)
        parts = []
        why = Payment.Why.PRICE_DIFFERENCE
        if payer is not None:
            parts = [paying.charge(order, payer, difference, why=why, number=receipt_number, at=at)]
        elif target is not None:
            parts = list(paying.pay_back(order, -difference, target, why=why, number=receipt_number, at=at))
        order.changed_at = at
        order.save(update_fields=("status", "total", "changed_at"))
        money = Money(difference, order.currency)
        fields = {"items": old, "new_variants": new, "price_difference": money, **more}
        done = receipt(act, receipt_number, at, order, None, parts=parts, **fields)
        return crediting.noting(done, _credited(order, worked, difference, receipt_number, at))

    return once(act, number, key, at, run)


def _credited(order: Order, worked: Sequence[Worked], difference: Decimal, number: str, at: datetime) -> str:
    """What came back because the new pieces cost less; pieces that cost more take their share of it."""
    left, back = -difference, []
    for one in worked:
        amount = min(max(-one.difference, Decimal(0)), max(left, Decimal(0)))
        if amount:
            back.append(crediting.of_line(one.pieces.line, _label(one), one.pieces.quantity, amount))
            left -= amount
    zero = Decimal(0)
    return crediting.credit(order, back, zero, why="price difference", reason="", receipt=number, at=at)


def _work_out(act: str, order: Order, swaps: Sequence[Wanted]) -> list[Worked] | Refusal:
    chosen = find_pieces(act, order, [Chosen(swap.line, swap.quantity) for swap in swaps])
    if isinstance(chosen, Refusal):
        return chosen
    wanted = {compared(swap.line): swap.sku for swap in swaps}
    worked = []
    for pieces in chosen:
        line = pieces.line
        variant = Variant.objects.select_related("product").filter(pk=wanted[compared(line.line_id)]).first()
        if variant is None:
            return refuse(act, "unknown variant", {"product": line.product_name})
        name = {"product": line.product_name, "variant": _options(variant)}
        if variant.product_id != line.product:
            return refuse(act, "other product", name)
        if variant.sku == line.sku:
            return refuse(act, "same variant", name)
        difference = variant.price * pieces.quantity - worth(line, pieces.quantity, order.currency)
        worked.append(Worked(pieces, variant, difference))
    return worked


def _not_in_stock(act: str, worked: Sequence[Worked]) -> Refusal | None:
    for one in worked:
        if not stocking.has(one.variant, one.pieces.quantity):
            return refuse(act, "out of stock", {"product": one.variant.product.name, "variant": _options(one.variant)})
    return None


def _options(variant: Variant) -> str:
    return ", ".join(value for _, value in variant.options)


def _label(one: Worked) -> str:
    options = _options(one.variant)
    name = f"{one.variant.product.name} ({options})" if options else one.variant.product.name
    return name if one.pieces.quantity == 1 else f"{one.pieces.quantity} × {name}"


def _new_line(order: Order, one: Worked) -> Line:
    """The line of the new pieces; what they cost is what was paid for the old ones and the difference."""
    old, variant, pieces = one.pieces.line, one.variant, one.pieces.quantity
    known = {line.line_id for line in order.lines.all()}
    number = 2
    while f"{old.line_id}.{number}" in known:
        number += 1
    return Line.objects.create(
        order=order,
        line_id=f"{old.line_id}.{number}",
        position=max(line.position for line in order.lines.all()) + 1,
        sku=variant.sku,
        product=old.product,
        product_name=old.product_name,
        options=variant.options,
        returnable=old.returnable,
        tax_rate=old.tax_rate,
        quantity=pieces,
        open_quantity=pieces,
        price=variant.price,
        value=variant.price * pieces,
        replaces=old.line_id,
    )


def _changed_line(order: Order, one: Worked) -> str:
    """Before shipping the line itself becomes the new variant when all of it is swapped, else a line is split off."""
    line, variant = one.pieces.line, one.variant
    if one.pieces.quantity < line.quantity:
        before = worth(line, one.pieces.quantity, order.currency)
        line.value -= before
        line.quantity -= one.pieces.quantity
        line.open_quantity -= one.pieces.quantity
        line.save(update_fields=("value", "quantity", "open_quantity"))
        return _new_line(order, one).line_id
    line.sku, line.options, line.price = variant.sku, variant.options, variant.price
    line.value, line.discount = variant.price * line.quantity, Decimal(0)
    line.save(update_fields=("sku", "options", "price", "value", "discount"))
    return line.line_id


def _note(order: Order, one: Worked, new_line: str, number: str, means: str, at: datetime) -> None:
    Swap.objects.create(
        order=order,
        position=order.swaps.count() + 1,
        number=number,
        line_id=one.pieces.line.line_id,
        new_line_id=new_line,
        old_sku=one.pieces.line.sku if new_line != one.pieces.line.line_id else "",
        new_sku=one.variant.sku,
        quantity=one.pieces.quantity,
        difference=one.difference,
        means=means,
        at=at,
    )
