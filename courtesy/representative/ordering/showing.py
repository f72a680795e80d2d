"""How an order in hand is shown: its lines, where it goes, how it is paid and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from courtesy.commerce.port import Product, Variant
from courtesy.commerce.selling.port import UNPAID
from courtesy.representative import asking
from courtesy.representative.memory import Task
from courtesy.representative.ordering import terms
from courtesy.representative.products import product_name, variant_label
from courtesy.representative.situation import Situation
from courtesy.representative.wording import money_text

LINES = "basket: lines"  # kept with the task: the lines so far, while the basket is being filled


def item_name(situation: Situation, product: Product, variant: Variant) -> str:
    options = variant_label(situation, variant.options)
    name = product_name(situation, product)
    return f"{name} ({options})" if options else name


def lines_text(situation: Situation, lines: Sequence[dict[str, Any]]) -> str:
    return "\n".join(f"• {line_text(situation, one)}" for one in lines)


def line_text(situation: Situation, line: dict[str, Any]) -> str:
    product = situation.shop.product(str(line["product"]))
    variant = next((one for one in product.variants if one.sku == line["sku"]), None) if product else None
    name = item_name(situation, product, variant) if product and variant else str(line["sku"])
    return f"{line['quantity']} × {name}"


def name_of(situation: Situation, task: Task) -> str:
    """The way to pay as it is read back."""
    way, customer = terms.way_of(task), terms.proven(situation)
    if way in UNPAID:
        return asking.phrase_text(situation, f"choice: {way}") or way
    own = customer.payment_means if customer else ()
    return next((one.label for one in own if one.id == way), "")


def fields_of(situation: Situation, task: Task) -> dict[str, Any]:
    """What phrases may show of the order in hand."""
    lines = task.slots.get("basket") or task.partial.get(LINES) or []
    fields: dict[str, Any] = {"order lines": lines_text(situation, lines)}
    if name := name_of(situation, task):
        fields["payment"] = name
    quote = terms.quote_of(situation, task) if not task.acted else None
    if quote is None:
        return fields
    amounts = {line.sku: money_text(line.amount, situation.language) for line in quote.lines}
    fields["order lines"] = "\n".join(
        f"• {line_text(situation, one)} – {amounts[one['sku']]}" for one in lines if one["sku"] in amounts
    )
    delivery = terms.delivery_of(situation, task)
    if delivery is not None and delivery.is_collected:
        fields["collect at"] = ", ".join(filter(None, (delivery.place, delivery.address.street)))
    elif delivery is not None:
        fields["delivery cost"] = quote.shipping if quote.shipping else None
        fields["free delivery"] = asking.phrase_text(situation, "order: free delivery") if not quote.shipping else None
        fields["days"] = terms.days_of(situation, delivery.address.country) or None
    fields |= {"total": quote.total, "order total": quote.total, "tax": quote.tax or None}
    return {name: value for name, value in fields.items() if value not in (None, "")}
