"""The inbox pages: the list, its rows and the counts; views that a colleague keeps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from courtesy.conversations.tagging import known_tags
from courtesy.desk import inbox
from courtesy.desk.models import SavedView
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.shell import NAMES, menu, shell
from courtesy.desk.search import rows as search_rows
from courtesy.desk.search import typed as typing
from courtesy.desk.views import SORTS, VIEWS
from courtesy.pack import editions
from courtesy.workforce.models import Colleague

MOST_SAVED = 20
SORT_NAMES = {
    "breaks": gettext_lazy("What breaks first"),
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Longest waiting first"),
}


def list_of(request: DeskRequest, selected: str = "") -> dict[str, Any]:
    """What the list needs: the view, the search, the order and the rows from the cursor on."""
    asked = request.GET
    saved = _saved(request.user, asked.get("saved", ""))
    view = VIEWS.get(asked.get("view") or (saved.view if saved else "")) or VIEWS["mine"]
    search = asked.get("q", saved.query if saved else "")[: typing.LONGEST]
    sort = asked.get("sort") or (saved.sort if saved else "")
    sort = sort if sort in SORTS else ""
    limit = (
        int(written)
        if (written := asked.get("limit", "")).isascii() and written.isdigit() and len(written) < 4
        else inbox.PAGE
    )
    at, after = timezone.now(), asked.get("after", "")[:200]
    typed = typing.read(search, at, timezone.get_current_timezone())
    if typed.is_empty:
        page = inbox.page(view, request.user, at, sort=sort, after=after, limit=limit)
    else:
        page = search_rows.page(typed, request.user, at, sort=sort, after=after, limit=limit)
    kept = {"view": view.name, "q": search, "sort": sort, "saved": str(saved.pk) if saved else ""}
    return {
        "view": view,
        "view_name": saved.name if saved else NAMES[view.name if typed.is_empty else "find"],
        "saved": saved,
        "search": search,
        "typed": typed,
        "sort": sort or view.sort,
        "sorts": [(name, SORT_NAMES[name]) for name in SORTS],
        "may_sort": view.listed is None and not typed.spoken,
        "page": page,
        "query": urlencode({name: value for name, value in kept.items() if value}),
        "selected": selected or asked.get("selected", ""),
        "first_page": not after,
        "place": f"saved-{saved.pk}" if saved else view.name,
    }


def _saved(colleague: Colleague, written: str) -> SavedView | None:
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        return None
    return SavedView.objects.filter(colleague=colleague, pk=int(written)).first()


def choices(colleague: Colleague) -> dict[str, Any]:
    """What several conversations can be given: colleagues and tags."""
    return {
        "everybody": Colleague.objects.filter(is_active=True).order_by("name").only("id", "name")[:100],
        "known_tags": known_tags(),
        "company": editions.in_force().company,
    }


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    context = list_of(request)
    return shell(request, "desk/inbox.html", context, place=context["place"])


@colleague_page
def rows(request: DeskRequest) -> HttpResponse:
    """The rows alone, for the next page, a search and live updates."""
    return render(request, "desk/parts/rows.html", list_of(request))


@colleague_page
def bulk_bar(request: DeskRequest) -> HttpResponse:
    """What can be done with several: asked for when the first is chosen."""
    return render(request, "desk/parts/bulk.html", choices(request.user))


@colleague_page
def numbers(request: DeskRequest) -> HttpResponse:
    """The menu alone, with fresh counts."""
    place = request.GET.get("place", "")
    context = {"menu": menu(request.user, timezone.now(), place), "place": place}
    return render(request, "desk/parts/menu.html", context)


@colleague_deed
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep what the list shows now under a name; the same name again changes it."""
    name = " ".join(request.POST.get("name", "").split())[:60]
    view = request.POST.get("view", "")
    if not name or view not in VIEWS:
        return redirect("desk:inbox")
    sort = request.POST.get("sort", "")
    wanted = {"view": view, "query": request.POST.get("q", "")[: typing.LONGEST], "sort": sort if sort in SORTS else ""}
    own = SavedView.objects.filter(colleague=request.user)
    if own.count() >= MOST_SAVED and not own.filter(name=name).exists():
        return redirect("desk:inbox")
    saved, _made = SavedView.objects.update_or_create(colleague=request.user, name=name, defaults=wanted)
    return redirect(f"{reverse('desk:inbox')}?saved={saved.pk}")


@colleague_deed
def drop_view(request: DeskRequest, view_id: int) -> HttpResponse:
    get_object_or_404(SavedView, pk=view_id, colleague=request.user).delete()
    return redirect("desk:inbox")
