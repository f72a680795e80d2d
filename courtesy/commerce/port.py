"""The shop port: what the representative may ask of, and do in, a company's shop or billing system.

Reads return frozen values, never rows. Every deed takes an idempotency ``key`` and returns a ``Receipt`` or a
``Refusal``: calling it again with the same key returns the first answer and changes nothing. A deed never checks
policy (that is the guard's job) but always checks what must be true of the records: that the lines belong to the
order, are not sent back already, that no more is paid back than was paid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol

from courtesy.foundation.money import Money

OrderStatus = Literal[
    "pending",
    "paid",
    "packed",
    "shipped",
    "delivered",
    "cancelled",
    "return requested",
    "returned",
    "exchange requested",
    "items changed",
]


class ShopError(Exception):
    """The shop could not be asked. ``permanent`` says whether another try can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class PostalAddress:
    name: str = ""
    street: str = ""
    street2: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""  # ISO 3166-1 alpha-2

    def complete(self) -> bool:
        return bool(self.street and self.postcode and self.city and self.country)


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """A stored way to pay. ``kind``: card, paypal, gift card, store credit, bank transfer, cash. Never a number."""

    id: str
    kind: str
    label: str  # "Visa ending 4242"
    balance: Money | None = None  # gift card and store credit only


@dataclass(frozen=True, slots=True)
class ShopCustomer:
    id: str
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    language: str = ""
    address: PostalAddress = PostalAddress()
    payment_means: tuple[PaymentMeans, ...] = ()
    on_hold: bool = False
    trader: bool | None = None  # buys for a trade; None when the shop does not know

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Variant:
    sku: str
    product: str  # product id
    product_name: str
    options: Mapping[str, str]  # {"size": "42", "colour": "blue"}
    price: Money
    available: bool
    stock: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType({})
    )  # place → pieces; "online" and stores

    @property
    def label(self) -> str:
        return ", ".join(self.options.values())


@dataclass(frozen=True, slots=True)
class Product:
    id: str
    name: str
    names: Mapping[str, str]  # language → name
    category: str
    description: Mapping[str, str]
    returnable: bool
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order. ``open_quantity``: delivered or ordered pieces not yet cancelled, sent back or exchanged;
    ``awaiting_refund``: pieces of an opened return that are not paid back yet."""

    id: str
    sku: str
    product: str
    product_name: str
    options: Mapping[str, str]
    quantity: int
    open_quantity: int
    unit_price: Money  # what the customer really paid for one, discounts taken off, tax included
    returnable: bool = True
    kind: str = ""  # one of the values of the fact "goods kind"; "" when the shop only knows ``returnable``
    delivered_at: datetime | None = None
    refunded: Money | None = None
    awaiting_refund: int = 0

    @property
    def label(self) -> str:
        options = ", ".join(self.options.values())
        return f"{self.product_name} ({options})" if options else self.product_name


@dataclass(frozen=True, slots=True)
class Shipment:
    carrier: str
    tracking: str
    url: str
    status: Literal[
        "label made", "in transit", "out for delivery", "delivered", "delayed", "lost", "returned to sender"
    ]
    expected: date | None
    delivered_at: datetime | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    means: str  # id of the payment means
    kind: str
    label: str
    amount: Money  # below zero: paid back
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Return:
    number: str
    order: str
    status: Literal["open", "received", "refunded", "rejected", "closed"]
    lines: tuple[tuple[str, int], ...]
    reason: str
    outcome: str
    amount: Money
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    customer: str  # ShopCustomer.id
    status: OrderStatus
    placed_at: datetime
    lines: tuple[Line, ...]
    shipments: tuple[Shipment, ...]
    payments: tuple[Payment, ...]
    address: PostalAddress
    shipping: Money
    discount: Money
    total: Money
    delivered_at: datetime | None = None
    expected: date | None = None
    on_hold: bool = False
    email: str = ""
    sale_channel: Literal["distance", "off premises", "on premises", ""] = ""  # "" when the shop does not know

    @property
    def currency(self) -> str:
        return self.total.currency

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some pieces of one order line; ``reason`` when it differs by line."""

    line: str
    quantity: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """Replace pieces of a line by another variant."""

    line: str
    sku: str
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a deed was done. ``details`` hold what phrases may say: amounts as Money, dates, numbers, names.

    ``document``: file name, media type and bytes, when the deed made one; ``further`` ones beside it."""

    act: str
    number: str  # the shop's own number for it
    at: datetime
    amount: Money | None = None
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    document: tuple[str, str, bytes] | None = None
    further: tuple[tuple[str, str, bytes], ...] = ()

    @property
    def documents(self) -> tuple[tuple[str, str, bytes], ...]:
        return (*((self.document,) if self.document is not None else ()), *self.further)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The records do not admit the deed. ``why`` names a phrase ("refusal: not delivered"), ``details`` its fields."""

    act: str
    why: str
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class RefundQuote:
    """What a refund of some lines would pay, before it is done. ``shipping`` is the delivery cost given back."""

    items: Money
    shipping: Money
    total: Money
    parts: tuple[tuple[str, Money], ...]  # payment means id → part, in the order it is given back


