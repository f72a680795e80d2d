"""Facts: what the guard may know about a deed, each worked out from records, with its source.

A fact that cannot be worked out is unknown, and the guard sends what hangs on it to a person. A customer's reason is
a claim and is marked as one. Every name of ``pack.vocabulary.FACTS`` has its function here; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from courtesy.commerce.bookings.values import Booking, Person
from courtesy.commerce.port import Chosen, Order, PostalAddress, Refusal, Shop, ShopCustomer, Swap
from courtesy.commerce.selling.port import Quote
from courtesy.foundation.money import Money
from courtesy.pack.vocabulary import CLAIMED_FACTS, FACTS
from courtesy.policy import appointments, ordering
from courtesy.policy.guard import Fact
from courtesy.policy.rights.reading import terms_of
from courtesy.policy.rights.reckoning import ends_on

YEAR = timedelta(days=365)
DELIVERY_DUE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Request:
    """A deed as it is asked for: the act, its arguments in the shop's terms, and the records it touches."""

    act: str
    at: datetime
    shop: Shop
    currency: str
    identity: str
    channel: str
    actor: str = "representative"
    asked_by: str = ""  # id of the proven shop customer
    order: Order | None = None
    customer: ShopCustomer | None = None
    items: tuple[Chosen, ...] = ()
    swaps: tuple[Swap, ...] = ()
    to: str = ""
    means: str = ""
    address: PostalAddress | None = None
    amount: Money | None = None
    said: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # reason, cancel reason, outcome …
    photo: bool | None = None
    found: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # facts that connections declare
    booking: Booking | None = None
    undoes: str = ""  # the act that is to be taken back
    undo_open: bool | None = None
    person: Person | None = None  # whom an appointment is for
    quote: Quote | None = None  # what an order that is placed costs
    paid_by: str = ""  # how it is paid
    zone: tzinfo = UTC  # the company's: a term of the law ends with a day, and a day is one of some place

    def day(self, time: datetime) -> date:
        """The day that ``time`` falls on, in the company's zone."""
        return time.astimezone(self.zone).date()


def facts_of(request: Request) -> dict[str, Fact]:
    """Every fact of the vocabulary for this deed. What cannot be worked out has the source "unknown"."""
    facts: dict[str, Fact] = {}
    for name in FACTS:
        value = _FACTS[name](request)
        if value is None or value == ():
            facts[name] = Fact(None, "unknown")
        else:
            facts[name] = Fact(value, "claim" if name in CLAIMED_FACTS else "record")
    declared = {name: Fact(value, "record") for name, value in request.found.items() if name not in FACTS}
    return facts | declared


