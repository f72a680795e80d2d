"""What phrases may say: the fields that slots, records and receipts of a task can fill."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from courtesy.commerce.port import Chosen, Line, Order, PostalAddress, Product, Refusal, Shipment, Swap
from courtesy.foundation.money import Money
from courtesy.representative import asking, products
from courtesy.representative.bookings import showing
from courtesy.representative.found import shown_of
from courtesy.representative.memory import Task
from courtesy.representative.ordering import showing as ordered
from courtesy.representative.products import product_name, variant_label
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill, money_text, phrase_of, territory_name


def fields_of(situation: Situation, task: Task) -> dict[str, Any]:
    """Every field a phrase of this task can be filled with now. What was done beats what was asked."""
    fields: dict[str, Any] = {"company": situation.pack.company.name, "matter": situation.title(task)}
    for name, value in task.slots.items():
        fields[name] = slot_text(situation, task, name, value)
    number = task.looked.get("order") or task.slots.get("order")
    order = situation.order(str(number)) if number else None
    if order is not None and situation.may_see(order):
        fields |= _order_fields(situation, task, order)
    if product := _product(situation, task):
        fields |= products.fields_of(situation, product, task.words)
    if "appointment" in task.slots or "booking" in task.looked:
        fields |= showing.fields_of(situation, task)
    if task.slots.get("basket") or "quote" in task.looked:
        fields |= ordered.fields_of(situation, task)
    for name, reader in _LOOKED.items():
        if name in task.looked:
            fields |= reader(situation, task)
    fields |= shown_of(situation, task)
    done = {name: value for name, value in task.facts.items() if value not in (None, "")}
    for name in ("address", "new address"):  # here with the country's name in the customer's language
        if name in fields:
            done.pop(name, None)
    return fields | done


def line_name(situation: Situation, line: Line) -> str:
    """A line's product in the customer's language with its variant."""
    product = situation.shop.product(line.product)
    name = (product.names.get(situation.language) if product else "") or line.product_name
    options = variant_label(situation, line.options)
    return f"{name} ({options})" if options else name


def slot_text(situation: Situation, task: Task, name: str, value: Any) -> Any:
    """A slot's value as the customer would say it."""
    order = situation.order(str(task.slots.get("order", ""))) if task.slots.get("order") else None
    if name == "items" and order is not None:
        return [_item_text(situation, order, item) for item in value]
    if name == "new variants" and order is not None:
        return [_swap_text(situation, order, line, sku) for line, sku in value.items()]
    if isinstance(value, dict) and ("street" in value or "postcode" in value):
        return address_text(PostalAddress(**value), situation.language)
    if isinstance(value, dict):
        labels = [_choice_text(situation, str(one)) for one in value.values()]
        return list(dict.fromkeys(labels))
    if name in ("payment means", "refund to") and (customer := situation.shop_customer()):
        means = next((one for one in customer.payment_means if one.id == value), None)
        if means is not None:
            return means.label
    if name == "refund to" and value == "original means" and order is not None:
        paid = [payment.label for payment in order.payments if payment.amount.amount > 0]
        return list(dict.fromkeys(paid)) or _choice_text(situation, value)
    if name == "appointment" and (chosen := showing.read(value)) is not None:
        return f"{showing.moment_label(situation, chosen[0])}, {chosen[1]}"
    if name == "basket" and isinstance(value, list):
        return ", ".join(ordered.line_text(situation, one) for one in value)
    if name == "payment" and "basket" in task.slots:
        return ordered.name_of(situation, task)
    if name == "product":
        product = situation.shop.product(str(value))
        return product_name(situation, product) if product else value
    return _choice_text(situation, value) if isinstance(value, str) else value


def _choice_text(situation: Situation, value: str) -> str:
    return asking.phrase_text(situation, f"choice: {value}") or value


def _item_text(situation: Situation, order: Order, item: dict[str, Any]) -> str:
    line = order.line(str(item["line"]))
    if line is None:
        return str(item["line"])
    name = line_name(situation, line)
    return f"{item['quantity']} × {name}" if int(item["quantity"]) > 1 else name


def _swap_text(situation: Situation, order: Order, line_id: str, sku: str) -> str:
    line = order.line(line_id)
    product = situation.shop.product(line.product) if line else None
    variant = next((one for one in product.variants if one.sku == sku), None) if product else None
    if product is None or variant is None:
        return sku
    return f"{product_name(situation, product)} ({variant_label(situation, variant.options)})"


def address_text(address: PostalAddress, language: str) -> str:
    country = territory_name(address.country, language) or address.country
    parts = (address.name, address.street, address.street2, f"{address.postcode} {address.city}".strip(), country)
    return ", ".join(part for part in parts if part)


# --- orders -------------------------------------------------------------------------------------


def _order_fields(situation: Situation, task: Task, order: Order) -> dict[str, Any]:
    language = situation.language
    fields: dict[str, Any] = {
        "order": order.number,
        "status": phrase_of(situation.pack, language, f"status: {order.status}") or order.status,
        "order status": order.status,
        "total": order.total,
        "order total": order.total,
        "date": order.placed_at.date(),
        "address": address_text(order.address, language),
        "expected": order.expected,
        "delivered": order.delivered_at.date() if order.delivered_at else None,
        "all items": [line_name(situation, line) for line in order.lines],
        "paid with": [payment.label for payment in order.payments if payment.amount.amount > 0] or None,
    }
    if "items" not in task.slots:
        fields["items"] = fields["all items"]
    if order.shipments:
        fields |= _shipment_fields(situation, order.shipments)
    fields |= _money_fields(situation, task, order)
    return {name: value for name, value in fields.items() if value is not None}


