"""The inbox: a page of rows by cursor, and counts that never scan a large table."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from courtesy.conversations.models import Conversation, Message
from courtesy.desk.models import Draft
from courtesy.desk.views import SORTS, VIEWS, View
from courtesy.desk.visible import conversations_visible_to
from courtesy.workforce.models import Colleague

PAGE = 50
MOST = 200
COUNTED = 100  # counts stop here and read "99+"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. ``waiting_since``: the customer wrote last, then. ``hit``: the words that were looked for,
    as parts of (text, whether it was looked for)."""

    conversation: Conversation
    last: Message | None
    waiting_since: datetime | None
    overdue: bool
    has_draft: bool
    hit: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Row, ...]
    after: str  # cursor of the next page, "" at the end
    looked_back_to: datetime | None = None  # a search that has not seen everything yet: how far it came


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands in an order. ``phase`` 1: nothing is owed in it, so it stands behind all others."""

    phase: int
    moment: datetime
    id: str

    def written(self) -> str:
        text = f"{self.phase}|{self.moment.isoformat()}|{self.id}"
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def page(
    view: View,
    colleague: Colleague,
    at: datetime,
    *,
    sort: str = "",
    after: str = "",
    limit: int = PAGE,
    filters: Q | None = None,
) -> Page:
    """A page of the view, from the cursor on. Costs the same however many conversations there are."""
    limit = max(1, min(limit, MOST))
    if view.listed is not None:
        return _listed_page(view.listed(colleague, at), colleague, at, after, limit, filters)
    sort = sort if sort in SORTS else view.sort
    found: dict[str, Place] = {}
    shown = Conversation.objects.filter(view.which(colleague, at))
    if filters is not None:
        shown = shown.filter(filters)
    if not view.snoozed:
        shown = shown.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at))
    start = _read(after)
    for part in view.ranges(colleague):
        for status in view.statuses:
            for place in _places(shown.filter(part, status=status), sort, start, limit + 1):
                found[place.id] = place
    ordered = _in_order(list(found.values()), sort)
    ids = [place.id for place in ordered[:limit]]
    more = len(ordered) > limit
    return Page(rows_of(ids, colleague, at), ordered[limit - 1].written() if more else "")


def counts(colleague: Colleague, at: datetime) -> dict[str, int]:
    """How many conversations each counted view holds, at most COUNTED."""
    visible = conversations_visible_to(colleague)
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at)
    counted = {}
    for view in VIEWS.values():
        if not view.counted:
            continue
        if view.listed is not None:
            counted[view.name] = len(view.listed(colleague, at)[:COUNTED])
            continue
        own = view.name in ("mine", "team")  # their ranges say all
        ranges = view.ranges(colleague) if own else [Q()]
        rows = Conversation.objects if own else visible
        counted[view.name] = sum(
            rows.filter(part, view.which(colleague, at), status__in=view.statuses)
            .filter(Q() if view.snoozed else awake)[:COUNTED]
            .count()
            for part in ranges
        )
    return counted


def rows_of(
    ids: Sequence[str], colleague: Colleague, at: datetime, hits: dict[str, tuple[tuple[str, bool], ...]] | None = None
) -> tuple[Row, ...]:
    """The rows of these conversations, in their order."""
    known = Conversation.objects.select_related("customer", "holder", "team").defer("dialogue", "summary").in_bulk(ids)
    spoken = Message.objects.filter(conversation_id__in=ids, sequence=F("conversation__message_count"))
    last = {
        message.conversation_id: message
        for message in spoken.select_related("colleague").defer("html", "quoted", "choices", "sources")
    }
    drafts = set(
        Draft.objects.filter(conversation_id__in=ids, colleague=colleague).values_list("conversation", flat=True)
    )
    return tuple(
        Row(
            conversation=row,
            last=(message := last.get(row.pk)),
            waiting_since=message.at if message and message.author == Message.Author.CUSTOMER else None,
            overdue=row.breaks_at is not None and row.breaks_at < at and row.status != Conversation.Status.CLOSED,
            has_draft=row.pk in drafts,
            hit=(hits or {}).get(row.pk, ()),
        )
        for row in (known[pk] for pk in ids if pk in known)
    )


def _listed_page(ids: list[str], colleague: Colleague, at: datetime, after: str, limit: int, filters: Q | None) -> Page:
    """A page of conversations that are named already: few enough to hold in one list."""
    if filters is not None:
        kept = set(Conversation.objects.filter(filters, pk__in=ids).values_list("pk", flat=True))
        ids = [one for one in ids if one in kept]
    start = _read(after)
    if start is not None and start.id in ids:
        ids = ids[ids.index(start.id) + 1 :]
    shown = ids[:limit]
    cursor = Place(0, at, shown[-1]).written() if len(ids) > limit else ""
    return Page(rows_of(shown, colleague, at), cursor)


def _places(found: QuerySet[Conversation], sort: str, start: Place | None, most: int) -> list[Place]:
    """The first places behind ``start`` in one range of an index."""
    if sort != "breaks":
        names = ("-moved_at", "id") if sort == "newest" else ("moved_at", "-id")
        rows = _behind(found, "moved_at", sort == "newest", start).order_by(*names).values_list("moved_at", "pk")
        return [Place(0, moment, pk) for moment, pk in rows[:most]]
    places: list[Place] = []
    if start is None or start.phase == 0:
        owed = _behind(found.filter(breaks_at__isnull=False), "breaks_at", False, start)
        due = owed.order_by("breaks_at", "id").values_list("breaks_at", "pk")
        places = [Place(0, moment, pk) for moment, pk in due[:most] if moment is not None]
    if len(places) < most:
        rest = found.filter(breaks_at__isnull=True)
        rest = _behind(rest, "moved_at", True, start if start is not None and start.phase == 1 else None)
        rows = rest.order_by("-moved_at", "id").values_list("moved_at", "pk")
        places += [Place(1, moment, pk) for moment, pk in rows[:most]]
    return places


def _behind(found: QuerySet[Conversation], field: str, falling: bool, start: Place | None) -> QuerySet[Conversation]:
    if start is None:
        return found
    beyond, bound = ("lt", "lte") if falling else ("gt", "gte")
    later_id = "id__lt" if field == "moved_at" and not falling else "id__gt"
    return found.filter(
        Q(**{f"{field}__{beyond}": start.moment}) | Q(**{field: start.moment, later_id: start.id}),
        **{f"{field}__{bound}": start.moment},
    )


def _in_order(places: list[Place], sort: str) -> list[Place]:
    if sort == "oldest":
        places.sort(key=lambda place: place.id, reverse=True)
        return sorted(places, key=lambda place: place.moment)
    falling = sort == "newest"
    return sorted(
        places,
        key=lambda place: (
            place.phase,
            -place.moment.timestamp() if falling or place.phase else place.moment.timestamp(),
            place.id,
        ),
    )


def _read(cursor: str) -> Place | None:
    """A cursor that cannot be read is the beginning."""
    try:
        written = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        phase, moment_text, row_id = written.split("|", 2)
        moment = datetime.fromisoformat(moment_text)
    except (ValueError, binascii.Error, UnicodeDecodeError):
        return None
    return Place(1 if phase == "1" else 0, moment, row_id) if moment.tzinfo is not None else None
