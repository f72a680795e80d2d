"""Every entity of a message, without overlaps: what is surer, or longer, wins its place."""

from __future__ import annotations

from courtesy.language.entities import contacts, dates, numbers
from courtesy.language.entities.products import products
from courtesy.language.text import Heard
from courtesy.language.understanding import Context, Entity

_READERS = (
    numbers.codes,
    contacts.emails,
    numbers.order_numbers,
    numbers.amounts,
    dates.dates,
    contacts.addresses,
    contacts.phones,
    contacts.postcodes,
    contacts.names,
    numbers.quantities,
    numbers.plain,
)
# These may stand inside another entity: a postcode in an address, a name beside it.
_NESTED = {"postcode", "name"}
_LONGEST = 6_000


def find_entities(heard: Heard, context: Context) -> tuple[Entity, ...]:
    """All entities in the order of the text; spans are places in the text as received."""
    text = heard.received[:_LONGEST]
    taken: list[Entity] = []
    for reader in _READERS:
        for entity in reader(text, context):
            if entity.kind in _NESTED or not any(_overlap(entity, other) for other in taken):
                taken.append(entity)
    taken.extend(entity for entity in products(heard, context))
    return tuple(sorted(taken, key=lambda entity: entity.span))


def _overlap(one: Entity, other: Entity) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]
