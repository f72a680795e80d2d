"""What I may decide: own grade and limits beside those of everybody else, what is used today, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import shell
from courtesy.pack import editions
from courtesy.pack.authority import AUTOMATIC, Authority, Limits
from courtesy.pack.pages.authority import HOLDERS
from courtesy.pack.vocabulary import GRADES
from courtesy.policy import counting
from courtesy.workforce import delegating
from courtesy.workforce.models import Colleague

CHOICES = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One grade's card on one page of authority. ``used`` is what it gave today, for one's own and the assistant's."""

    holder: str
    limits: Limits
    own: bool
    used: tuple[str, ...] = ()

    @property
    def boundless(self) -> bool:
        one = self.limits
        return one.may and (one.each, one.customer_day, one.day, one.customer_times, one.times) == (None,) * 5


@dataclass(frozen=True, slots=True)
class Card:
    page: Authority
    lines: tuple[Line, ...]
    undo: tuple[tuple[str, str], ...]


def cards(colleague: Colleague, at: datetime) -> list[Card]:
    """Every page in force, with the automatic representative and each grade on it."""
    pack, day = editions.in_force(at), delegating.company_day(at)
    mine = delegating.grades_of(colleague, day)[-1]
    pages = sorted((page for page in pack.authority.values() if page.in_force(day)), key=lambda page: page.name)
    return [Card(page, _lines(page, colleague, mine, day), tuple(page.undo_within.items())) for page in pages]


def _lines(page: Authority, colleague: Colleague, mine: str, day: date) -> tuple[Line, ...]:
    holders = {AUTOMATIC: counting.AUTOMATIC_HOLDER, mine: colleague.pk}
    return tuple(
        Line(
            holder=holder,
            limits=page.limits.get(holder, Limits(page.place, may=False)),
            own=holder == mine,
            used=_used_today(page, holders[holder], day) if holder in holders else (),
        )
        for holder in HOLDERS
    )


def _used_today(page: Authority, holder: str, day: date) -> tuple[str, ...]:
    used = counting.used([page], holder, "", day)[page.name]
    return tuple(str(one) for one in used.holder)


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    at = timezone.now()
    day = delegating.company_day(at)
    me = request.user
    others = Colleague.objects.filter(is_active=True).exclude(pk=me.pk).order_by("name")[:CHOICES]
    context = {
        "cards": cards(me, at),
        "grades": delegating.grades_of(me, day),
        "held": delegating.held_by(me, day),
        "delegations": delegating.standing_for(me, day),
        "others": [one for one in others if not one.has_grade(me.grade)],
        "givable": [grade for grade in GRADES if me.has_grade(grade)][::-1],
        "today": day,
    }
    return shell(request, "desk/authority.html", context, place="authority")


@colleague_deed
def delegate(request: DeskRequest) -> HttpResponse:
    """Somebody else decides with my grade while I am away."""
    taker = get_object_or_404(Colleague, pk=request.POST.get("taker", ""), is_active=True)
    try:
        first = date.fromisoformat(request.POST.get("first", ""))
        last = date.fromisoformat(request.POST.get("last", ""))
    except ValueError:
        return not_possible(request, _("Write both days."))
    grade = request.POST.get("grade", "")
    try:
        delegating.delegate(request.user, taker, grade, first, last, by=request.user, at=timezone.now())
    except delegating.CannotDelegate:
        return not_possible(
            request, _("This cannot be delegated: choose a colleague below that grade, and days in order.")
        )
    return redirect("desk:authority")


@colleague_deed
def end(request: DeskRequest, delegation_id: int) -> HttpResponse:
    delegation = get_object_or_404(delegating.standing_for(request.user, _day()), pk=delegation_id)
    try:
        delegating.end(delegation, request.user, timezone.now())
    except delegating.CannotDelegate:
        return not_possible(request, _("Only who gave it, or a manager, ends it."))
    return redirect("desk:authority")


def _day() -> date:
    return delegating.company_day(timezone.now())
