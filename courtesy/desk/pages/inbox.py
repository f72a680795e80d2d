"""The inbox pages: the list, its rows and the counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courtesy.desk import inbox
from courtesy.desk.pages.access import DeskRequest, colleague_page
from courtesy.desk.pages.shell import NAMES, menu, shell


def list_of(request: DeskRequest, view_name: str | None = None, selected: str = "") -> dict[str, Any]:
    """What the list needs: the view, the search and the rows from the cursor on."""
    chosen = view_name or request.GET.get("view", "")
    view = inbox.VIEWS.get(chosen) or inbox.VIEWS["mine"]
    search = request.GET.get("q", "")[:100]
    written = request.GET.get("limit", "")
    limit = int(written) if written.isascii() and written.isdigit() and len(written) < 4 else inbox.PAGE
    page = inbox.page(
        view, request.user, timezone.now(), search=search, after=request.GET.get("after", "")[:200], limit=limit
    )
    return {
        "view": view,
        "view_name": NAMES[view.name],
        "search": search,
        "page": page,
        "selected": selected or request.GET.get("selected", ""),
        "first_page": not request.GET.get("after"),
    }


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    context = list_of(request)
    return shell(request, "desk/inbox.html", context, place=context["view"].name)


@colleague_page
def rows(request: DeskRequest) -> HttpResponse:
    """The rows alone, for the next page, a search and live updates."""
    return render(request, "desk/parts/rows.html", list_of(request))


@colleague_page
def numbers(request: DeskRequest) -> HttpResponse:
    """The menu alone, with fresh counts."""
    place = request.GET.get("place", "")
    context = {"menu": menu(request.user, timezone.now(), place), "place": place}
    return render(request, "desk/parts/menu.html", context)
