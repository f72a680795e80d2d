"""The search page, and what the command palette finds: conversations, people and orders."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courtesy.customers.models import Customer
from courtesy.desk.pages.access import DeskRequest, colleague_page
from courtesy.desk.pages.shell import shell
from courtesy.desk.search import finding
from courtesy.desk.search import rows as search_rows
from courtesy.desk.search import typed as typing
from courtesy.desk.search.conditions import order_named, people_named, people_visible_to
from courtesy.desk.search.typed import Typed
from courtesy.workforce.models import Colleague

PEOPLE, IN_PALETTE = 6, 5
FILTERS = (
    "order:TF-10001", "from:ana@example.com", "since:monday", "until:2026-11-20", "status:open", "channel:email",
    "team:Returns", "holder:me", "tag:vip", "is:overdue",
)  # fmt: skip


def _people(typed: Typed, colleague: Colleague, most: int) -> list[Customer]:
    words = " ".join([typed.spoken, *typed.filters.get("from", ())]).strip()
    return people_visible_to(colleague, people_named(words, most)) if words else []


def _order(typed: Typed, colleague: Colleague) -> dict[str, Any] | None:
    """The order that was named, with its customer's profile, when the colleague may see a conversation of theirs."""
    written = next(iter(typed.filters.get("order", ())), typed.spoken)
    order = order_named(written) if written else None
    if order is None or not order.customer:
        return None
    owners = list(Customer.objects.filter(shop_customer=order.customer).values_list("pk", flat=True)[:20])
    visible = people_visible_to(colleague, owners)
    return {"order": order, "customer": visible[0]} if visible else None


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    """Everything that fits: people, an order, and what was said, newest first."""
    written, at = request.GET.get("q", "")[: typing.LONGEST], timezone.now()
    typed = typing.read(written, at, timezone.get_current_timezone())
    cursor = request.GET.get("before", "")
    before = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 19 else 0
    context: dict[str, Any] = {"search": written, "typed": typed, "examples": FILTERS, "before": before}
    if typed.spoken:
        context["found"] = finding.find(typed, request.user, at, before=before)
    elif not typed.is_empty:
        after = request.GET.get("after", "")[:200]
        context["listed"] = search_rows.page(typed, request.user, at, sort="", after=after, limit=finding.PAGE)
    if not before and not typed.is_empty:
        context |= {"people": _people(typed, request.user, PEOPLE), "order": _order(typed, request.user)}
    if request.headers.get("HX-Target") == "found":
        return render(request, "desk/parts/found_all.html", context)
    return shell(request, "desk/find.html", context, place="find")


@colleague_page
def palette(request: DeskRequest) -> HttpResponse:
    """A few of each, for the command palette."""
    at = timezone.now()
    typed = typing.read(request.GET.get("q", "")[:100], at, timezone.get_current_timezone())
    context: dict[str, Any] = {}
    if len(typed.spoken) > 1 or typed.filters:
        page = search_rows.page(typed, request.user, at, sort="", after="", limit=IN_PALETTE)
        context = {
            "rows": page.rows[:IN_PALETTE],
            "people": _people(typed, request.user, IN_PALETTE),
            "order": _order(typed, request.user),
        }
    return render(request, "desk/parts/palette_found.html", context)
