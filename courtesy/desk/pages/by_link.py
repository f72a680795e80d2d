"""An approval answered by the link in a mail: the page shows the card, and only pressing a button decides."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courtesy.channels.awaiting import decide_by_link
from courtesy.desk.pages.access import LOCALES
from courtesy.desk.pages.approvals import card_of, refusal_of
from courtesy.pack import editions
from courtesy.policy import granting, links
from courtesy.policy.approvals import AlreadyDecidedError, NotAllowedError
from courtesy.policy.models import DecisionLink

STATUS = {"open": 200, "used": 410, "revoked": 410, "expired": 410, "forged": 404}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """GET looks, and changes nothing however often a mail program follows the link; POST decides."""
    state, link = links.read(token, timezone.now())
    language = LOCALES.get(link.colleague.language, "en") if link is not None else translation.get_language() or "en"
    zone = ZoneInfo(editions.in_force().company.time_zone)
    with translation.override(language), timezone.override(zone):
        response = _decide(request, token) if request.method == "POST" else _shown(request, state, link)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Content-Language"] = language
    return response


def _decide(request: HttpRequest, token: str) -> HttpResponse:
    answer, reason, at = request.POST.get("answer"), request.POST.get("reason", "").strip()[:2000], timezone.now()
    notice = ""
    if answer in ("yes", "no"):
        try:
            state, link = decide_by_link(token, answer == "yes", reason, at)
            return _shown(request, state, link, decided=state == "open")
        except NotAllowedError as error:
            notice = refusal_of(error)
        except ValueError:
            notice = _("Write the reason: the customer and the record need it.")
        except AlreadyDecidedError:
            pass
    state, link = links.read(token, at)
    return _shown(request, state, link, notice=notice or _("Say yes or no."), status=409)


def _shown(
    request: HttpRequest,
    state: links.State,
    link: DecisionLink | None,
    *,
    decided: bool = False,
    notice: str = "",
    status: int = 0,
) -> HttpResponse:
    """The card while it can be decided; afterwards only what was decided, and nothing of the customer."""
    context: dict[str, object] = {"company": editions.in_force().company, "state": state, "notice": notice}
    if link is not None:
        link.approval.refresh_from_db()
        context |= {"approval": link.approval, "colleague": link.colleague, "decided": decided}
    if link is not None and state == "open" and not decided:
        context["card"] = card_of(link.approval)
        standing = granting.standing(link.approval, link.colleague, editions.in_force(), timezone.now())
        context["standing"] = standing
    return render(request, "desk/by_link.html", context, status=status or STATUS[state])
