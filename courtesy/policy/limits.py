"""Limits: a deed held against what its holder may decide alone, with all that was given before on that day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from courtesy.conversations.models import Conversation
from courtesy.foundation.money import Money
from courtesy.pack.authority import AUTOMATIC
from courtesy.pack.model import Pack
from courtesy.pack.vocabulary import ACTS
from courtesy.policy import authority, counting
from courtesy.policy.facts import Request, facts_of
from courtesy.policy.guard import Verdict
from courtesy.policy.models import AuthorityUse


def amount_of(request: Request) -> Money | None:
    """What the deed gives; None when that is not known. Of an act of a company's own system it is the amount asked."""
    if request.act not in ACTS:
        return request.amount
    value = facts_of(request)["amount"].value
    return value if isinstance(value, Money) else None


def customer_of(request: Request, conversation: Conversation) -> str:
    """Whose day it counts for: the shop's customer, however they write in; else who writes."""
    if request.customer is not None:
        return request.customer.id
    return request.order.customer if request.order is not None else str(conversation.customer_id)


def over(
    request: Request,
    conversation: Conversation,
    pack: Pack,
    *,
    key: str,
    holder: str = counting.AUTOMATIC_HOLDER,
    grade: str = AUTOMATIC,
    counted: bool = True,
) -> Verdict | None:
    """The question to a person when the deed passes a limit of its holder; None within all of them. With ``counted``
    nobody else counts from here to the end of the transaction; without, it is only foreseen."""
    on = _day(request)
    binding = counting.pages(pack, request.act, on)
    if not binding:
        return None
    if counted:
        counting.lock()
    used = counting.used(binding, holder, customer_of(request, conversation), on, but=key)
    return authority.judge(request.act, amount_of(request), grade, binding, used, on)


def reach_of(use: AuthorityUse, grade: str, pack: Pack, at: datetime) -> Verdict | None:
    """Whether a grade may take a deed back: whoever could have done it alone. A question to who could, else None."""
    on = use.day
    return authority.judge(use.act, use.money, grade, counting.pages(pack, use.act, on), {}, on)


def hold(
    request: Request,
    conversation: Conversation,
    pack: Pack,
    *,
    key: str,
    holder: str = counting.AUTOMATIC_HOLDER,
) -> None:
    """Count the deed that is about to be done, and keep what undoing it would put back."""
    on = _day(request)
    if not counting.pages(pack, request.act, on):
        return
    row = counting.hold(
        conversation,
        key=key,
        act=request.act,
        customer=customer_of(request, conversation),
        holder=holder,
        amount=amount_of(request),
        on=on,
        at=request.at,
        before=_before(request),
    )
    if before := _before(request):  # a deed that was granted is held since then, when nothing of this was read
        row.before = before
        row.save(update_fields=["before"])


def _day(request: Request) -> date:
    return request.day(request.at)


def _before(request: Request) -> dict[str, Any]:
    if request.act == "change address" and request.order is not None:
        return {"order": request.order.number, "address": asdict(request.order.address)}
    if request.act == "change contact address" and request.customer is not None:
        return {"customer": request.customer.id, "address": asdict(request.customer.address)}
    if request.act == "goodwill credit" and request.customer is not None:
        return {"customer": request.customer.id}
    return {}
