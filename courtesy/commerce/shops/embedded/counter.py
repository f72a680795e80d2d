"""The counter of the embedded shop: every read and deed of the port, each passed to the file that knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from courtesy.commerce import catalogue, port
from courtesy.commerce.models import PaymentMeans
from courtesy.commerce.port import Chosen, PostalAddress, Receipt, Refusal, Swap
from courtesy.commerce.selling.port import Delivery, Placing, Quote, Wanted
from courtesy.commerce.shops.embedded import (
    addresses,
    cancelling,
    credit,
    invoicing,
    placing,
    quoting,
    ranging,
    reading,
    refunds,
    returns,
    swapping,
)
from courtesy.foundation.money import Money


class EmbeddedShop:
    """Courtesy's own books behind the shop port."""

    name = "embedded"

    def __init__(self) -> None:
        self._names: tuple[int, tuple[tuple[str, Mapping[str, str]], ...]] | None = None

    # --- reads ---
    def order(self, number: str) -> port.Order | None:
        return reading.order(number)

    def orders_of(self, customer: str, limit: int = 20) -> Sequence[port.Order]:
        return reading.orders_of(customer, limit)

    def customer(self, id: str) -> port.ShopCustomer | None:
        return reading.customer(id)

    def customer_by_email(self, email: str) -> port.ShopCustomer | None:
        return reading.customer_by_email(email)

    def customers_by_name(self, name: str, postcode: str) -> Sequence[port.ShopCustomer]:
        return reading.customers_by_name(name, postcode)

    def product(self, id: str) -> port.Product | None:
        return reading.product(id)

    def products(self) -> Sequence[tuple[str, Mapping[str, str]]]:
        mark, kept = catalogue.mark(), self._names
        if kept is None or kept[0] != mark or not mark:
            kept = self._names = (mark, reading.product_names())
        return kept[1]

    def categories(self) -> Sequence[str]:
        return ranging.categories()

    def products_in(self, categories: Sequence[str]) -> Sequence[port.Product]:
        return ranging.products_in(categories)

    def hold(self, basket: Sequence[Wanted], place: str, *, by: str, until: datetime, at: datetime) -> None:
        quoting.hold(basket, place, by=by, until=until, at=at)

    def quote(self, basket: tuple[Wanted, ...], delivery: Delivery, *, by: str = "", at: datetime) -> Quote | Refusal:
        return quoting.quote(basket, delivery, by=by, at=at)

    def returns_of(self, order: str) -> Sequence[port.Return]:
        return reading.returns_of(order)

    def quote_refund(
        self, order: str, items: Sequence[Chosen], to: str, *, at: datetime | None = None
    ) -> port.RefundQuote | Refusal:
        return refunds.quote_refund(order, items, to, at=at or timezone.now())

    def price_difference(self, order: str, swaps: Sequence[Swap]) -> Money | Refusal:
        return swapping.price_difference(order, swaps)

    def refund_history(self, customer: str, since: datetime) -> tuple[int, Money]:
        return reading.refund_history(customer, since, self._currency(customer))

    def goodwill_history(self, customer: str, since: datetime) -> Money:
        return reading.goodwill_history(customer, since, self._currency(customer), credit.GOODWILL)

    def _currency(self, customer: str) -> str:
        """The currency of the customer's latest order, else of their credit."""
        if latest := reading.latest_currency(customer):
            return latest
        means = PaymentMeans.objects.filter(customer_id=customer).exclude(currency="").first()
        return means.currency if means else "EUR"

    # --- deeds ---
    def cancel(
        self, order: str, reason: str, *, to: str = "original means", key: str, at: datetime
    ) -> Receipt | Refusal:
        return cancelling.cancel(order, reason, to=to, key=key, at=at)

    def change_address(self, order: str, address: PostalAddress, *, key: str, at: datetime) -> Receipt | Refusal:
        return addresses.change_address(order, address, key=key, at=at)

    def change_items(
        self, order: str, swaps: Sequence[Swap], means: str, *, key: str, at: datetime
    ) -> Receipt | Refusal:
        return swapping.change_items(order, swaps, means, key=key, at=at)

    def change_payment(self, order: str, means: str, *, key: str, at: datetime) -> Receipt | Refusal:
        return credit.change_payment(order, means, key=key, at=at)

    def open_return(
        self,
        order: str,
        items: Sequence[Chosen],
        reason: str,
        outcome: str,
        *,
        to: str = "original means",
        key: str,
        at: datetime,
    ) -> Receipt | Refusal:
        return returns.open_return(order, items, reason, outcome, to=to, key=key, at=at)

    def refund(
        self, order: str, items: Sequence[Chosen], reason: str, *, to: str = "original means", key: str, at: datetime
    ) -> Receipt | Refusal:
        return refunds.refund(order, items, reason, to=to, key=key, at=at)

    def exchange(
        self, order: str, swaps: Sequence[Swap], reason: str, means: str, *, key: str, at: datetime
    ) -> Receipt | Refusal:
        return swapping.exchange(order, swaps, reason, means, key=key, at=at)

    def invoice(self, order: str, language: str, *, key: str, at: datetime) -> Receipt | Refusal:
        return invoicing.invoice(order, language, key=key, at=at)

    def change_contact_address(
        self, customer: str, address: PostalAddress, *, key: str, at: datetime
    ) -> Receipt | Refusal:
        return addresses.change_contact_address(customer, address, key=key, at=at)

    def goodwill(
        self, customer: str, amount: Money, reason: str, *, order: str = "", key: str, at: datetime
    ) -> Receipt | Refusal:
        return credit.goodwill(customer, amount, reason, order=order, key=key, at=at)

    def take_back_goodwill(self, customer: str, amount: Money, *, of: str, key: str, at: datetime) -> Receipt | Refusal:
        return credit.take_back(customer, amount, of=of, key=key, at=at)

    def place(self, order: Placing, *, key: str, at: datetime) -> Receipt | Refusal:
        return placing.place(order, key=key, at=at)