def _yes(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def _said(name: str) -> Callable[[Request], Any]:
    """A slot as the customer gave it; several reasons for several items stay several."""

    def read(request: Request) -> Any:
        value = request.said.get(name)
        if isinstance(value, Mapping):
            return tuple(dict.fromkeys(str(one) for one in value.values() if one)) or None
        return str(value) if value else None

    return read


def _own_order(request: Request) -> str | None:
    if request.order is None or not request.asked_by:
        return None
    return _yes(request.order.customer == request.asked_by)


def _amount(request: Request) -> Money | None:
    """What the deed pays out or costs; the shop's own reckoning wherever it has one."""
    if request.act in ("refund", "open return") and request.order is not None and request.items:
        quote = request.shop.quote_refund(request.order.number, request.items, request.to or "original means")
        return None if isinstance(quote, Refusal) else quote.total
    if request.act == "cancel order" and request.order is not None:
        return request.order.total
    if request.act in ("exchange", "change items"):
        difference = _difference(request)
        return None if difference is None else max(-difference, Money.zero(difference.currency))
    if request.act == "goodwill credit":
        return request.amount
    return Money.zero(request.currency)


def _difference(request: Request) -> Money | None:
    if request.order is None or not request.swaps:
        return None
    difference = request.shop.price_difference(request.order.number, request.swaps)
    return None if isinstance(difference, Refusal) else difference


def _pieces(request: Request) -> list[Chosen | Swap]:
    return [*request.items, *request.swaps]


def _days_since_delivery(request: Request) -> Decimal | None:
    """Days since the last piece concerned arrived; unknown while one of them is not delivered."""
    delivered = _last_delivery(request)
    return None if delivered is None else Decimal((request.at - delivered).days)


def _last_delivery(request: Request) -> datetime | None:
    if request.order is None:
        return None
    chosen = {item.line for item in _pieces(request)}
    lines = [line for line in request.order.lines if not chosen or line.id in chosen]
    times = [line.delivered_at or request.order.delivered_at for line in lines]
    if not times or None in times:
        return None
    return max(time for time in times if time is not None)


def _items_state(request: Request) -> str | None:
    if request.order is None or not (request.items or request.swaps):
        return None
    states: list[str] = []
    for item in _pieces(request):
        line = request.order.line(item.line)
        if line is None:
            return None
        if line.delivered_at is None and request.order.delivered_at is None and request.act != "change items":
            states.append("not delivered")
        elif line.open_quantity + (line.awaiting_refund if request.act == "refund" else 0) < item.quantity:
            states.append("already refunded" if line.refunded else "already returned")
        else:
            states.append("open" if line.returnable else "not returnable")
    return next((state for state in states if state != "open"), "open")


def _variants(request: Request) -> list[tuple[Swap, Any, Any]]:
    """Each swap with the line it replaces and the wanted variant (None when the shop does not know it)."""
    found = []
    for swap in request.swaps:
        line = request.order.line(swap.line) if request.order else None
        product = request.shop.product(line.product) if line else None
        variant = next((one for one in product.variants if one.sku == swap.sku), None) if product else None
        found.append((swap, line, variant))
    return found


def _variants_available(request: Request) -> str | None:
    if not request.swaps:
        return None
    return _yes(all(variant is not None and variant.available for _, _, variant in _variants(request)))


def _same_product(request: Request) -> str | None:
    if not request.swaps:
        return None
    return _yes(all(variant is not None for _, _, variant in _variants(request)))


def _balance_covers(request: Request) -> str | None:
    """Only gift cards and store credit can be too small; other means are asked when they are charged."""
    if request.customer is None or not request.means:
        return None
    means = next((one for one in request.customer.payment_means if one.id == request.means), None)
    if means is None:
        return None
    due = request.order.total if request.act == "change payment" and request.order else _difference(request)
    if due is None:
        return None
    return _yes(means.balance is None or means.balance >= due)


def _history(request: Request, part: int) -> Any:
    if request.customer is None:
        return None
    count, total = request.shop.refund_history(request.customer.id, request.at - YEAR)
    return Decimal(count) if part == 0 else total


def _refund_to(request: Request) -> str | None:
    if not request.to:
        return None
    return request.to if request.to in ("original means", "store credit", "gift card") else "another means"


def _goodwill(request: Request) -> Money | None:
    return None if request.customer is None else request.shop.goodwill_history(request.customer.id, request.at - YEAR)


def _hold(request: Request) -> str | None:
    if request.order is None and request.customer is None:
        return "no" if request.act == "place order" else None  # a record of its own, on which nothing is held
    return _yes(bool(request.order and request.order.on_hold) or bool(request.customer and request.customer.on_hold))


def _days_since_order(request: Request) -> Decimal | None:
    return None if request.order is None else Decimal((request.at - request.order.placed_at).days)


def _country(request: Request) -> str | None:
    """Where the goods went, else where the customer lives."""
    if request.order is not None and request.order.address.country:
        return request.order.address.country.upper()
    if request.act == "place order" and request.address is not None:
        return request.address.country.upper() or None
    return (request.customer.address.country.upper() or None) if request.customer else None


def _goods_kind(request: Request) -> tuple[str, ...] | None:
    """Of all pieces concerned; a piece that the company does not take back is known as that, no finer."""
    if request.order is None:
        return None
    chosen = {item.line for item in _pieces(request)}
    lines = [line for line in request.order.lines if not chosen or line.id in chosen]
    return tuple(dict.fromkeys(line.kind or ("ordinary" if line.returnable else "not returnable") for line in lines))


def _customer_kind(request: Request) -> str | None:
    if request.customer is None or request.customer.trader is None:
        return None
    return "trader" if request.customer.trader else "consumer"


def _withdrawal_period(request: Request) -> str | None:
    """By the term of the customer's country; unknown while a piece is not delivered or the country has no such term."""
    country, delivered = _country(request), _last_delivery(request)
    term = next((term for term in terms_of(country) if term.kind == "withdrawal"), None) if country else None
    today = request.day(request.at)
    if country is None or delivered is None or term is None or not term.in_force(today):
        return None
    return "open" if today <= ends_on(term, request.day(delivered), country) else "over"


def _days_late(request: Request) -> Decimal | None:
    """Directive 2011/83/EU, Art. 18(1): without another agreement, delivery is due 30 days after the contract."""
    order = request.order
    if order is None:
        return None
    if order.delivered_at is not None or order.status in ("delivered", "cancelled", "returned"):
        return Decimal(0)
    due = order.expected or request.day(order.placed_at + DELIVERY_DUE)
    return Decimal(max(0, (request.day(request.at) - due).days))


def _order_total(request: Request) -> Money | None:
    """Of the order that is placed, as it is quoted; else of the one that is spoken of."""
    of = request.quote or request.order
    return of.total if of is not None else None


_FACTS: dict[str, Callable[[Request], Any]] = {
    "identity": lambda request: request.identity,
    "own order": _own_order,
    "order status": lambda request: request.order.status if request.order else None,
    "amount": _amount,
    "order total": _order_total,
    "price difference": _difference,
    "days since delivery": _days_since_delivery,
    "days since order": _days_since_order,
    "reason": _said("reason"),
    "cancel reason": _said("cancel reason"),
    "photo": lambda request: _yes(request.photo),
    "outcome": _said("outcome"),
    "refund to": _refund_to,
    "items state": _items_state,
    "variants available": _variants_available,
    "same product": _same_product,
    "balance covers": _balance_covers,
    "refunds in 12 months": lambda request: _history(request, 0),
    "refunded in 12 months": lambda request: _history(request, 1),
    "goodwill in 12 months": _goodwill,
    "country": _country,
    "sale channel": lambda request: (request.order.sale_channel or None) if request.order else None,
    "goods kind": _goods_kind,
    "customer kind": _customer_kind,
    "withdrawal period": _withdrawal_period,
    "days late": _days_late,
    "delivery country": lambda request: request.address.country or None if request.address else None,
    "address complete": lambda request: _yes(request.address.complete()) if request.address else None,
    "fraud hold": _hold,
    "own booking": lambda request: _yes(appointments.is_own(request.booking, request.person)),
    "hours until appointment": lambda request: appointments.hours_until(request.booking, request.at),
    "open bookings": lambda request: appointments.ahead(request.act, request.person, request.at),
    "no-shows in 12 months": lambda request: appointments.missed(request.act, request.person, request.at, YEAR),
    "paid by": lambda request: request.paid_by or None,
    "days since address change": lambda request: ordering.days_since_address_change(
        request.act, request.customer, request.at
    ),
    "undone act": lambda request: request.undoes or None,
    "undo window": lambda request: None if request.undo_open is None else "open" if request.undo_open else "over",
    "channel": lambda request: request.channel,
    "actor": lambda request: request.actor,
}


def fact_names() -> Sequence[str]:
    return tuple(_FACTS)
