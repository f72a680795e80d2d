"""The customer's records: a colleague's own search, always written to the journal, and one order in full."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.commerce.port import ShopError
from courtesy.conversations import journal
from courtesy.desk import customer_card
from courtesy.desk.customer_page import profile_of
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import find, not_possible
from courtesy.desk.pages.shell import shell


@colleague_deed
def look_up(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Search the shop for this conversation. Who looked for what, and what was found, is kept."""
    conversation = find(request, conversation_id)
    wanted = request.POST.get("wanted", "").strip()[:200]
    if not wanted:
        return not_possible(request, _("Write an order number or an e-mail address."))
    found = customer_card.search(wanted)
    numbers = [order.number for order in found.orders]
    journal.write(
        "records looked up",
        actor=request.user.pk,
        at=timezone.now(),
        conversation=conversation.pk,
        content={"by": request.user.name, "wanted": wanted, "orders": numbers},
    )
    key = f"looked up {conversation.pk}"
    request.session[key] = sorted({*request.session.get(key, []), *numbers})
    context = {"conversation": conversation, "found": found, "wanted": wanted}
    return render(request, "desk/parts/found.html", context)


@colleague_page
def show(request: DeskRequest, customer_id: str) -> HttpResponse:
    """The customer's page. Who looked at whom stands in the journal."""
    at = timezone.now()
    profile = profile_of(customer_id, request.user, at, after=request.GET.get("after", "")[:40])
    if profile is None:
        raise Http404(_("There is no such customer."))
    content = {"customer": customer_id, "by": request.user.name}
    journal.write("customer looked at", actor=request.user.pk, at=at, content=content)
    return shell(request, "desk/customer.html", {"card": profile}, place="customer")


@colleague_page
def order(request: DeskRequest, conversation_id: str, number: str) -> HttpResponse:
    """One order in full: the proven customer's own, or one that this colleague has looked up."""
    conversation = find(request, conversation_id)
    try:
        wanted, returns = customer_card.order_and_returns(number)
    except ShopError:
        return not_possible(request, _("The shop cannot be asked just now."))
    owner = conversation.customer.shop_customer
    looked_up = request.session.get(f"looked up {conversation.pk}", [])
    if wanted is None or not (wanted.number in looked_up or (owner and wanted.customer == owner)):
        raise Http404(_("There is no such order."))
    context = {"conversation": conversation, "order": wanted, "returns": returns}
    return render(request, "desk/parts/order.html", context)
