"""A small shop for tests: a jacket in two colours, a stove, a customer with a card and a gift card."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from courtesy.commerce.models import Customer, PaymentMeans, Product, Stock, Variant
from courtesy.commerce.port import PostalAddress
from courtesy.commerce.selling.port import Delivery, Placing, Wanted
from courtesy.commerce.shops.embedded import EmbeddedShop
from courtesy.foundation.money import Money

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SHOP = EmbeddedShop()
HOME = PostalAddress("Ann Other", "Calle Mayor 1", "", "48001", "Bilbao", "", "ES")
DELIVERED = Delivery(address=HOME, fee=Money(Decimal("4.90"), "EUR"), free_over=Money(Decimal(60), "EUR"))
COLLECTED = Delivery(place="Bilbao")


def fill(pieces: int = 3) -> None:
    jacket = Product.objects.create(id="JACKET", name="Jacket", tax_rate=Decimal(21))
    stove = Product.objects.create(id="STOVE", name="Stove", tax_rate=Decimal(21))
    for position, colour in enumerate(("blue", "red")):
        row = Variant.objects.create(
            sku=f"JACKET-{colour.upper()}", product=jacket, position=position, options=[["colour", colour]],
            price=Decimal("50.00"), currency="EUR",
        )  # fmt: skip
        Stock.objects.create(variant=row, place="online", pieces=pieces)
    row = Variant.objects.create(sku="STOVE", product=stove, options=[], price=Decimal("30.00"), currency="EUR")
    Stock.objects.create(variant=row, place="online", pieces=pieces)
    Stock.objects.create(variant=row, place="Bilbao", pieces=1)
    ann = Customer.objects.create(
        id="C-1", first_name="Ann", last_name="Other", email="ann@example.com", email_key="ann@example.com"
    )
    PaymentMeans.objects.create(id="card-1", customer=ann, kind="card", label="Visa ending 1111", currency="EUR")
    PaymentMeans.objects.create(
        id="gift-1", customer=ann, kind="gift card", label="Gift card", balance=Decimal(20), currency="EUR"
    )


def order(*wanted: tuple[str, int], **more: Any) -> Placing:
    """An order of somebody unproven, paid by bank transfer, for what it costs now unless ``quoted`` says otherwise."""
    basket = tuple(Wanted(sku, quantity) for sku, quantity in wanted)
    delivery = more.get("delivery", DELIVERED)
    placing = Placing(
        basket, delivery, "Ann Other", "ann@example.com", "bank transfer", Money.zero("EUR"), numbers="TF-#####"
    )
    if "quoted" not in more:
        quote = SHOP.quote(basket, delivery, by=more.get("held_by", ""), at=AT)
        more["quoted"] = quote.total  # type: ignore[union-attr]
    return replace(placing, **more)
