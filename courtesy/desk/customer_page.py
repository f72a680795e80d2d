"""A customer's own page: who they are, how to reach them, everything that was said, and what is owed to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from courtesy.commerce.port import Order, ShopCustomer
from courtesy.conversations.models import Case, Promise
from courtesy.customers.models import ContactPoint, Customer
from courtesy.desk import inbox
from courtesy.desk.customer_card import records
from courtesy.desk.inbox import Page
from courtesy.desk.visible import cases_visible_to, conversations_visible_to
from courtesy.workforce.models import Colleague

PAGE = 20
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Profile:
    customer: Customer
    contact_points: Sequence[ContactPoint]
    shop_customer: ShopCustomer | None
    orders: Sequence[Order]
    shop_silent: bool
    conversations: Page
    cases: Sequence[Case]
    promises: Sequence[Promise]

    @property
    def name(self) -> str:
        return self.customer.name or (self.shop_customer.name if self.shop_customer else "")


def profile_of(customer_id: str, colleague: Colleague, at: datetime, *, after: str = "") -> Profile | None:
    """None when there is no such customer, or no conversation of theirs that the colleague may see."""
    customer = Customer.objects.filter(pk=customer_id).first()
    theirs: list[str] = []
    if customer is not None:
        visible = conversations_visible_to(colleague).filter(customer=customer)
        theirs = list(visible.order_by("-moved_at").values_list("pk", flat=True)[: inbox.MOST])
    if customer is None or not theirs:
        return None
    owner, orders, silent = records(customer.shop_customer)
    unsettled = (Promise.Status.OPEN, Promise.Status.LATE)
    promises = Promise.objects.filter(conversation__in=theirs, status__in=unsettled).select_related("team")
    return Profile(
        customer=customer,
        contact_points=list(customer.contact_points.exclude(kind=ContactPoint.Kind.CHAT)),
        shop_customer=owner,
        orders=orders,
        shop_silent=silent,
        conversations=_page(theirs, colleague, at, after),
        cases=list(cases_visible_to(colleague).filter(customer=customer).order_by("-opened_at")[:SHOWN]),
        promises=list(promises.order_by("due_at")[:SHOWN]),
    )


def _page(theirs: list[str], colleague: Colleague, at: datetime, after: str) -> Page:
    start = theirs.index(after) + 1 if after in theirs else 0
    shown = theirs[start : start + PAGE]
    return Page(inbox.rows_of(shown, colleague, at), shown[-1] if len(theirs) > start + PAGE else "")
