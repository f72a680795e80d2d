"""The quote: what the basket costs now, kept while it is read back; forgotten when anything changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import regex

from courtesy.commerce.port import PostalAddress, Refusal
from courtesy.commerce.selling.port import COUNTER, QuotedLine, ordering
from courtesy.language.text import flatten
from courtesy.representative import asking, matching
from courtesy.representative.memory import Task
from courtesy.representative.ordering import terms
from courtesy.representative.ordering.showing import LINES, item_name, line_text
from courtesy.representative.ordering.terms import ADDRESS, HOME, QUOTED
from courtesy.representative.procedures import fingerprint
from courtesy.representative.situation import Situation
from courtesy.representative.taking_orders import basket
from courtesy.representative.wording import territory_name

HELD_FOR = timedelta(minutes=20)
SETTLES = ("basket", "delivery", ADDRESS, "recipient", "order e-mail", "payment")
LONGEST_NOTE = 300
_NOTED = regex.compile(
    r"\b(?:gift.?wrap\w*|as a gift|a present|birthday|before (?:the )?\w+day|by (?:the )?\w+day|until \w+day|"
    r"in a hurry|"
    r"urgent\w*|need (?:it|them) (?:by|before|for)|ring|doorbell|neighbou?r|leave it|concierge|floor|"
    r"regalo|envolver|cumpleanos|antes del?|urgente|urge|para el (?:lunes|martes|miercoles|jueves|viernes|sabado|"
    r"domingo|\d)|timbre|vecin[oa]|porter[oi]a?|lo necesito|las? necesito)\b"
    r"|礼物|礼品|包装|生日|之前(?:到|送)|前(?:到|送)|急|尽快|门铃|邻居|门卫"
)


def look_up_quote(situation: Situation, task: Task) -> bool:
    """Work the order out, keep the pieces, and note the total. What cannot be had so is asked anew."""
    shop = ordering(situation.shop)
    if shop is None or not terms.rows(situation):
        asking.needs_person(situation, "orders cannot be taken here: the shop takes none, or no delivery cost is known")
        return False
    delivery = terms.delivery_of(situation, task)
    if delivery is None:
        country = PostalAddress(**task.slots[ADDRESS]).country
        situation.say("order: no delivery there", country=territory_name(country, situation.language) or country)
        task.slots.pop(ADDRESS), task.slots.pop("delivery")
        task.partial.pop(ADDRESS, None)
        task.words = []
        return True
    wanted = terms.wanted(task)
    shop.hold(wanted, delivery.place, by=situation.conversation.pk, until=situation.at + HELD_FOR, at=situation.at)
    quote = shop.quote(wanted, delivery, by=situation.conversation.pk, at=situation.at)
    if isinstance(quote, Refusal):
        situation.say(quote.why, **dict(quote.details))
        _reopen(task, [])
    elif quote.short and delivery.is_collected:
        _not_in_store(situation, task, quote.short, delivery.place)
    elif quote.short:
        _fewer(situation, task, quote.short)
    else:
        task.slots[QUOTED] = quote.total
        if noted := note_in(task):
            task.slots["note"] = noted
        task.looked["quote"] = _stamp(task)
    return True


def _stamp(task: Task) -> str:
    return fingerprint(task.slots, SETTLES)


def forget_changed(task: Task) -> None:
    """A quote counts only for what it was worked out for; and what is collected is not paid otherwise."""
    if "quote" not in task.looked or task.acted:
        return
    if task.looked["quote"] != _stamp(task) or QUOTED not in task.slots:
        task.looked.pop("quote")
        task.slots.pop(QUOTED, None)
        if task.slots.get("delivery") == HOME and task.slots.get("payment") == COUNTER:
            task.slots.pop("payment")


# --- when there is not enough ---------------------------------------------------------------------


def _not_in_store(situation: Situation, task: Task, short: tuple[QuotedLine, ...], place: str) -> None:
    """What the store has not, or not so often, may be sent, or lie in another store: where to is asked again."""
    lines = {str(one["sku"]): one for one in task.slots["basket"]}
    for line in short:
        item = line_text(situation, lines[line.sku])
        situation.say("order: not in that store", item=item, place=place)
    task.slots.pop("delivery")
    task.words = []


def _fewer(situation: Situation, task: Task, short: tuple[QuotedLine, ...]) -> None:
    """Fewer than wished, or none, where it is to come from: said, and the basket is opened again for it."""
    lines = [dict(one) for one in task.slots["basket"]]
    opens: list[dict[str, Any]] = []
    for line in short:
        product = situation.shop.product(line.product)
        own = next(one for one in lines if one["sku"] == line.sku)
        if product is None:
            lines.remove(own)
            continue
        variant = next(one for one in product.variants if one.sku == line.sku)
        item = item_name(situation, product, variant)
        if line.left:
            situation.say("order: only so many", item=item, left=line.left)
            own["quantity"] = line.left
            continue
        lines.remove(own)
        instead = basket.instead_of(situation, product, [variant])
        instead = tuple(one for one in instead if one.value != line.sku)
        situation.say("order: sold out", item=item)
        among = [[one.value, one.label, list(one.labels)] for one in instead]
        if among:
            opens.append({"product": line.product, "quantity": line.quantity, "words": "", "among": among})
    if opens or not lines:
        _reopen(task, lines, opens)
    else:
        task.slots["basket"] = lines


def _reopen(task: Task, lines: list[dict[str, Any]], opens: list[dict[str, Any]] | None = None) -> None:
    task.slots.pop("basket", None)
    task.partial[LINES], task.partial[basket.OPEN] = lines, opens or []


# --- what was asked for beside the goods ----------------------------------------------------------


def note_in(task: Task) -> str:
    """Requirements and a time frame, in the customer's own words: "gift-wrapped, please", "I need it by Friday"."""
    parts = [part for text in task.words for part in matching.parts_of(text) if _NOTED.search(flatten(part))]
    return "; ".join(dict.fromkeys(parts))[:LONGEST_NOTE]
