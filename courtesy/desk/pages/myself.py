"""A colleague's own things: language of the screen, time zone, presence."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.desk.pages.access import LOCALES, DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import shell
from courtesy.workforce.colleagues import set_language, set_time_zone
from courtesy.workforce.models import Colleague
from courtesy.workforce.presence import set_presence

LANGUAGES = (("en", "English"), ("es", "Español"), ("zh", "简体中文"))


@colleague_page
def _own_page(request: DeskRequest) -> HttpResponse:
    zones = sorted(available_timezones())
    return shell(request, "desk/myself.html", {"languages": LANGUAGES, "time_zones": zones}, place="myself")


@colleague_deed
def _change(request: DeskRequest) -> HttpResponse:
    if "time_zone" in request.POST:
        zone = request.POST["time_zone"].strip()
        if zone and zone not in available_timezones():
            return not_possible(request, _("There is no such time zone."))
        set_time_zone(request.user, zone)
        return redirect("desk:myself")
    language = request.POST.get("language", "")
    if language not in LOCALES:
        return not_possible(request, _("The desk does not speak this language yet."))
    set_language(request.user, language)
    return redirect("desk:myself")


def show(request: HttpRequest) -> HttpResponse:
    return _change(request) if request.method == "POST" else _own_page(request)


@colleague_deed
def presence(request: DeskRequest) -> HttpResponse:
    wanted = request.POST.get("presence", "")
    if wanted not in Colleague.Presence.values:
        return not_possible(request, _("Say available, busy or away."))
    set_presence(request.user, wanted, timezone.now())
    return HttpResponse(status=204) if is_fragment(request) else redirect("desk:inbox")