def _shipment_fields(situation: Situation, shipments: tuple[Shipment, ...]) -> dict[str, Any]:
    language = situation.language
    latest = next((one for one in shipments if one.delivered_at is None), shipments[-1])
    lines = [_shipment_line(situation, shipment) for shipment in shipments]
    return {
        "tracking": latest.tracking,
        "carrier": latest.carrier,
        "tracking url": latest.url or None,
        "tracking status": phrase_of(situation.pack, language, f"shipment: {latest.status}")
        or phrase_of(situation.pack, language, f"status: {latest.status}")
        or latest.status,
        "expected": latest.expected if latest.delivered_at is None else None,
        "tracking lines": "\n".join(line for line in lines if line),
    }


def _shipment_line(situation: Situation, shipment: Shipment) -> str:
    status = phrase_of(situation.pack, situation.language, f"shipment: {shipment.status}") or shipment.status
    given = {"carrier": shipment.carrier, "tracking": shipment.tracking, "status": status, "url": shipment.url}
    return fill(phrase_of(situation.pack, situation.language, "tracking line") or "", given, situation.language)


def _money_fields(situation: Situation, task: Task, order: Order) -> dict[str, Any]:
    """What the deed ahead would pay or cost, by the shop's own reckoning."""
    fields: dict[str, Any] = {}
    if items := chosen_items(task):
        quote = situation.shop.quote_refund(order.number, items, refund_target(task), at=situation.at)
        if not isinstance(quote, Refusal):
            fields["amount"] = quote.total
            fields["shipping refund"] = quote.shipping if quote.shipping else None
    if swaps := chosen_swaps(task):
        difference = situation.shop.price_difference(order.number, swaps)
        if not isinstance(difference, Refusal):
            fields["price difference"] = difference
            if difference.amount > 0:
                fields["to pay"] = difference
            elif difference.amount < 0:
                fields["to get back"] = -difference
    return fields


def refund_target(task: Task) -> str:
    """Where money goes: what was chosen, store credit when that is the outcome, else where it came from."""
    usual = "store credit" if task.slots.get("outcome") == "store credit" else "original means"
    return str(task.slots.get("refund to") or usual)


def chosen_items(task: Task) -> tuple[Chosen, ...]:
    """The chosen pieces with their reasons, in the shop's terms."""
    reasons = task.slots.get("reason")
    return tuple(
        Chosen(
            str(item["line"]), int(item["quantity"]), reasons.get(item["line"], "") if isinstance(reasons, dict) else ""
        )
        for item in task.slots.get("items") or ()
    )


def chosen_swaps(task: Task) -> tuple[Swap, ...]:
    quantities = {item["line"]: int(item["quantity"]) for item in task.slots.get("items") or ()}
    return tuple(
        Swap(str(line), str(sku), quantities.get(line, 1))
        for line, sku in (task.slots.get("new variants") or {}).items()
    )


# --- products, returns, balances ----------------------------------------------------------------


def _product(situation: Situation, task: Task) -> Product | None:
    id_ = task.looked.get("product")
    return situation.shop.product(id_) if id_ else None


def _return_fields(situation: Situation, task: Task) -> dict[str, Any]:
    returns = situation.shop.returns_of(task.looked["return"])
    if not returns:
        return {"returns": phrase_of(situation.pack, situation.language, "no returns") or ""}
    order = situation.order(task.looked["return"])
    lines = []
    for one in returns:
        names = [line_name(situation, line) for id_, _ in one.lines if order and (line := order.line(id_))]
        status = phrase_of(situation.pack, situation.language, f"return: {one.status}") or one.status
        given = {"number": one.number, "status": status, "items": names, "amount": one.amount}
        lines.append(
            fill(phrase_of(situation.pack, situation.language, "return line") or "", given, situation.language)
        )
    return {"returns": "\n".join(lines), "return number": returns[-1].number}


def _balance_fields(situation: Situation, task: Task) -> dict[str, Any]:
    customer = situation.shop_customer()
    balances = [one.balance for one in customer.payment_means if one.balance is not None] if customer else []
    total = Money.sum(balances, situation.pack.company.currency)
    line = fill(
        phrase_of(situation.pack, situation.language, "credit balance") or "", {"amount": total}, situation.language
    )
    return {"amount": total, "balance": total, "balance line": line}


def _shipping_fields(situation: Situation, task: Task) -> dict[str, Any]:
    row = next(
        (
            row
            for row in situation.pack.tables.get("shipping", ())
            if row.get("country") == task.looked["shipping cost"]
        ),
        None,
    )
    if row is None:
        return {}
    currency = row.get("currency") or situation.pack.company.currency
    fields: dict[str, Any] = {
        "country": territory_name(row["country"], situation.language) or row["country"],
        "days": row.get("days", ""),
        "shipping cost": _amount(row.get("amount", ""), currency, situation.language),
        "free": _amount(row.get("free over", ""), currency, situation.language),
    }
    line = phrase_of(situation.pack, situation.language, "shipping cost") or ""
    fields["shipping line"] = fill(line, fields | {"amount": fields["shipping cost"]}, situation.language)
    return fields | {"amount": fields["shipping cost"]}


def _amount(written: str, currency: str, language: str) -> str:
    return money_text(Money(Decimal(written), currency), language) if written.strip() else ""


_LOOKED: dict[str, Callable[[Situation, Task], dict[str, Any]]] = {
    "return": _return_fields,
    "credit balance": _balance_fields,
    "shipping cost": _shipping_fields,
}
