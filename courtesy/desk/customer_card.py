"""Who the customer is and what they bought, as the panel beside a conversation shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from courtesy.commerce import shop
from courtesy.commerce.port import Order, Return, ShopCustomer, ShopError
from courtesy.conversations import journal
from courtesy.conversations.models import Conversation
from courtesy.customers.models import ContactPoint, Customer
from courtesy.pack.vocabulary import IDENTITY_LEVELS

ORDERS = 8


@dataclass(frozen=True, slots=True)
class Card:
    """``orders`` are empty unless the conversation was matched with a record of the shop, how surely ``identity`` says;
    ``shop_silent``: the shop could not be asked."""

    customer: Customer
    contact_points: Sequence[ContactPoint]
    identity: str
    identity_step: int  # 0 (unknown) to 4 (signed in)
    shop_customer: ShopCustomer | None
    orders: Sequence[Order]
    shop_silent: bool
    others: Sequence[Conversation]  # other conversations of the customer, newest first

    @property
    def name(self) -> str:
        return self.customer.name or (self.shop_customer.name if self.shop_customer else "")


@dataclass(frozen=True, slots=True)
class Found:
    """What a colleague's search in the shop found."""

    customers: tuple[ShopCustomer, ...]
    orders: tuple[Order, ...]
    shop_silent: bool = False


def card_of(conversation: Conversation, visible: QuerySet[Conversation]) -> Card:
    customer = conversation.customer
    levels = IDENTITY_LEVELS
    matched = journal.entries_of(conversation.pk).filter(kind="identity").order_by("-sequence").first()
    claimed = conversation.identity in levels[: levels.index("order matched")]
    owner, orders, silent = records(
        customer.shop_customer or ("" if claimed or not matched else str(matched.content.get("shop customer") or ""))
    )
    return Card(
        customer=customer,
        contact_points=list(customer.contact_points.exclude(kind=ContactPoint.Kind.CHAT)),
        identity=conversation.identity,
        identity_step=levels.index(conversation.identity) if conversation.identity in levels else 0,
        shop_customer=owner,
        orders=orders,
        shop_silent=silent,
        others=list(visible.filter(customer=customer).exclude(pk=conversation.pk).order_by("-moved_at")[:5]),
    )


def records(shop_customer: str) -> tuple[ShopCustomer | None, Sequence[Order], bool]:
    """The person in the shop, their newest orders, and whether the shop could not be asked."""
    if not shop_customer:
        return None, (), False
    try:
        return shop.current().customer(shop_customer), shop.current().orders_of(shop_customer, ORDERS), False
    except ShopError:
        return None, (), True


def search(wanted: str) -> Found:
    """By order number or e-mail address."""
    try:
        if "@" in wanted:
            owner = shop.current().customer_by_email(wanted)
            orders = shop.current().orders_of(owner.id, ORDERS) if owner else ()
            return Found((owner,) if owner else (), tuple(orders))
        order = shop.current().order(wanted)
        owner = shop.current().customer(order.customer) if order else None
        return Found((owner,) if owner else (), (order,) if order else ())
    except ShopError:
        return Found((), (), shop_silent=True)


def order_and_returns(number: str) -> tuple[Order | None, Sequence[Return]]:
    """Raises ShopError when the shop cannot be asked."""
    order = shop.current().order(number)
    return order, shop.current().returns_of(order.number) if order else ()
