"""Proofreading: a reply that denies the customer a right is found before it leaves, whoever wrote it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from courtesy.commerce import shop as shops
from courtesy.commerce.port import Order, Shop
from courtesy.conversations import journal
from courtesy.conversations.models import Conversation
from courtesy.pack.editions import in_force
from courtesy.pack.model import Company
from courtesy.policy.denying import Denied, denied_in
from courtesy.policy.facts import Request, facts_of
from courtesy.policy.guard import Fact
from courtesy.policy.rights.reading import rights_of
from courtesy.representative import asking, memory
from courtesy.representative.deeds import order_of, request_for
from courtesy.representative.situation import Situation
from courtesy.representative.wording import word

SHOPS_SELDOM_KNOW = frozenset({"customer kind", "sale channel"})


def denied_by_colleague(conversation: Conversation, text: str, at: datetime) -> tuple[Denied, ...]:
    """What a colleague's words deny, on the orders of this conversation; without one, on no facts at all: then every
    right may stand, and the colleague is asked."""
    company, shop = in_force().company, shops.current()
    found: dict[str, Denied] = {}
    for facts in _facts(conversation, shop, company, at) or [{}]:
        country = str(facts["country"].value) if facts and facts["country"].known else company.country
        for denied in denied_in(text, rights_of(country), facts, _today(company, at)):
            found.setdefault(denied.right.name, denied)
    return tuple(found.values())


def _facts(conversation: Conversation, shop: Shop, company: Company, at: datetime) -> list[dict[str, Fact]]:
    tasks = memory.from_json(conversation.dialogue).tasks
    numbers = dict.fromkeys(task.looked["order"] for task in tasks if task.looked.get("order"))
    orders = [order for number in numbers if (order := shop.order(number)) is not None]
    return [facts_of(_about(order, conversation, shop, company, at)) for order in orders]


def _about(order: Order, conversation: Conversation, shop: Shop, company: Company, at: datetime) -> Request:
    return Request(
        act="refund",
        at=at,
        shop=shop,
        currency=company.currency,
        identity=conversation.identity,
        channel=conversation.channel,
        asked_by=order.customer,
        order=order,
        customer=shop.customer(order.customer),
        zone=ZoneInfo(company.time_zone),
    )


def stop_denial(situation: Situation) -> bool:
    """Whether the reply about to be given denies a right that stands on the record. It is then not given: a person is
    called. Whether the customer is a consumer who bought at a distance need not be known for that; most shops cannot
    tell."""
    text = word(situation.sayings, situation.pack, situation.language)
    company = situation.pack.company
    for task in situation.dialogue.tasks:
        if not text or order_of(situation, task) is None:
            continue
        facts = facts_of(request_for(situation, task, "refund"))
        country = str(facts["country"].value or company.country)
        denied = denied_in(text, rights_of(country), facts, _today(company, situation.at))
        surely = [one for one in denied if set(one.unknown) <= SHOPS_SELDOM_KNOW]
        if surely:
            situation.note("denial stopped", as_content(surely[0], "representative's reply"))
            situation.sayings = []
            asking.needs_person(situation, f"the reply would have denied a right: {surely[0].right.article}")
            return True
    return False


def note_denial(conversation: Conversation, denied: Denied, *, by: str, reason: str, at: datetime) -> None:
    """A colleague with the grade sends it all the same; the reason stands in the journal."""
    content = as_content(denied, reason)
    journal.write("right denied", actor=by, at=at, conversation=conversation.pk, content=content)


def as_content(denied: Denied, reason: str) -> dict[str, str]:
    right = denied.right
    return {"sentence": denied.sentence, "right": right.name, "law": right.article, "reason": reason}


def _today(company: Company, at: datetime) -> date:
    return at.astimezone(ZoneInfo(company.time_zone)).date()
