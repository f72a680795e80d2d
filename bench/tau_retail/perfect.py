"""Does exactly what the exam expects, straight at the shop: what a perfect representative could reach by this judge.

It measures the judge and the shop, not the representative; the customers and the representative never see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from bench.tau_retail.judge import Books, judge
from courtesy.commerce import shop as shops
from courtesy.commerce.port import Chosen, Order, PostalAddress, Swap


class _Over(Exception):
    """Puts the shop back."""


def solves(case: Mapping[str, Any], before: Books, at: datetime) -> bool:
    """Whether the expected deeds, done here, satisfy the judge."""
    solved: list[bool] = []
    try:
        with transaction.atomic():
            for number, action in enumerate(case["gold_actions"]):
                if action["kind"] == "write" and action["ok"]:
                    _do(action["name"], action["arguments"], f"{case['id']}:{number}", at)
            solved.append(judge(case, before, case["communicate_info"]).solved)
            raise _Over
    except _Over:
        return solved[0]


def _do(name: str, given: Mapping[str, Any], key: str, at: datetime) -> None:
    shop = shops.current()
    match name:
        case "cancel_pending_order":
            shop.cancel(given["order_id"], given["reason"], key=key, at=at)
        case "modify_pending_order_address":
            shop.change_address(given["order_id"], _address(given), key=key, at=at)
        case "modify_user_address":
            shop.change_contact_address(given["user_id"], _address(given), key=key, at=at)
        case "modify_pending_order_payment":
            shop.change_payment(given["order_id"], given["payment_method_id"], key=key, at=at)
        case "return_delivered_order_items":
            items = [Chosen(line) for line in _lines(given["order_id"], given["item_ids"])]
            shop.open_return(given["order_id"], items, "", "refund", to=given["payment_method_id"], key=key, at=at)
        case "exchange_delivered_order_items":
            shop.exchange(given["order_id"], _swaps(given), "", given["payment_method_id"], key=key, at=at)
        case "modify_pending_order_items":
            shop.change_items(given["order_id"], _swaps(given), given["payment_method_id"], key=key, at=at)
        case other:
            raise LookupError(f"the exam asks for a deed that is not known here: {other}")


def _address(given: Mapping[str, Any]) -> PostalAddress:
    return PostalAddress("", given["address1"], given["address2"], given["zip"], given["city"], given["state"], "US")


def _lines(number: str, skus: Sequence[str]) -> list[str]:
    """The line of each item; the same item twice is two lines."""
    order = shops.current().order(number)
    left = list(order.lines) if isinstance(order, Order) else []
    found = []
    for sku in skus:
        line = next(line for line in left if line.sku == sku)
        left.remove(line)
        found.append(line.id)
    return found


def _swaps(given: Mapping[str, Any]) -> list[Swap]:
    lines = _lines(given["order_id"], given["item_ids"])
    return [Swap(line, sku) for line, sku in zip(lines, given["new_item_ids"], strict=True)]
