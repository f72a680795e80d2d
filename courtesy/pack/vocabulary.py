"""The closed vocabulary that a pack may use: acts, look-ups, slot kinds, sources, facts and engine phrases.

A company writes its rules and procedures in these words; a developer adds a word here together with the code
that gives it a meaning. A test in ``tests/house`` holds both sides against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Act:
    """Something that changes the world. ``arguments`` are slot names it may take; ``needs`` are required."""

    name: str
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()
    changes: bool = True  # False: needs no confirmation before it
    says: str = ""


ACTS: dict[str, Act] = {
    act.name: act
    for act in (
        Act(
            "cancel order",
            ("order",),
            ("cancel reason", "refund to"),
            says="Cancels an order that has not been shipped and returns what was paid.",
        ),
        Act(
            "change address",
            ("order", "new address"),
            says="Changes the delivery address of an order that has not been shipped.",
        ),
        Act(
            "change items",
            ("order", "items", "new variants"),
            ("payment means",),
            says="Swaps items of an unshipped order for other variants of the same product.",
        ),
        Act(
            "change payment",
            ("order", "payment means"),
            says="Moves an unshipped order to another of the customer's payment means.",
        ),
        Act(
            "open return",
            ("order", "items"),
            ("reason", "outcome", "photo", "refund to"),
            says="Registers a return of delivered items and makes its label.",
        ),
        Act(
            "refund",
            ("order", "items"),
            ("reason", "refund to"),
            says="Pays back items: original means, store credit or gift card.",
        ),
        Act(
            "exchange",
            ("order", "items", "new variants"),
            ("reason", "payment means"),
            says="Exchanges delivered items for other variants of the same product.",
        ),
        Act("send invoice", ("order",), changes=False, says="Makes the invoice copy as PDF, files it and sends it."),
        Act("change contact address", ("new address",), says="Changes the customer's default address."),
        Act("goodwill credit", ("amount",), ("order", "reason"), says="Grants store credit as a gesture."),
        Act(
            "register complaint",
            ("complaint",),
            ("order", "remedy"),
            changes=False,
            says="Registers a complaint with a number and its clock.",
        ),
        Act(
            "ask a colleague",
            ("question",),
            changes=False,
            says="Puts a question to a team; the answer returns to the customer.",
        ),
    )
}

LOOK_UPS: dict[str, str] = {
    "order": "One order, by order number with e-mail or postcode; or from the customer's own orders once known.",
    "customer": "The customer, by e-mail, or by name and postcode.",
    "tracking": "Where the shipments of the order are.",
    "product": "A product of the range, by name.",
    "stock": "How many of the product's variants are available, online and in each store.",
    "price": "Prices of the product's variants.",
    "return": "The returns of the order and how far they are.",
    "credit balance": "The customer's store credit and gift cards.",
    "shipping cost": "What delivery to the customer's country costs, from the table 'shipping'.",
}

SlotKind = Literal[
    "order",
    "items",
    "choice",
    "variants",
    "address",
    "payment means",
    "photo",
    "text",
    "number",
    "money",
    "date",
    "e-mail",
    "phone",
    "product",
    "yes or no",
    "name",
    "postcode",
]
SLOT_KINDS: dict[str, str] = {
    "order": "One of the customer's orders, by number, by item or by date.",
    "items": "One or more lines of the order, with quantities.",
    "choice": "One of the choices written in the step.",
    "variants": "For each chosen item, another variant of the same product.",
    "address": "A postal address: name, street, postcode, city, country.",
    "payment means": "One of the payment means the customer has on file.",
    "photo": "An attached picture.",
    "text": "Whatever the customer says.",
    "number": "A number.",
    "money": "An amount of money.",
    "date": "A calendar date.",
    "e-mail": "An e-mail address.",
    "phone": "A telephone number.",
    "product": "A product of the range.",
    "yes or no": "Yes or no.",
    "name": "A person's name.",
    "postcode": "A postal code.",
}
# The kind of a slot that a step does not name ("ask: items" needs no "kind: items"). Others are "choice" with
# choices written, else "text".
USUAL_KINDS: dict[str, str] = {
    "order": "order",
    "items": "items",
    "new variants": "variants",
    "new address": "address",
    "photo": "photo",
    "payment means": "payment means",
    "e-mail": "e-mail",
    "phone": "phone",
    "product": "product",
    "postcode": "postcode",
    "amount": "money",
    "refund to": "choice",
    "quantity": "number",
}

SOURCES: dict[str, str] = {
    "order items": "The lines of the order that was looked up.",
    "returnable items": "The delivered lines of the order that are not yet sent back.",
    "customer orders": "The customer's own orders.",
    "product variants": "The variants of the product asked about.",
    "payment means on file": "The customer's stored payment means.",
}


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact that rules may ask about. ``kind``: money, number, word, or scale (ordered ``values``, weakest first)."""

    name: str
    kind: Literal["money", "number", "word", "scale"]
    says: str
    values: tuple[str, ...] = ()


