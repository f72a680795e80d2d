"""A colleague does something for the customer: looked at first, then done or asked for, with a receipt, and undone."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.commerce import shop
from courtesy.commerce.port import Chosen, Order, Receipt, Refusal, ShopError
from courtesy.conversations.models import Conversation
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import find, gate, number
from courtesy.desk.pages.shell import shell
from courtesy.desk.plain import plain_text
from courtesy.foundation.money import Money
from courtesy.pack import editions
from courtesy.policy.models import Approval, AuthorityUse
from courtesy.representative import by_hand
from courtesy.representative.by_hand import Wish
from courtesy.representative.wording import fill, phrase_of

ORDERS = 20
LONGEST_REASON = 500


def orders_of(conversation: Conversation) -> list[Order]:
    """The orders of the customer who was matched here; nobody else's are offered."""
    owner = by_hand.owner_of(conversation)
    try:
        return list(shop.current().orders_of(owner, ORDERS)) if owner else []
    except ShopError:
        return []


@colleague_page
def show(request: DeskRequest, conversation_id: str) -> HttpResponse:
    return _page(request, find(request, conversation_id))


@colleague_deed
def preview(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """What would happen, and who would have to say yes. Nothing is done."""
    conversation = find(request, conversation_id)
    wish = _wish(request, conversation)
    if isinstance(wish, str):
        return _page(request, conversation, problem=wish, status=400)
    seen = by_hand.preview(conversation, request.user, wish, editions.in_force(), timezone.now())
    return _page(request, conversation, seen=seen, because=plain_text(dict(seen.verdict.because)))


@colleague_deed
def do(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) == "closed":
        return _page(request, conversation, problem=_("The conversation is closed."), status=409)
    wish = _wish(request, conversation)
    if isinstance(wish, str):
        return _page(request, conversation, problem=wish, status=400)
    try:
        answer = by_hand.do(conversation, request.user, wish, editions.in_force(), timezone.now())
    except ShopError:
        return _page(request, conversation, problem=_("The shop cannot be asked just now."), status=409)
    if isinstance(answer, Refusal):
        return _page(request, conversation, problem=_why(request, answer), status=409)
    return _page(request, conversation, **_outcome(answer))


@colleague_deed
def undo(request: DeskRequest, conversation_id: str, use_id: int) -> HttpResponse:
    conversation = find(request, conversation_id)
    use = get_object_or_404(AuthorityUse, pk=use_id, conversation=conversation)
    try:
        answer = by_hand.undo(use, request.user, editions.in_force(), timezone.now())
    except ShopError:
        return _page(request, conversation, problem=_("The shop cannot be asked just now."), status=409)
    if isinstance(answer, Refusal):
        return _page(request, conversation, problem=_why(request, answer), status=409)
    return _page(request, conversation, **_outcome(answer))


def _outcome(answer: Receipt | Approval) -> dict[str, Any]:
    return {"asked": answer} if isinstance(answer, Approval) else {"receipt": answer}


def _page(request: DeskRequest, conversation: Conversation, *, status: int = 200, **more: Any) -> HttpResponse:
    at = timezone.now()
    uses = AuthorityUse.objects.filter(conversation=conversation).exclude(state=AuthorityUse.State.RELEASED)
    seen = more.get("seen")
    context = {
        "conversation": conversation,
        "orders": orders_of(conversation),
        "key": seen.wish.key if seen else secrets.token_urlsafe(12),
        "uses": uses.select_related("undone_by").order_by("-at")[:20],
        "undoable": [use.pk for use in by_hand.undoable(conversation, at)],
        "currency": editions.in_force().company.currency,
        "given": request.POST if "receipt" not in more and "asked" not in more else {},
        **more,
    }
    return shell(request, "desk/acting.html", context, place="", status=status)


def _wish(request: DeskRequest, conversation: Conversation) -> Wish | str:
    """What the form asks for, or what is wrong with it. Only the customer's own orders and lines can be named."""
    given = request.POST
    act, key = given.get("act", ""), given.get("key", "")
    reason = " ".join(given.get("reason", "").split())[:LONGEST_REASON]
    if act not in by_hand.ACTS or not (8 <= len(key) <= 40):
        return _("Choose what to do.")
    if not reason:
        return _("Write the reason: the customer and the record need it.")
    if act == "refund":
        return _refund(request, conversation, key, reason)
    written = f"{given.get('amount', '').strip().replace(',', '.')} {editions.in_force().company.currency}"
    try:
        amount = Money.parse(written)
    except ValueError:
        return _("Write the amount as a number, for example 12.50.")
    return Wish(act, key, amount=amount, reason=reason) if amount.amount > 0 else _("The amount must be above zero.")


def _refund(request: DeskRequest, conversation: Conversation, key: str, reason: str) -> Wish | str:
    chosen = [one.partition("|") for one in request.POST.getlist("line")]
    numbers = {name for name, _bar, _line in chosen}
    order = next((one for one in orders_of(conversation) if {one.number} == numbers), None)
    if order is None:
        return _("Choose items of one order.")
    items = []
    for _name, _bar, line_id in chosen:
        line = order.line(line_id)
        most = line.open_quantity + line.awaiting_refund if line else 0
        if most:
            wanted = number(request.POST.get(f"quantity {order.number}|{line_id}"))
            items.append(Chosen(line_id, min(wanted, most) if wanted else most))
    return Wish("refund", key, order.number, tuple(items), None, reason) if items else _("Nothing is left to pay back.")


def _why(request: DeskRequest, refusal: Refusal) -> str:
    """A refusal in words: the rule's reason, or the shop's phrase in the colleague's language."""
    if refusal.why == "refused":
        because = plain_text(refusal.details.get("because"))
        return because.capitalize() or plain_text(refusal.details.get("rule")) or _("A rule does not allow it.")
    if refusal.why == "already undone":
        return _("It was taken back before.")
    if refusal.why == "changed since":
        return _("It was changed again since; change it anew instead.")
    phrase = phrase_of(editions.in_force(), request.user.language, refusal.why)
    return fill(phrase, dict(refusal.details), request.user.language) if phrase else _("The records do not allow it.")
