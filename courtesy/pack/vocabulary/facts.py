"""The facts that rules may ask about, the levels of identity and the grades of colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
        FactKind("country", "word", "Country whose law protects the customer, ISO 3166-1 alpha-2."),
        FactKind("sale channel", "word", "How the contract was made.", ("distance", "off premises", "on premises")),
        FactKind(
            "goods kind",
            "word",
            "What the items concerned are, where the law makes a difference.",
            (
                "ordinary",
                "made to order",
                "perishable",
                "unsealed hygiene goods",
                "unsealed recordings",
                "digital content begun",
                "dated service",
                "not returnable",
            ),
        ),
        FactKind("customer kind", "word", "Whether the customer buys for a trade.", ("consumer", "trader")),
        FactKind(
            "withdrawal period",
            "word",
            "Whether the law's period for withdrawing still runs, holidays counted in.",
            ("open", "over"),
        ),
        FactKind(
            "days late", "number", "Whole days after the promised day of delivery (30 days when none was promised)."
        ),
        FactKind("delivery country", "word", "Country of the new address, ISO 3166-1 alpha-2."),
        FactKind("address complete", "word", "Whether street, postcode, city and country are known.", ("yes", "no")),
        FactKind("fraud hold", "word", "Whether the order or customer is on hold.", ("yes", "no")),
        FactKind("undone act", "word", "The act that is to be taken back."),
        FactKind("undo window", "word", "Whether the act may still be taken back by its time.", ("open", "over")),
        FactKind("channel", "word", "The kind of channel the request came by."),
        FactKind("actor", "word", "Who does it.", ("representative", "colleague", "team lead", "manager")),
    )
}

# Facts that only the customer's word stands behind. They select rules but are never proof: see policy.guard.
CLAIMED_FACTS = frozenset({"reason", "cancel reason"})

GRADES = ("trainee", "representative", "senior", "team lead", "manager")