class Shop(Protocol):
    """A shop or billing system. Numbers, ids and e-mail addresses are compared as people write them: case and
    blanks do not matter. ``at`` is the time of the deed, aware."""

    name: str

    # reads
    def order(self, number: str) -> Order | None: ...
    def orders_of(self, customer: str, limit: int = 20) -> Sequence[Order]:
        """Newest first."""
        ...

    def customer(self, id: str) -> ShopCustomer | None: ...
    def customer_by_email(self, email: str) -> ShopCustomer | None: ...
    def customers_by_name(self, name: str, postcode: str) -> Sequence[ShopCustomer]: ...
    def product(self, id: str) -> Product | None: ...
    def products(self) -> Sequence[tuple[str, Mapping[str, str]]]:
        """Every product's id and names by language, for the finder of product names; cheap, may be cached."""
        ...

    def returns_of(self, order: str) -> Sequence[Return]: ...
    def quote_refund(
        self, order: str, items: Sequence[Chosen], to: str, *, at: datetime | None = None
    ) -> RefundQuote | Refusal:
        """``at``: when the refund would be done (now, if not given); delivery cost depends on it."""
        ...

    def price_difference(self, order: str, swaps: Sequence[Swap]) -> Money | Refusal: ...
    def refund_history(self, customer: str, since: datetime) -> tuple[int, Money]:
        """How many refunds, and how much, since then."""
        ...

    def goodwill_history(self, customer: str, since: datetime) -> Money: ...

    # deeds
    def cancel(
        self, order: str, reason: str, *, to: str = "original means", key: str, at: datetime
    ) -> Receipt | Refusal: ...
    def change_address(self, order: str, address: PostalAddress, *, key: str, at: datetime) -> Receipt | Refusal: ...
    def change_items(
        self, order: str, swaps: Sequence[Swap], means: str, *, key: str, at: datetime
    ) -> Receipt | Refusal: ...
    def change_payment(self, order: str, means: str, *, key: str, at: datetime) -> Receipt | Refusal: ...
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
    ) -> Receipt | Refusal: ...
    def refund(
        self, order: str, items: Sequence[Chosen], reason: str, *, to: str = "original means", key: str, at: datetime
    ) -> Receipt | Refusal:
        """``to``: "original means", "store credit", "gift card" or the id of one of the customer's payment means."""
        ...

    def exchange(
        self, order: str, swaps: Sequence[Swap], reason: str, means: str, *, key: str, at: datetime
    ) -> Receipt | Refusal: ...
    def invoice(self, order: str, language: str, *, key: str, at: datetime) -> Receipt | Refusal: ...
    def change_contact_address(
        self, customer: str, address: PostalAddress, *, key: str, at: datetime
    ) -> Receipt | Refusal: ...
    def goodwill(
        self, customer: str, amount: Money, reason: str, *, order: str = "", key: str, at: datetime
    ) -> Receipt | Refusal:
        """``order``: the one that it makes up for, where it is one of the customer's own."""
        ...

    def take_back_goodwill(self, customer: str, amount: Money, *, of: str, key: str, at: datetime) -> Receipt | Refusal:
        """Undo the goodwill credit with the receipt ``of``; refused once it has been spent."""
        ...
