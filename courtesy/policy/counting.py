"""Counting: what was used of whose authority on a day. Held before the deed, so that two at once see each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation
from courtesy.foundation.money import Money
from courtesy.pack.authority import Authority
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.policy.authority import Used, pages_for
from courtesy.policy.models import AuthorityUse

AUTOMATIC_HOLDER = "representative"
_COUNTS = (AuthorityUse.State.HELD, AuthorityUse.State.USED)


def pages(pack: Pack, act: str, on: date) -> tuple[Authority, ...]:
    return pages_for(act, pack.authority.values(), on)


def lock() -> None:
    """Nobody else counts until the transaction ends. Every deed is written to the journal, whose writers wait for one
    another anyway; a lock of our own beside that one could be taken in another order, and two would wait for ever."""
    journal.wait_for()


def used(binding: Iterable[Authority], holder: str, customer: str, on: date, *, but: str = "") -> dict[str, Used]:
    """For each page what the customer got and the holder gave on that day, the deed with the key ``but`` left out."""
    return {page.name: _used(page.acts, holder, customer, on, but) for page in binding}


def _used(acts: Sequence[str], holder: str, customer: str, on: date, but: str) -> Used:
    rows = AuthorityUse.objects.filter(day=on, act__in=acts, state__in=_COUNTS).exclude(key=but)
    given, times = _summed(rows.filter(customer=customer))
    own, own_times = _summed(rows.filter(Q(holder=holder, granted_by="") | Q(granted_by=holder)))
    return Used(given, own, times, own_times)


def _summed(rows: QuerySet[AuthorityUse]) -> tuple[tuple[Money, ...], int]:
    """Sums by currency; an act whose amount is not known is in none of them, and is counted."""
    found = list(rows.values("currency").annotate(total=Sum("amount"), times=Count("pk")).order_by("currency"))
    money = [Money(Decimal(row["total"]), row["currency"]) for row in found if row["currency"] and row["total"]]
    return tuple(money), sum(row["times"] for row in found)


def hold(
    conversation: Conversation,
    *,
    key: str,
    act: str,
    customer: str,
    holder: str,
    amount: Money | None,
    on: date,
    at: datetime,
    granted_by: str = "",
    before: Mapping[str, Any] | None = None,
) -> AuthorityUse:
    """Write down that this deed is about to be done. The same key is one use."""
    row, _ = AuthorityUse.objects.get_or_create(
        key=key,
        defaults={
            "conversation": conversation,
            "act": act,
            "customer": customer,
            "holder": holder,
            "granted_by": granted_by,
            "amount": amount.amount if amount is not None else None,
            "currency": amount.currency if amount is not None else "",
            "day": on,
            "before": dict(before or {}),
            "at": at,
        },
    )
    return row


def use(key: str, *, receipt: str, amount: Money | None, pack: Pack, at: datetime) -> AuthorityUse | None:
    """The deed was done: what it really gave counts, and its time for being undone begins."""
    row = AuthorityUse.objects.select_for_update().filter(key=key).first()
    if row is None or row.state not in (AuthorityUse.State.HELD, AuthorityUse.State.RELEASED):
        return row
    row.state, row.receipt, row.at = AuthorityUse.State.USED, receipt, at
    if amount is not None:
        row.amount, row.currency = amount.amount, amount.currency
    row.undo_until = undo_until(pack, row.act, row.day, at)
    row.save(update_fields=["state", "receipt", "at", "amount", "currency", "undo_until"])
    return row


def undo_until(pack: Pack, act: str, on: date, at: datetime) -> datetime | None:
    """The end of the shortest window that a page gives this act; None when it cannot be undone."""
    kind = pack.vocabulary.acts.get(act)
    lengths = [page.undo_within[act] for page in pages(pack, act, on) if act in page.undo_within]
    if kind is None or not kind.undoable or not lengths:
        return None
    return min(add_business(pack.company, at, length) for length in lengths)


def release(key: str) -> None:
    """It was not done after all."""
    AuthorityUse.objects.filter(key=key, state=AuthorityUse.State.HELD).update(state=AuthorityUse.State.RELEASED)
