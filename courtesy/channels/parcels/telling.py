"""Telling customers of their deliveries first: in the talk about the order where there is one, else by e-mail."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from courtesy.channels import delivery
from courtesy.channels.email.addresses import is_ours, line
from courtesy.channels.turns import Doors
from courtesy.commerce import shop as shops
from courtesy.commerce.models import DeliveryNotice
from courtesy.commerce.parcels import events, owing
from courtesy.commerce.parcels.reading import TABLE, codes_of
from courtesy.commerce.port import Order, ShopCustomer
from courtesy.conversations import breaking, finding, journal, messages, opening
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.identifying import identify
from courtesy.customers.models import ContactPoint
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.representative import delivery_news, turn

log = logging.getLogger(__name__)

STILL_THERE = timedelta(minutes=30)  # a live talk that has been silent for longer is not read any more
LOOKED_THROUGH = 50  # conversations of one customer
LATER = "later"


def look(at: datetime) -> int:
    """Tell everything that is owed; returns how many customers were told. Safe to call at any time and again."""
    pack = editions.in_force(at)
    return sum(_told(notice, pack, at) for notice in owing.owed(at))


def look_for_late(at: datetime) -> dict[str, int]:
    """Find deliveries whose promised day passed, and events that waited for their parcel to be known."""
    pack = editions.in_force(at)
    applied = events.try_again(codes_of(pack.tables.get(TABLE, ())), at)
    notices = pack.company.delivery_notices
    if "late" not in notices.about:
        return {"late": 0, "applied": applied}
    today = at.astimezone(ZoneInfo(pack.company.time_zone)).date()
    return {"late": owing.look_for_late(today, notices.late_after, at), "applied": applied}


def _told(notice: int, pack: Pack, at: datetime) -> bool:
    try:
        return tell(notice, pack, at) == "told"
    except Exception:  # the next one is not held up; the next look tries again
        log.exception("a customer could not be told of a delivery", extra={"notice": notice})
        return False


@transaction.atomic
def tell(notice: int, pack: Pack, at: datetime) -> str:
    """Tell one notice, once, or note why it is not told. LATER: while the customer waits for us, the answer comes
    first."""
    whom = _whom(notice, at)  # a talk is held before its order, as in every turn
    row = owing.hold(notice)
    if row is None:
        return "settled"
    outcome, conversation = _say(row, whom, pack, at)
    if outcome == LATER:
        return LATER
    owing.settle(row, outcome, at, conversation)
    content = {"order": row.order_id, "kind": row.kind, "promised": row.promised, "expected": row.expected}
    journal.write(
        "delivery news",
        actor="representative",
        at=at,
        conversation=conversation,
        content={**content, "outcome": outcome},
    )
    return outcome


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who is told: in a talk that is held, or by mail to an address."""

    talk: Conversation | None
    customer: ShopCustomer | None
    address: str


def _whom(notice: int, at: datetime) -> _Whom | None:
    number = DeliveryNotice.objects.filter(pk=notice, settled_at=None).values_list("order", flat=True).first()
    shop = shops.current()
    order = shop.order(number) if number else None
    if order is None:
        return None
    customer = shop.customer(order.customer)
    address = (order.email or (customer.email if customer else "")).strip()
    return _Whom(_open_talk(order, address, at), customer, address)


def _say(row: DeliveryNotice, whom: _Whom | None, pack: Pack, at: datetime) -> tuple[str, str]:
    """What came of it, and in which conversation."""
    if row.kind not in pack.company.delivery_notices.about:
        return "not told of", ""
    if whom is None or not owing.is_true(row):
        return "no longer true", ""
    if whom.talk is not None:
        return _say_there(whom.talk, row, pack, at), whom.talk.pk
    if "@" not in whom.address or is_ours(whom.address) or "email" not in settings.COURTESY_CHANNELS:
        return "no address", ""
    conversation = _new_talk(row, whom.address, whom.customer, pack, at)
    told = turn.speak_up(
        conversation.pk, lambda situation: delivery_news.begin(situation, row), at=at, doors=Doors(), pack=pack
    )
    return ("told" if told is not None else "no words"), conversation.pk


def _open_talk(order: Order, address: str, at: datetime) -> Conversation | None:
    """The talk about this order that moved last and is not over."""
    whose = Q(identity_order=order.number) | Q(customer__shop_customer=order.customer)
    if address:
        point = {"customer__contact_points__kind": ContactPoint.Kind.EMAIL}
        whose |= Q(reply_to__iexact=address) | Q(customer__contact_points__value=address.lower(), **point)
    talks = Conversation.objects.filter(whose).exclude(status=Conversation.Status.CLOSED).distinct()
    for talk in talks.order_by("-moved_at")[:LOOKED_THROUGH]:
        if _is_read(talk, at) and delivery_news.is_about(talk, order, address):
            return finding.hold(talk.pk)
    return None


def _is_read(talk: Conversation, at: datetime) -> bool:
    """Whether what is said there reaches the customer: by mail always, in a live talk while they are there."""
    if talk.channel not in settings.COURTESY_CHANNELS:
        return False
    return not delivery.channel_of(talk.channel).abilities.live or talk.moved_at >= at - STILL_THERE


def _say_there(talk: Conversation, row: DeliveryNotice, pack: Pack, at: datetime) -> str:
    if talk.speaker == Conversation.Speaker.COLLEAGUE:
        return _beside_a_colleague(talk, row, pack, at)
    if finding.waits(talk.pk):
        return LATER
    told = turn.speak_up(
        talk.pk, lambda situation: delivery_news.begin(situation, row), at=at, doors=Doors(), pack=pack
    )
    return "told" if told is not None else LATER


def _beside_a_colleague(talk: Conversation, row: DeliveryNotice, pack: Pack, at: datetime) -> str:
    """Whoever speaks with the customer is given the words; where nobody has taken it up yet, the customer hears them
    and the talk waits for its colleague as before."""
    language = talk.language if talk.language in pack.company.languages else pack.company.languages[0]
    text = delivery_news.text_of(row, pack, language, at)
    held = talk.holder_id is not None
    before = {"status": talk.status, "due_at": talk.due_at}
    message = messages.say(
        talk,
        author=Message.Author.REPRESENTATIVE,
        text=text,
        at=at,
        language=language,
        internal=held,
        answers=f"delivery news:{row.pk}",
    )
    if not held:
        delivery.send(message)
        Conversation.objects.filter(pk=talk.pk).update(**before)
        breaking.reckon(talk.pk)
    return "told"


def _new_talk(
    row: DeliveryNotice, address: str, customer: ShopCustomer | None, pack: Pack, at: datetime
) -> Conversation:
    name, spoken = (customer.name, customer.language) if customer is not None else ("", "")
    person = identify(ContactPoint.Kind.EMAIL, address, name=name, language=spoken)
    wanted = (spoken, person.language, *pack.company.languages)
    language = next(one for one in wanted if one in pack.company.languages)
    return opening.open_conversation(
        channel="email",
        line=line(),
        customer=person,
        at=at,
        subject=delivery_news.subject_of(row, pack, language),
        language=language,
        reply_to=address,
        actor="representative",
    )
