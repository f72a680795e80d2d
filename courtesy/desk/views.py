"""The views of the inbox: which conversations each shows, as ranges that an index reads, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from courtesy.channels.models import WaitingReply
from courtesy.conversations.models import Conversation, Promise
from courtesy.desk.models import Mention
from courtesy.desk.visible import conversations_visible_to, ranges_visible_to, sees_everything
from courtesy.workforce.models import Colleague

OPEN, WAITING, CLOSED = Conversation.Status.OPEN, Conversation.Status.WAITING, Conversation.Status.CLOSED
SORTS = ("breaks", "newest", "oldest")
LISTED = 500  # conversations at most of a view that is made of promises, mentions or snoozes
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class View:
    """One view. ``ranges`` are read one by one and merged; ``listed`` gives the conversations themselves, where other
    rows say which they are."""

    name: str
    icon: str
    keys: str
    ranges: Callable[[Colleague], Sequence[Q]] = ranges_visible_to
    which: Callable[[Colleague, datetime], Q] = lambda me, at: Q()
    statuses: tuple[str, ...] = (OPEN, WAITING)
    sort: str = "newest"
    snoozed: bool = False  # shows what is snoozed too
    listed: Callable[[Colleague, datetime], list[str]] | None = None
    counted: bool = False


def _mine(me: Colleague) -> Sequence[Q]:
    return [Q(holder=me)]


def _of_my_teams(me: Colleague) -> Sequence[Q]:
    return [Q(team=pk) for pk in me.teams.values_list("pk", flat=True)]


def _free(me: Colleague, at: datetime) -> Q:
    return Q(speaker=Conversation.Speaker.COLLEAGUE, holder__isnull=True)


def _scoped(me: Colleague, ids: list[str]) -> list[str]:
    """Of these conversations, those that the colleague may see, in the same order."""
    if sees_everything(me) or not ids:
        return ids
    seen = set(conversations_visible_to(me).filter(pk__in=ids).values_list("pk", flat=True))
    return [one for one in ids if one in seen]


def _promised(me: Colleague, at: datetime) -> list[str]:
    """Where a promise is late or due within a day, the first due first."""
    unsettled = (Promise.Status.LATE, Promise.Status.OPEN)
    due = Promise.objects.filter(status__in=unsettled, due_at__lt=at + SOON).order_by("due_at")
    return _scoped(me, list(dict.fromkeys(due.values_list("conversation", flat=True)[:LISTED])))


def _mentioned(me: Colleague, at: datetime) -> list[str]:
    """Where a reply of the colleague was held back, and where somebody named them in a note, if they have not looked
    since; the newest first."""
    held = WaitingReply.objects.filter(colleague=me, state=WaitingReply.State.HELD_BACK, seen_at__isnull=True)
    ids = list(held.order_by("-due_at").values_list("conversation", flat=True)[:LISTED])
    unseen = Mention.objects.filter(colleague=me, seen_at__isnull=True).order_by("-at")
    ids += unseen.values_list("conversation", flat=True)[:LISTED]
    return _scoped(me, list(dict.fromkeys(ids)))


def _snoozed(me: Colleague, at: datetime) -> list[str]:
    """What was put aside, what comes back first first."""
    aside = conversations_visible_to(me).filter(snoozed_until__gt=at).exclude(status=CLOSED)
    return list(aside.order_by("snoozed_until").values_list("pk", flat=True)[:LISTED])


VIEWS: dict[str, View] = {
    view.name: view
    for view in (
        View("mine", "person", "g m", ranges=_mine, sort="breaks", counted=True),
        View("team", "team", "g e", ranges=_of_my_teams, sort="breaks", counted=True),
        View("unassigned", "tray", "g u", which=_free, sort="breaks", counted=True),
        View("all", "inbox", "g i"),
        View(
            "representative",
            "spark",
            "g r",
            which=lambda me, at: Q(speaker=Conversation.Speaker.REPRESENTATIVE),
        ),
        View("waiting", "wait", "g w", statuses=(WAITING,)),
        View(
            "overdue",
            "alert",
            "g o",
            which=lambda me, at: Q(breaks_at__lt=at),
            sort="breaks",
            snoozed=True,
            counted=True,
        ),
        View("promises", "clock", "g d", listed=_promised, snoozed=True, counted=True),
        View("mentions", "at", "g y", listed=_mentioned, snoozed=True, counted=True),
        View("snoozed", "moon", "g z", listed=_snoozed, snoozed=True),
        View("closed", "check", "g c", statuses=(CLOSED,), snoozed=True),
    )
}
