"""Postal addresses: put together from what the customer gives, part by part, or taken from the account."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import regex

from courtesy.commerce.port import PostalAddress
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import asking, fields, last_time, matching
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.slots import Found, Words

SAVED = "saved address"
PARTS = ("name", "street", "street2", "postcode", "city", "region", "country")


def read(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A dict with street, postcode, city, country and name; asked again for the parts that are missing."""
    saved = _saved(situation, task)
    choices = (Choice(SAVED, fields.address_text(saved, situation.language)),) if saved else ()
    asks_for_it = "order" in task.looked or step.kind == "delivery address"
    if asks_for_it and last_time.is_meant(situation, words.all) and (last := last_time.address(situation, task)):
        return Found(_plain(last))
    says_saved = asks_for_it and says_the_saved_one(situation, words.all)
    if saved and (says_saved or SAVED in words.picked([SAVED])):
        return Found(_plain(saved))
    given = _given(words)
    if not given.get("street") and not says_saved and (other := _of_another_order(situation, task, words)):
        return Found(_plain(other))
    if not given:
        return Found(choices=choices)
    known = {**(task.partial.get(step.slot) or {}), **given}
    task.partial[step.slot] = known
    address = _completed(situation, task, PostalAddress(**{part: known.get(part, "") for part in PARTS}))
    if address.complete():
        return Found(_plain(address))
    missing = [part for part in ("street", "postcode", "city") if not getattr(address, part)]
    named = [asking.phrase_text(situation, f"part: {part}") or part for part in missing]
    return Found(choices=choices, phrase="ask: rest of address", fields={"missing": named})


def says_the_saved_one(situation: Situation, text: str) -> bool:
    """Or the one of the last order: either is known only of who is proven."""
    saved = matching.by_phrase(text, asking.pack_choices(situation, (SAVED,)))
    return bool(saved) or last_time.is_meant(situation, text)


def chosen(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    saved = _saved(situation, task)
    if value != SAVED or saved is None:
        return False
    task.slots[step.slot] = _plain(saved)
    return True


def _plain(address: PostalAddress) -> dict[str, str]:
    return {part: value for part, value in asdict(address).items() if value}


def _given(words: Words) -> dict[str, str]:
    given: dict[str, str] = {}
    for one in words.heard:
        for entity in one.entities:
            if entity.kind == "address" and isinstance(entity.value, dict):
                given |= {part: str(value) for part, value in entity.value.items() if value and part in PARTS}
            elif entity.kind == "postcode" and words.asked:
                given.setdefault("postcode", str(entity.value))
    if words.asked and not given and len(words.all) < 60 and words.all.strip() and not _asks_back(words):
        text = words.all.strip(" .")
        given["street" if any(char.isdigit() for char in text) else "city"] = text
    return given


def _of_another_order(situation: Situation, task: Task, words: Words) -> PostalAddress | None:
    """The address of another order of the customer's, told by its number or its town: "my Denver address"."""
    here = str(task.looked.get("order", ""))
    others = [order for order in situation.own_orders() if order.number != here]
    numbered = [order.address for order in others if matching.contains(words.all, order.number)]
    told = [part for text in words.texts for part in _not_amiss(text)]
    in_town = [order.address for order in others if any(_names_town(part, order.address) for part in told)]
    saved = _saved(situation, task)
    known = [saved] if saved is not None else []
    in_town += [address for address in known if any(_names_town(part, address) for part in told)]
    now = _current(situation, task)
    found = [one for one in dict.fromkeys(map(_key, numbered or in_town)) if one != _key(now)]
    return next((one for one in (*numbered, *in_town) if _key(one) == found[0]), None) if len(found) == 1 else None


_AMISS = regex.compile(
    r"\b(?:mistake|mistaken|mistakenly|wrong|wrongly|accident|accidentally|instead of|sent|shipped|placed|old|"
    r"error|equivocad[oa]|equivoqué|mandé|envié|antigu[oa]|en vez de|en lugar de)\b|错|原来|以前|旧",
    regex.IGNORECASE,
)


def _not_amiss(text: str) -> list[str]:
    """The clauses of a text but those that tell where something went, or goes, wrongly: nothing is to go there."""
    return [
        part for part in regex.split(r"[.,;!?\n，。；！？]|\b(?:and|but|y|pero)\b|但", text) if not _AMISS.search(part)
    ]


def _key(address: PostalAddress) -> tuple[str, ...]:
    return (address.street, address.street2, address.postcode, address.city)


def _names_town(text: str, address: PostalAddress) -> bool:
    """Whether the town is named, or told by its first letters: "LA", "NYC"."""
    letters = "".join(word[0] for word in address.city.split() if word)
    short = len(letters) > 1 and any(matching.contains_exactly(text, one) for one in (letters, f"{letters}C"))
    return bool(address.city) and (matching.contains(text, address.city) or short)


def _asks_back(words: Words) -> bool:
    """Whether the answer is a question or a wish of its own rather than a part of an address."""
    kinds = {move.kind for one in words.heard for move in one.moves}
    return bool(kinds - {"none", "gives", "chooses", "agrees"}) or any(mark in words.all for mark in "?？")


def _current(situation: Situation, task: Task) -> PostalAddress:
    number = task.looked.get("order")
    order = situation.order(number) if number else None
    if order is not None:
        return order.address
    customer = situation.shop_customer() if situation.knows_person else None
    return customer.address if customer and "basket" not in task.slots else PostalAddress()


def _completed(situation: Situation, task: Task, address: PostalAddress) -> PostalAddress:
    """Name and country stay as they were unless others are given."""
    now = _current(situation, task)
    country = address.country or now.country or situation.pack.company.country
    return replace(address, name=address.name or now.name, country=country)


def _saved(situation: Situation, task: Task) -> PostalAddress | None:
    """The address in the account, when it may be shown and is another one than the order has."""
    if not situation.knows_person:
        return None
    customer = situation.shop_customer()
    if customer is None or not customer.address.complete() or customer.address == _current(situation, task):
        return None
    return customer.address