IDENTITY_LEVELS = ("unknown", "recognised", "order matched", "e-mail confirmed", "signed in")

FACTS: dict[str, FactKind] = {
    fact.name: fact
    for fact in (
        FactKind("identity", "scale", "How sure we are who is asking.", IDENTITY_LEVELS),
        FactKind("own order", "word", "Whether the order belongs to the customer who is asking.", ("yes", "no")),
        FactKind(
            "order status",
            "word",
            "Where the order stands.",
            (
                "pending",
                "paid",
                "packed",
                "shipped",
                "delivered",
                "cancelled",
                "returned",
                "return requested",
                "exchange requested",
                "items changed",
            ),
        ),
        FactKind("amount", "money", "What the act costs the company or pays to the customer."),
        FactKind("order total", "money", "The total of the order."),
        FactKind(
            "price difference", "money", "New variants minus old ones; below zero means that the customer gets money."
        ),
        FactKind("days since delivery", "number", "Whole days since the last item concerned was delivered."),
        FactKind("days since order", "number", "Whole days since the order was placed."),
        FactKind(
            "reason",
            "word",
            "The reason the customer gives. A claim: it selects rules and can make verdicts stricter; no proof.",
        ),
        FactKind("cancel reason", "word", "The reason the customer gives for cancelling."),
        FactKind("photo", "word", "Whether a picture was attached.", ("yes", "no")),
        FactKind("outcome", "word", "What the customer wants.", ("refund", "exchange", "store credit")),
        FactKind(
            "refund to",
            "word",
            "Where the money goes.",
            ("original means", "store credit", "gift card", "another means"),
        ),
        FactKind(
            "items state",
            "word",
            "Whether the items may still be acted on.",
            ("open", "already returned", "already refunded", "not delivered", "not returnable"),
        ),
        FactKind("variants available", "word", "Whether every new variant is in stock.", ("yes", "no")),
        FactKind("same product", "word", "Whether every new variant is of the product it replaces.", ("yes", "no")),
        FactKind("balance covers", "word", "Whether the chosen payment means can cover what is due.", ("yes", "no")),
        FactKind("refunds in 12 months", "number", "How many refunds this customer had in the last 365 days."),
        FactKind("refunded in 12 months", "money", "How much was refunded to this customer in the last 365 days."),
        FactKind("goodwill in 12 months", "money", "Goodwill credit granted to this customer in the last 365 days."),
        FactKind("delivery country", "word", "Country of the new address, ISO 3166-1 alpha-2."),
        FactKind("address complete", "word", "Whether street, postcode, city and country are known.", ("yes", "no")),
        FactKind("fraud hold", "word", "Whether the order or customer is on hold.", ("yes", "no")),
        FactKind("channel", "word", "The kind of channel the request came by."),
        FactKind("actor", "word", "Who does it.", ("representative", "colleague", "team lead", "manager")),
    )
}

# Facts that only the customer's word stands behind. They select rules but are never proof: see policy.guard.
CLAIMED_FACTS = frozenset({"reason", "cancel reason"})

GRADES = ("trainee", "representative", "senior", "team lead", "manager")

