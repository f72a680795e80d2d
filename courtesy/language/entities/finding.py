"""Every entity of a message, without overlaps: what is surer, or longer, wins its place."""

from __future__ import annotations

from itertools import islice

from courtesy.language.entities.amounts.measures import colours, sizes
from courtesy.language.entities.amounts.money import amounts
from courtesy.language.entities.amounts.numbers import plain, quantities
from courtesy.language.entities.amounts.people import people
from courtesy.language.entities.products import products
from courtesy.language.entities.reading import LONGEST, MOST
from courtesy.language.entities.when.finding import when
from courtesy.language.entities.who.addresses import addresses
from courtesy.language.entities.who.cards import cards
from courtesy.language.entities.who.contacts import emails, phones, postcodes, urls
from courtesy.language.entities.who.identifiers import codes, order_numbers, references, spelt_out
from courtesy.language.entities.who.names import names
from courtesy.language.text import Heard, hear
from courtesy.language.understanding import Context, Entity

_READERS = (
    codes,
    cards,
    emails,
    urls,
    order_numbers,
    amounts,
    references,
    when,
    addresses,
    phones,
    spelt_out,
    postcodes,
    names,
    sizes,
    people,
    quantities,
    plain,
    colours,
)
# These may stand inside another entity: a postcode in an address, a name beside it, a colour in a product's name.
_NESTED = {"postcode", "name", "colour"}


def find_entities(heard: Heard, context: Context) -> tuple[Entity, ...]:
    """All entities in the order of the text; spans are places in the text as received."""
    looked = heard if len(heard.flat) <= LONGEST else hear(heard.received[:LONGEST])
    taken: list[Entity] = []
    for reader in _READERS:
        for entity in islice(reader(looked, context), MOST):
            if entity.kind in _NESTED or not any(_overlap(entity, other) for other in taken):
                taken.append(entity)
    taken.extend(entity for entity in products(heard, context))
    return tuple(sorted(taken, key=lambda entity: entity.span))


def _overlap(one: Entity, other: Entity) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]
