"""The situation of one turn: everything read once, and what is said while the turn is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from courtesy.commerce import shop as shops
from courtesy.commerce.port import Order, Shop, ShopCustomer
from courtesy.commerce.reading_once import read_once
from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.identifying import addresses_of
from courtesy.customers.models import ContactPoint, Customer
from courtesy.language.understanding import Choice, Context, Understanding
from courtesy.pack import editions
from courtesy.pack.model import Pack, Procedure
from courtesy.pack.vocabulary import IDENTITY_LEVELS
from courtesy.representative import memory
from courtesy.representative.memory import Dialogue, Task
from courtesy.representative.values import Offered, Saying, Source

PERSONAL = ("e-mail", "name and postcode")  # evidence about a person, not about one order


class OnlyLooking(Exception):
    """Something is about to be done while it is only looked ahead: there the looking ends."""


@dataclass
class Situation:
    """What the turn works on. ``sayings`` grow while it is taken; the dialogue is written back at its end."""

    conversation: Conversation
    customer: Customer
    pack: Pack
    shop: Shop
    dialogue: Dialogue
    at: datetime
    language: str
    unread: list[Message]
    sayings: list[Saying] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)  # noted in this turn, to be made after it
    questions: list[int] = field(default_factory=list)  # put to departments in this turn, to be brought there
    codes: list[tuple[str, str]] = field(default_factory=list)  # address, code: to be sent with this turn
    heard: list[Understanding] = field(default_factory=list)
    handed_over: bool = False  # a person is needed; the turn ends with the hand-over
    to_team: str = ""
    because: str = ""
    urgent: bool = False
    answer_by: datetime | None = None  # when a person must have answered, where a protocol says so
    closing: bool = False  # thanks and goodbye: nothing else is asked
    touched: set[str] = field(default_factory=set)  # ids of tasks that moved in this turn
    asked: bool = False  # a question to the customer ends the turn
    only_looking: bool = False  # to see what would be said; nothing may be done, and all is rolled back
    orders: dict[str, Order | None] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.pack.company.time_zone)

    # --- saying ---
    def say(self, phrase: str, *, sources: Sequence[Source] = (), **fields: Any) -> None:
        self.sayings.append(Saying(phrase, fields, tuple(sources)))

    def offer(self, choices: list[dict[str, Any]]) -> None:
        """Show the choices of the open question as buttons again."""
        self.offered = [Offered(choice["value"], choice["label"]) for choice in choices[:8]]

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Write a line about this turn to the journal."""
        journal.write(kind, actor="representative", at=self.at, conversation=self.conversation.pk, content=content)

    # --- reading ---
    def order(self, number: str) -> Order | None:
        """An order by its number, read once a turn; whether it may be shown is another question."""
        if number not in self.orders:
            self.orders[number] = self.shop.order(number)
        return self.orders[number]

    def forget_orders(self) -> None:
        self.orders.clear()

    def procedure(self, task: Task) -> Procedure | None:
        return self.pack.procedures.get(task.procedure)

    def shop_customer(self) -> ShopCustomer | None:
        return self.shop.customer(self.dialogue.shop_customer) if self.dialogue.shop_customer else None

    def identity_at_least(self, level: str) -> bool:
        return IDENTITY_LEVELS.index(self.conversation.identity) >= IDENTITY_LEVELS.index(level)

    def may_see(self, order: Order) -> bool:
        """Only the proven customer's own orders are shown."""
        return (
            self.identity_at_least("order matched")
            and bool(self.dialogue.shop_customer)
            and order.customer == self.dialogue.shop_customer
        )

    @property
    def knows_person(self) -> bool:
        """Whether it is sure enough who this is for everything of theirs to be shown, not one order alone: a confirmed
        address, or what the company's pack takes for as good as an order with its postcode."""
        if not self.dialogue.shop_customer:
            return False
        personal = self.dialogue.proof in PERSONAL and self.identity_at_least("order matched")
        return personal or self.identity_at_least("e-mail confirmed")

    def own_orders(self) -> list[Order]:
        """The customer's orders, newest first, when identity is sure enough to list them."""
        if not self.knows_person:
            return []
        return list(self.shop.orders_of(self.dialogue.shop_customer))

    def title(self, task: Task) -> str:
        """How a matter is named to the customer."""
        procedure = self.procedure(task)
        if procedure is None:
            return task.procedure
        return procedure.title.get(self.language) or next(iter(procedure.title.values()), procedure.name)

    def team(self, name: str | None = None) -> str:
        return name or self.pack.company.teams[0]


def gather(conversation: Conversation, *, at: datetime, unread: list[Message], pack: Pack | None = None) -> Situation:
    """Read everything a turn needs."""
    pack = pack or editions.in_force(at)
    dialogue = memory.from_json(conversation.dialogue)
    customer = conversation.customer
    if conversation.identity == "signed in" and not dialogue.shop_customer:
        dialogue.shop_customer = customer.shop_customer
    if conversation.channel == "email" and "e-mail" not in dialogue.claims:
        for known in addresses_of(customer, ContactPoint.Kind.EMAIL)[:1]:
            dialogue.claims["e-mail"] = known
    language = conversation.language or ""
    return Situation(conversation, customer, pack, read_once(shops.current()), dialogue, at, language, unread)


def context_of(situation: Situation) -> Context:
    """What sharpens the understanding of the next message."""
    company = situation.pack.company
    dialogue = situation.dialogue
    task = dialogue.current()
    question = memory.question_from_json(dialogue.question) if dialogue.question else None
    own = situation.own_orders()
    view = situation.order(dialogue.order) if dialogue.order else None
    lines = view.lines if view is not None and situation.may_see(view) else ()
    return Context(
        languages=company.languages,
        language=situation.language,
        default_language=company.languages[0],
        question=question,
        open_matter=task.procedure if task else "",
        order_numbers=tuple(order.number for order in own),
        items=tuple(Choice(line.id, line.label, tuple(line.options.values())) for line in lines),
        products=product_choices(situation.shop),
        order_number_pattern=company.order_number_pattern,
        country=company.country,
        currency=company.currency,
        today=situation.at.astimezone(ZoneInfo(company.time_zone)).date().isoformat(),
    )


class Products(tuple[Choice, ...]):
    """The shop's products as choices. It is asked for its hash in every turn, and works it out once."""

    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            self._hash = super().__hash__()
            return self._hash


def spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Names as they are, and those with a hyphen also without it: "T-Shirt", "TShirt"."""
    written = list(names)
    return tuple(dict.fromkeys([*written, *(name.replace("-", "") for name in written)]))


_products: dict[str, tuple[object, Products]] = {}


def product_choices(shop: Shop) -> Products:
    """The shop's products as choices, for finding their names in a message; built once for each list of products."""
    listed = shop.products()
    kept = _products.get(shop.name)
    if kept is None or kept[0] is not listed:
        choices = Products(
            Choice(id_, names.get("en") or next(iter(names.values()), id_), spellings(names.values()))
            for id_, names in listed
        )
        kept = _products[shop.name] = (listed, choices)
    return kept[1]
