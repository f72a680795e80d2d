"""What a step may look up, the kinds of answer it may ask for, and where choices may come from."""

from __future__ import annotations

from typing import Literal

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
    "service",
    "place",
    "appointment",
    "contact name",
    "contact e-mail",
    "basket",
    "delivery",
    "delivery address",
    "way to pay",
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
