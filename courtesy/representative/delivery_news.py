"""News of a delivery, told before the customer asks: what happened, the new day, and what the customer may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from courtesy.commerce import shop as shops
from courtesy.commerce.models import DeliveryNotice, Shipment
from courtesy.commerce.parcels import owing
from courtesy.commerce.port import Chosen, Line, Order, Refusal
from courtesy.conversations.models import Conversation
from courtesy.pack.model import Pack
from courtesy.pack.vocabulary import IDENTITY_LEVELS
from courtesy.policy import guard
from courtesy.policy.facts import Request, facts_of
from courtesy.policy.rights.reading import rights_of
from courtesy.representative import memory
from courtesy.representative.situation import Situation
from courtesy.representative.values import Saying
from courtesy.representative.wording import word

ONE_WHO_ASKS = "e-mail confirmed"  # what may be offered is what the customer gets once they have shown who they are
UNSHIPPED = ("pending", "paid", "items changed")
_TO_ASK_FOR = frozenset({"customer kind"})  # a shop that does not know it leaves it to the customer to tell


def is_about(conversation: Conversation, order: Order, address: str) -> bool:
    """Whether this conversation is about the order, with somebody who may hear of it: the customer who was proven
    there, or whoever reads the order's own address."""
    dialogue = memory.from_json(conversation.dialogue)
    if order.number not in (dialogue.order, conversation.identity_order):
        return False
    proven = IDENTITY_LEVELS.index(conversation.identity) >= IDENTITY_LEVELS.index("order matched")
    same_person = proven and dialogue.shop_customer == order.customer
    by_mail = conversation.channel == "email" and conversation.reply_to.casefold() == address.casefold()
    return same_person or (by_mail and bool(address))


def begin(situation: Situation, notice: DeliveryNotice) -> None:
    """Tell it as the representative, who knows from now on which order is spoken of."""
    situation.dialogue.order = notice.order.number
    if not situation.conversation.messages.exists():  # we write first: whoever answers has read the number here
        situation.dialogue.claims["order number"] = notice.order.number
    situation.sayings += sayings_of(notice, situation.pack, situation.language, situation.at)


def text_of(notice: DeliveryNotice, pack: Pack, language: str, at: datetime) -> str:
    return word(sayings_of(notice, pack, language, at), pack, language)


def subject_of(notice: DeliveryNotice, pack: Pack, language: str) -> str:
    return word([Saying("delivery: subject", {"order": notice.order.number})], pack, language)


def sayings_of(notice: DeliveryNotice, pack: Pack, language: str, at: datetime) -> list[Saying]:
    """What is said: each fact from the records, each offer only where the guard would not refuse it today."""
    order = shops.current().order(notice.order.number)
    if order is None:
        return []
    parcel = owing.parcel_of(notice)
    lines = _lines(order, parcel)
    fields = {
        "order": order.number,
        "items": [line.label for line in lines],
        "promised": notice.promised,
        "expected": notice.expected,
        "carrier": parcel.carrier if parcel else "",
        "tracking": parcel.tracking if parcel else "",
        "url": parcel.url if parcel else "",
    }
    sayings = [Saying(f"delivery: {notice.kind}", fields)]
    if notice.kind in (owing.Kind.LOST, owing.Kind.RETURNED_TO_SENDER):
        return [*sayings, *_money_back(order, lines, pack, at), Saying("delivery: answer me")]
    if notice.kind == owing.Kind.DELAYED and notice.expected is None:
        sayings.append(Saying("delivery: no new day"))
    sayings.append(Saying("delivery: follow it", fields))
    named = replace(order, expected=notice.promised or order.expected)  # the day by which it is late
    return [*sayings, *_ending(named, pack, language, at), Saying("delivery: answer me")]


def _lines(order: Order, parcel: Shipment | None) -> list[Line]:
    within = set(parcel.lines) if parcel is not None and parcel.lines else {line.id for line in order.lines}
    return [line for line in order.lines if line.id in within and line.open_quantity]


def _request(act: str, order: Order, pack: Pack, at: datetime, items: tuple[Chosen, ...] = ()) -> Request:
    shop = shops.current()
    return Request(
        act=act,
        at=at,
        shop=shop,
        currency=order.currency,
        identity=ONE_WHO_ASKS,
        channel="email",
        asked_by=order.customer,
        order=order,
        customer=shop.customer(order.customer),
        items=items,
        to="original means",
        zone=ZoneInfo(pack.company.time_zone),
    )


def _ending(order: Order, pack: Pack, language: str, at: datetime) -> list[Saying]:
    """Calling it off: what the company allows before it is sent, and what the law gives when it is late."""
    request = _request("cancel order", order, pack, at)
    facts = facts_of(request)
    today = request.day(at)
    rights = rights_of(str(facts["country"].value or pack.company.country))
    found: list[Saying] = []
    verdict = guard.judge("cancel order", facts, pack.policies.values(), today, rights)
    if order.status in UNSHIPPED and verdict.decision == "allow":
        found.append(Saying("delivery: may cancel", {"order": order.number}))
    for right in rights:
        if right.kind != "delay" or not right.in_force(today):
            continue
        fits, unknown = guard.standing(right, facts)
        if fits == "yes" or (fits == "unknown" and set(unknown) <= _TO_ASK_FOR):
            says = right.says.get(language) or right.says.get("en", "")
            found.append(Saying("delivery: right", {"right": says, "law": right.article}))
    return found


def _money_back(order: Order, lines: list[Line], pack: Pack, at: datetime) -> list[Saying]:
    """The money is named only where a rule would give it; else the customer is asked what they would like."""
    items = tuple(Chosen(line.id, line.open_quantity) for line in lines)
    quote = shops.current().quote_refund(order.number, items, "original means", at=at) if items else None
    if quote is None:
        return []
    if isinstance(quote, Refusal):
        return [Saying("delivery: say which")]
    request = _request("refund", order, pack, at, items)
    facts = facts_of(request)
    rights = rights_of(str(facts["country"].value or pack.company.country))
    verdict = guard.judge("refund", facts, pack.policies.values(), request.day(at), rights)
    if verdict.decision == "refuse":  # not by the representative: a colleague carries it out
        return [Saying("delivery: say which")]
    return [Saying("delivery: may have it back", {"order": order.number, "amount": quote.total})]
