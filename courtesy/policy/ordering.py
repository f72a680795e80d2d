"""Facts about orders that are placed: how long ago the customer's address was changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from courtesy.commerce.port import ShopCustomer
from courtesy.policy.models import AuthorityUse

LOOKED_BACK = timedelta(days=365)
_CHANGES = ("change address", "change contact address")


def days_since_address_change(act: str, customer: ShopCustomer | None, at: datetime) -> Decimal | None:
    """Whole days since the last change that was done here, by us or by a colleague; ``LOOKED_BACK`` when there was none
    since, or when the order gets a record of its own. Only read where an order is placed."""
    if act != "place order":
        return None
    longest = Decimal(LOOKED_BACK.days)
    if customer is None:
        return longest
    last = (
        AuthorityUse.objects.filter(
            customer=customer.id, act__in=_CHANGES, state=AuthorityUse.State.USED, at__gt=at - LOOKED_BACK
        )
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )
    return longest if last is None else Decimal((at - last).days)