# Phrases the engine itself says, with the fields that may stand in them. Every shipped language has them all;
# packs may reword them. Further phrases are: "ask: <slot>", "why: <slot>" (optional), "choice: <choice>" (label, and
# below it as bullets how customers say it), "status: <order status>", "confirm: <name>" and whatever a procedure tells.
ENGINE_PHRASES: dict[str, tuple[str, ...]] = {
    "introduction": ("company", "representative"),  # first reply: automatic representative, and how to reach a person
    "greeting": ("company",),
    "anything else": (),
    "you are welcome": (),
    "goodbye": ("company",),
    "acknowledge upset": (),  # one calm sentence before the answer
    "acknowledge distress": (),
    "language not supported": ("languages",),
    "would you like that": (),
    "about me": ("company", "representative"),
    "same as before": (),
    "what about it": (),
    "not understood": (),
    "not understood again": (),
    "which of these": ("options",),
    "which order": ("options",),
    "which items": ("options",),
    "choose one": ("options",),
    "stopped": (),
    "nothing changed": (),
    "nothing to stop": (),
    "back to": ("matter",),
    "next matter": ("matter",),
    "noted for later": ("matter",),
    "take your time": ("matter",),
    "correction noted": ("what", "value"),
    "repeat": ("text",),
    "why: default": (),
    "still needed": ("question",),  # asked again, kindly, after an answer that did not fit
    "confirm again": ("question",),
    "say yes or no": (),
    "code sent": ("address",),
    "ask: code": ("address",),
    "code wrong": (),
    "code expired": (),
    "identity needed": (),
    "ask: order number": (),
    "ask: rest of address": ("missing",),
    "ask: e-mail or postcode": ("order",),
    "ask: e-mail": (),
    "order not found": ("order",),  # the same words whether it is unknown or somebody else's
    "identity confirmed": ("name",),
    "no orders": (),
    "order line": ("quantity", "product", "variant", "price"),
    "order overview": ("order", "date", "total", "status", "items"),
    "tracking line": ("carrier", "tracking", "status", "url"),
    "expected delivery": ("date",),
    "no tracking yet": (),
    "delivered on": ("date",),
    "price line": ("product", "variant", "price"),
    "price line plain": ("product", "price"),
    "stock line": ("product", "variant", "stock"),
    "stock line plain": ("product", "stock"),
    "in stock at": ("quantity", "place"),
    "out of stock at": ("place",),
    "in stock": ("quantity",),
    "out of stock": (),
    "product not found": ("product",),
    "alternatives": ("options",),
    "variant out of stock": ("product", "variant"),
    "nothing else in stock": ("product", "variant", "item"),
    "credit balance": ("amount",),
    "shipping cost": ("country", "amount", "days", "free"),
    "return line": ("number", "status", "items", "amount"),
    "no returns": (),
    "refused": ("because",),
    "refused with offer": ("because", "offer"),
    "offer: repair": (),
    "waiting for approval": ("who",),
    "approval granted": (),
    "approval refused": ("because",),
    "already done": ("receipt",),
    "handing over": ("team",),
    "handing over outside hours": ("team", "opens"),
    "already with a colleague": (),
    "back from colleague": (),
    "something broke": (),
    "answer": ("text", "title", "url", "date"),
    "no answer": (),
    "question passed on": ("team", "within"),
    "answer from colleague": ("question", "answer"),
    "complaint registered": ("number", "due"),
    "threat answered": (),
    "cannot be talked into": (),  # said to "ignore your rules": calm, no change
    "promise made": ("what", "due"),
    "attachment received": ("name",),
    "mail salutation": ("name",),
    "mail salutation without name": (),
    "mail closing": ("representative", "company"),
    "mail code subject": ("company",),
    "mail code text": ("code", "minutes", "company"),
    "mail reply subject": ("subject", "number"),
    "satisfaction question": (),
    "talk to a person": (),  # label of the button
    "yes": (),
    "no": (),
    "none of these": (),
    "all of them": (),
    "skip": (),
}
