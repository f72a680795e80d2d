"""What typed filters mean: conditions on conversations, and people and orders that are named."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from courtesy.commerce import shop
from courtesy.commerce.port import Order, ShopError
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.models import ContactPoint, Customer
from courtesy.desk.search.typed import Typed
from courtesy.desk.visible import conversations_visible_to, sees_everything
from courtesy.foundation.search import index
from courtesy.language.search_terms import wanted
from courtesy.workforce.models import Colleague

MOST_PEOPLE = 200
MENTIONING = 200  # messages in which an order's number is looked for


def conditions(typed: Typed, colleague: Colleague, at: datetime) -> Q:
    """A condition on conversations for every filter; of one filter's values any fits."""
    meant = Q()
    for name, values in typed.filters.items():
        one = Q(pk__in=[])
        for value in values:
            one |= _condition(name, value, colleague, at)
        meant &= one
    if typed.since:
        meant &= Q(moved_at__gte=typed.since)
    if typed.until:
        meant &= Q(opened_at__lt=typed.until)
    return meant


def _condition(name: str, value: str, colleague: Colleague, at: datetime) -> Q:
    if name == "order":
        return about_order(value)
    if name == "from":
        return Q(customer__in=people_named(value))
    if name == "holder":
        return {"me": Q(holder=colleague), "nobody": Q(holder__isnull=True)}.get(
            value, Q(holder__name__icontains=value)
        )
    if name == "is":
        return {
            "urgent": Q(urgent=True),
            "overdue": Q(breaks_at__lt=at),
            "snoozed": Q(snoozed_until__gt=at),
            "note": Q(Exists(Message.objects.filter(conversation=OuterRef("pk"), internal=True))),
        }.get(value, Q(status=value))
    if name == "code":
        return Q(wrap_up=value.casefold()) & ~Q(wrap_up="")
    fields = {"status": "status", "channel": "channel", "team": "team__name__iexact", "tag": "tags__name"}
    return Q(**{fields[name]: value.casefold() if name in ("tag", "status", "channel") else value})


def people_named(written: str, most: int = MOST_PEOPLE) -> list[str]:
    """Ids of customers with this address, or whose name or address holds these words, each as a beginning."""
    exact = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, value=written.strip().casefold())
    if known := list(exact.values_list("customer_id", flat=True)[:1]):
        return known
    words = " ".join(word if word.endswith("*") else f"{word}*" for word in written.split())
    return [hit.key for hit in index.look(index.PEOPLE, wanted(words, ()), most=most)]


def order_named(written: str) -> Order | None:
    """The order of this number, when the shop knows one and can be asked."""
    if not any(letter.isdigit() for letter in written) or " " in written:
        return None
    try:
        return shop.current().order(written)
    except ShopError:
        return None


def about_order(written: str) -> Q:
    """Conversations that were matched with this order, of its customer, or in which its number was written."""
    order = order_named(written)
    mentioning = index.look(index.MESSAGES, wanted(written, ()), most=MENTIONING)
    about = Q(pk__in=_conversations_of([hit.key for hit in mentioning]))
    about |= Q(identity_order__in={written, written.upper(), *([order.number] if order else [])})
    if order is not None and order.customer:
        owners = Customer.objects.filter(shop_customer=order.customer).values_list("pk", flat=True)[:20]
        about |= Q(customer__in=list(owners))
    return about


def _conversations_of(messages: list[str]) -> list[str]:
    found = Conversation.objects.filter(messages__in=messages).values_list("pk", flat=True)
    return list(dict.fromkeys(found))


def people_visible_to(colleague: Colleague, ids: list[str]) -> list[Customer]:
    """Of these customers, in their order, those with a conversation that the colleague may see."""
    known = Customer.objects.in_bulk(ids)
    if not sees_everything(colleague):
        seen = conversations_visible_to(colleague).filter(customer__in=ids).values_list("customer", flat=True)
        known = {pk: known[pk] for pk in set(seen) if pk in known}
    return [known[pk] for pk in ids if pk in known]
