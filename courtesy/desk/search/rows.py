"""What a search shows in the list: rows of conversations, with the words that were looked for marked."""

from __future__ import annotations

from datetime import datetime

from courtesy.desk import inbox
from courtesy.desk.inbox import Page
from courtesy.desk.search.conditions import conditions, order_named, people_named
from courtesy.desk.search.finding import Marked, find
from courtesy.desk.search.typed import Typed
from courtesy.desk.views import CLOSED, OPEN, WAITING, View
from courtesy.desk.visible import conversations_visible_to
from courtesy.workforce.models import Colleague

PEOPLE = 10  # customers whose conversations stand before those in which the words were said
THEIRS = 20  # conversations of these
EVERYTHING = View("search", "search", "", statuses=(OPEN, WAITING, CLOSED), snoozed=True)


def page(typed: Typed, colleague: Colleague, at: datetime, *, sort: str, after: str, limit: int) -> Page:
    """A page of conversations: by the filters alone, or those of people with such a name and where it was said."""
    if not typed.spoken:
        meant = conditions(typed, colleague, at)
        return inbox.page(EVERYTHING, colleague, at, sort=sort, after=after, limit=limit, filters=meant)
    before = int(after[1:]) if after[:1] == "w" and after[1:].isascii() and after[1:].isdigit() else 0
    found = find(typed, colleague, at, before=before, limit=min(limit, inbox.PAGE))
    hits: dict[str, Marked] = {one.message.conversation_id: one.parts for one in found.hits}
    theirs = [] if before else _of_people(typed, colleague, at)
    ids = list(dict.fromkeys([*theirs, *hits]))
    cursor = f"w{found.after}" if found.after else ""
    return Page(inbox.rows_of(ids, colleague, at, hits), cursor, found.looked_back_to)


def _of_people(typed: Typed, colleague: Colleague, at: datetime) -> list[str]:
    """Conversations of customers whose name, address or order this is."""
    visible = conversations_visible_to(colleague).filter(conditions(typed, colleague, at))
    by = people_named(typed.spoken, PEOPLE)
    theirs = list(visible.filter(customer__in=by).order_by("-moved_at").values_list("pk", flat=True)[:THEIRS])
    if order := order_named(typed.spoken):
        about = visible.filter(identity_order=order.number) | visible.filter(customer__shop_customer=order.customer)
        theirs += list(about.order_by("-moved_at").values_list("pk", flat=True)[:THEIRS])
    return theirs
