"""Fills an empty shop with the sample company's goods, people and orders; the same for the same seed and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from courtesy.commerce.catalogue import note_change
from courtesy.commerce.made import catalogue, crowd
from courtesy.commerce.made.people import PEOPLE, STORIES, Person, Story
from courtesy.commerce.models import (
    BalanceEntry,
    Customer,
    Line,
    Order,
    Payment,
    PaymentMeans,
    Product,
    Return,
    ReturnLine,
    Shipment,
    Stock,
    Variant,
)
from courtesy.commerce.models.columns import compared, compared_name

CURRENCY = "EUR"
CUSTOMERS = 400
ORDERS = 1_500
# Country → (delivery cost, free from), as the sample company's table "shipping" says.
_DELIVERY = {
    "ES": ("4.90", "60"), "PT": ("7.90", "90"), "FR": ("7.90", "90"),
    "DE": ("9.90", "120"), "IT": ("9.90", "120"), "IE": ("9.90", "120"),
}  # fmt: skip
_CARRIER = "Correos Express"


@transaction.atomic
def load_sample(at: datetime, seed: int = 1, *, customers: int = CUSTOMERS, orders: int = ORDERS) -> None:
    """Write catalogue, people and orders relative to ``at``. Loading twice changes nothing.

    ``customers`` and ``orders`` count the fixed people and their orders in."""
    if Product.objects.filter(pk="P-001").exists():
        return
    random = Random(seed)
    goods = list(catalogue.products(random))
    _write_goods(goods)
    people = [*PEOPLE, *crowd.people(max(0, customers - len(PEOPLE)), random)]
    _write_people(people, at)
    skus = [sku for made in goods for sku, *_ in made.variants]
    rest = (
        list(crowd.stories(people[len(PEOPLE) :], skus, max(0, orders - len(STORIES)), random))
        if customers > len(PEOPLE)
        else []
    )
    _Writer(goods, people, at).write([*STORIES, *rest])


def _write_goods(goods: list[catalogue.Made]) -> None:
    Product.objects.bulk_create(
        Product(
            id=made.id,
            name=made.name,
            names=made.names,
            category=made.category,
            returnable=made.returnable,
            tax_rate=made.tax,
        )
        for made in goods
    )
    variants, stock = [], []
    for made in goods:
        for position, (sku, options, price, pieces) in enumerate(made.variants):
            row = Variant(
                sku=sku, product_id=made.id, position=position, options=options, price=price, currency=CURRENCY
            )
            variants.append(row)
            stock += [Stock(variant=row, place=place, pieces=count) for place, count in pieces.items()]
    note_change()
    Variant.objects.bulk_create(variants)
    Stock.objects.bulk_create(stock, batch_size=2000)


def _write_people(people: Iterable[Person], at: datetime) -> None:
    rows, means, entries = [], [], []
    for person in people:
        name = f"{person.last}{person.first}" if person.language == "zh" else f"{person.first} {person.last}"
        row = Customer(
            id=person.id,
            first_name=person.first,
            last_name=person.last,
            email=person.email,
            email_key=compared(person.email),
            name_key=compared_name(name),
            postcode_key=compared(person.postcode),
            language=person.language,
            recipient=name,
            street=person.street,
            postcode=person.postcode,
            city=person.city,
            country=person.country,
        )
        rows.append(row)
        for position, (id_, kind, label, balance) in enumerate(person.means, 1):
            amount = Decimal(balance) if balance else None
            one = PaymentMeans(
                id=id_, customer=row, position=position, kind=kind, label=label, balance=amount, currency=CURRENCY
            )
            means.append(one)
            if amount:
                entries.append(
                    BalanceEntry(means=one, amount=amount, why="opening balance", at=at - timedelta(days=300))
                )
    Customer.objects.bulk_create(rows)
    PaymentMeans.objects.bulk_create(means)
    BalanceEntry.objects.bulk_create(entries)


class _Writer:
    """Collects the rows of all orders and writes them in a few statements."""

    def __init__(self, goods: list[catalogue.Made], people: list[Person], at: datetime) -> None:
        self.at = at
        self.people = {person.id: person for person in people}
        self.variants = {sku: (made, options, price) for made in goods for sku, options, price, _ in made.variants}
        self.orders: list[Order] = []
        self.lines: list[Line] = []
        self.shipments: list[Shipment] = []
        self.payments: list[Payment] = []
        self.returns: list[Return] = []
        self.return_lines: list[ReturnLine] = []

    def write(self, stories: Iterable[Story]) -> None:
        for story in stories:
            self._order(story)
        books: tuple[list[Any], ...] = (
            self.orders, self.lines, self.shipments, self.payments, self.returns, self.return_lines,
        )  # fmt: skip
        for rows in books:
            if rows:
                type(rows[0]).objects.bulk_create(rows, batch_size=1000)

    def _order(self, story: Story) -> None:
        person = self.people[story.customer]
        placed = self.at - timedelta(days=story.placed, hours=3)
        lines = [self._line(story, str(place), bought) for place, bought in enumerate(story.lines, 1)]
        goods = sum((line.value for line in lines), Decimal(0))
        cost, free = _DELIVERY[person.country]
        shipping = Decimal(0) if goods >= Decimal(free) else Decimal(cost)
        expected = next((one.expected for one in story.parcels if one.expected is not None), None)
        order = Order(
            number=story.number,
            number_key=compared(story.number),
            customer_id=story.customer,
            status=story.status,
            placed_at=placed,
            email=person.email,
            currency=CURRENCY,
            shipping=shipping,
            discount=Decimal(story.discount),
            total=goods + shipping,
            expected=(self.at + timedelta(days=expected)).date() if expected is not None else None,
            on_hold=story.on_hold,
            recipient=f"{person.last}{person.first}" if person.language == "zh" else f"{person.first} {person.last}",
            street=person.street,
            postcode=person.postcode,
            city=person.city,
            country=person.country,
        )
        for line in lines:
            line.order = order
        self.orders.append(order)
        self.lines += lines
        self._parcels(story, order)
        self._paid(story, order, lines)

    def _line(self, story: Story, line_id: str, bought: object) -> Line:
        made, options, price = self.variants[bought.sku]  # type: ignore[attr-defined]
        quantity: int = bought.quantity  # type: ignore[attr-defined]
        list_value = price * quantity
        value = Decimal(bought.paid) if bought.paid else list_value  # type: ignore[attr-defined]
        gone = story.status in ("cancelled", "returned")
        back = story.opened_return is not None
        return Line(
            line_id=line_id,
            position=int(line_id),
            sku=bought.sku,  # type: ignore[attr-defined]
            product=made.id,
            product_name=made.name,
            options=options,
            returnable=made.returnable,
            tax_rate=made.tax,
            quantity=quantity,
            open_quantity=0 if gone or back else quantity,
            awaiting_refund=quantity if back else 0,
            price=price,
            discount=list_value - value,
            value=value,
            refunded=value if gone and story.paid else Decimal(0),
        )

    def _parcels(self, story: Story, order: Order) -> None:
        for position, parcel in enumerate(story.parcels, 1):
            tracking = f"CX{story.number[3:]}{position}ES"
            delivered = self.at - timedelta(days=parcel.delivered, hours=1) if parcel.delivered is not None else None
            self.shipments.append(
                Shipment(
                    order=order,
                    position=position,
                    carrier=_CARRIER,
                    tracking=tracking,
                    url=f"https://track.example.com/{tracking}",
                    status=parcel.status,
                    expected=(self.at + timedelta(days=parcel.expected)).date()
                    if parcel.expected is not None
                    else None,
                    delivered_at=delivered,
                    lines=list(parcel.lines),
                )
            )

    def _paid(self, story: Story, order: Order, lines: list[Line]) -> None:
        left, parts = order.total, []
        for means, amount in story.paid:
            share = Decimal(amount) if amount else left
            left -= share
            parts.append((means, share))
        for means, share in parts:
            self._payment(story, order, means, share, Payment.Why.PURCHASE, order.placed_at)
        if story.paid_back is not None:
            at = self.at - timedelta(days=story.paid_back)
            why = Payment.Why.CANCELLATION if story.status == "cancelled" else Payment.Why.REFUND
            for means, share in parts:
                self._payment(story, order, means, -share, why, at)
            order.shipping_refunded = order.shipping
        if story.status == "returned" or story.opened_return is not None:
            self._returned(story, order, lines)

    def _payment(self, story: Story, order: Order, means: str, amount: Decimal, why: str, at: datetime) -> None:
        person = self.people[story.customer]
        kind, label = next((kind, label) for id_, kind, label, _ in person.means if id_ == means)
        position = sum(1 for one in self.payments[-6:] if one.order is order) + 1
        number = f"M-{order.number}" if amount < 0 else ""
        self.payments.append(
            Payment(
                order=order,
                position=position,
                means=means,
                kind=kind,
                label=label,
                amount=amount,
                why=why,
                number=number,
                at=at,
            )
        )

    def _returned(self, story: Story, order: Order, lines: list[Line]) -> None:
        done = story.status == "returned"
        days = story.opened_return if story.opened_return is not None else (story.paid_back or 0) + 5
        opened = Return(
            number=f"RT-{order.number}-1",
            order=order,
            status=Return.Status.REFUNDED if done else Return.Status.RECEIVED,
            reason="does not fit",
            outcome="refund",
            to="original means",
            amount=sum((line.value for line in lines), Decimal(0)),
            opened_at=self.at - timedelta(days=days),
        )
        self.returns.append(opened)
        self.return_lines += [
            ReturnLine(
                opened=opened,
                line_id=line.line_id,
                quantity=line.quantity,
                settled=line.quantity if done else 0,
                reason="does not fit",
            )
            for line in lines
        ]
