"""The inbox: its views, a page of rows by cursor, and counts that never scan a large table."""

from __future__ import annotations

import base64
import binascii
import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from courtesy.commerce import shop
from courtesy.commerce.port import ShopError
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.models import ContactPoint, Customer
from courtesy.desk.models import Draft
from courtesy.desk.visible import conversations_visible_to
from courtesy.workforce.models import Colleague

PAGE = 50
MOST = 200
COUNTED = 100  # counts stop here and read "99+"
OPEN, WAITING, CLOSED = Conversation.Status.OPEN, Conversation.Status.WAITING, Conversation.Status.CLOSED


@dataclass(frozen=True, slots=True)
class View:
    """One view of the inbox. Each status is read by its own index range, then merged."""

    name: str
    icon: str
    keys: str
    statuses: tuple[str, ...]
    which: Callable[[Colleague, datetime], Q]
    by_due: bool = False  # most overdue first; else what moved last comes first


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("mine", "person", "g m", (OPEN, WAITING), lambda me, at: Q(holder=me)),
        View(
            "unassigned",
            "tray",
            "g u",
            (OPEN, WAITING),
            lambda me, at: Q(speaker=Conversation.Speaker.COLLEAGUE, holder__isnull=True),
        ),
        View("all", "inbox", "g i", (OPEN, WAITING), lambda me, at: Q()),
        View(
            "representative",
            "spark",
            "g r",
            (OPEN, WAITING),
            lambda me, at: Q(speaker=Conversation.Speaker.REPRESENTATIVE),
        ),
        View("overdue", "clock", "g o", (OPEN,), lambda me, at: Q(due_at__lt=at), by_due=True),
        View("closed", "check", "g c", (CLOSED,), lambda me, at: Q()),
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. ``waiting_since``: the customer wrote last, then."""

    conversation: Conversation
    last: Message | None
    waiting_since: datetime | None
    overdue: bool
    has_draft: bool


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Row, ...]
    after: str  # cursor of the next page, "" at the end


def page(
    view: View, colleague: Colleague, at: datetime, *, search: str = "", after: str = "", limit: int = PAGE
) -> Page:
    """A page of the view, from the cursor on. Costs the same however many conversations there are."""
    limit = max(1, min(limit, MOST))
    found = conversations_visible_to(colleague).filter(view.which(colleague, at))
    if search.strip():
        found = found.filter(_matching(search.strip()))
    found = _after(found, view, after).select_related("customer", "holder", "team")
    order = ("due_at", "id") if view.by_due else ("-moved_at", "id")
    parts = [list(found.filter(status=status).order_by(*order)[: limit + 1]) for status in view.statuses]
    merged = list(heapq.merge(*parts, key=lambda row: _place(row, view)))
    shown = merged[:limit]
    more = len(merged) > limit
    return Page(_rows(shown, colleague, at), _cursor(shown[-1], view) if more else "")


def counts(colleague: Colleague, at: datetime) -> dict[str, int]:
    """How many conversations each view holds, at most COUNTED; "all", "representative" and "closed" are not counted."""
    visible = conversations_visible_to(colleague)
    return {
        name: sum(
            visible.filter(VIEWS[name].which(colleague, at), status=status)[:COUNTED].count()
            for status in VIEWS[name].statuses
        )
        for name in ("mine", "unassigned", "overdue")
    }


def _place(row: Conversation, view: View) -> tuple[float, str]:
    if view.by_due:
        return (row.due_at.timestamp() if row.due_at else 0.0, row.pk)
    return (-row.moved_at.timestamp(), row.pk)


def _cursor(row: Conversation, view: View) -> str:
    moment = row.due_at if view.by_due else row.moved_at
    written = f"{moment.isoformat() if moment else ''}|{row.pk}"
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _after(found: QuerySet[Conversation], view: View, cursor: str) -> QuerySet[Conversation]:
    """Rows behind the cursor; a cursor that cannot be read is the beginning."""
    try:
        written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        moment_text, _, row_id = written.partition("|")
        moment = datetime.fromisoformat(moment_text)
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return found
    if moment.tzinfo is None:
        return found
    if view.by_due:
        return found.filter(Q(due_at__gt=moment) | Q(due_at=moment, id__gt=row_id), due_at__gte=moment)
    return found.filter(Q(moved_at__lt=moment) | Q(moved_at=moment, id__gt=row_id), moved_at__lte=moment)


def _matching(search: str) -> Q:
    """By subject, customer's name or address, or order number."""
    customers = set(
        Customer.objects.filter(name__icontains=search).order_by("-seen_at").values_list("pk", flat=True)[:200]
    )
    customers.update(ContactPoint.objects.filter(value__icontains=search).values_list("customer_id", flat=True)[:200])
    wanted = Q(subject__icontains=search) | Q(identity_order__iexact=search)
    if any(letter.isdigit() for letter in search) and (owner := _owner_of_order(search)):
        customers.update(Customer.objects.filter(shop_customer=owner).values_list("pk", flat=True)[:20])
    return wanted | Q(customer__in=customers)


def _owner_of_order(number: str) -> str:
    try:
        order = shop.current().order(number)
    except ShopError:
        return ""
    return order.customer if order else ""


def _rows(shown: Sequence[Conversation], colleague: Colleague, at: datetime) -> tuple[Row, ...]:
    ids = [row.pk for row in shown]
    last = {
        message.conversation_id: message
        for message in Message.objects.filter(
            conversation_id__in=ids, sequence=F("conversation__message_count")
        ).select_related("colleague")
    }
    drafts = set(
        Draft.objects.filter(conversation_id__in=ids, colleague=colleague).values_list("conversation", flat=True)
    )
    return tuple(
        Row(
            conversation=row,
            last=(message := last.get(row.pk)),
            waiting_since=message.at if message and message.author == Message.Author.CUSTOMER else None,
            overdue=row.due_at is not None and row.due_at < at and row.status == OPEN,
            has_draft=row.pk in drafts,
        )
        for row in shown
    )
