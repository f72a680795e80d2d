"""Judges a served case by the exam's own assertions on where phone and books stand, and whether a person was called."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.tau_telecom.books import Books
from bench.tau_telecom.phone import Phone

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """``failed``: what does not hold. ``forbidden``: changes of the books that the exam neither asks for nor makes."""

    solved: bool
    failed: tuple[str, ...]
    forbidden: tuple[str, ...]


def start_of(case: Case, shop: Mapping[str, Any], phone: Mapping[str, Any]) -> Books:
    """Books and phone as the customer finds them."""
    device, books = copy.deepcopy(dict(phone)), copy.deepcopy(dict(shop))
    for change in case["init_user_db_diff"]:
        _put(device, change["path"], change["after"])
    for change in case["init_agent_db_diff"]:
        _put(books, change["path"], change["after"])
    return Books.of(books, Phone.of(device))


def _put(place: Any, path: str, value: Any) -> None:
    *steps, last = path.strip("/").split("/")
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place[int(last)] = copy.deepcopy(value)
    else:
        place[last] = copy.deepcopy(value)


def judge(case: Case, books: Books, start: Books) -> Judged:
    failed = [_named(one) for one in case["env_assertions"] if _holds(one, books) != one["assert_value"]]
    if case["needs_transfer"] and "ACTION" in case["reward_basis"] and not books.handed_over:
        failed.append("a person was not called")
    return Judged(not failed, tuple(failed), tuple(_unwanted(case, books, start)))


def _named(one: Mapping[str, Any]) -> str:
    return f"{one['func_name']} {one['arguments']}"


def _holds(one: Mapping[str, Any], books: Books) -> bool:
    phone, given = books.phone, one["arguments"]
    match one["func_name"]:
        case "assert_can_send_mms":
            return phone.can_send_pictures == given["expected_status"]
        case "assert_mobile_data_status":
            return phone.has_data == given["expected_status"]
        case "assert_internet_speed":
            speed = phone.speed()
            wanted = (given["expected_speed"], given["expected_desc"].casefold())
            return speed is not None and speed[0] >= wanted[0] and speed[1].casefold() == wanted[1]
        case "assert_service_status":
            return bool(phone.device["network_connection_status"] == given["expected_status"])
        case "assert_data_refueling_amount":
            line = _by(books.shop["lines"], "line_id", given["line_id"])
            return bool(line["data_refueling_gb"] == given["expected_amount"])
        case "assert_no_overdue_bill":
            bills = [bill for bill in books.shop["bills"] if bill["bill_id"] == given["overdue_bill_id"]]
            return all(bill["status"] == "Paid" for bill in bills)
    raise LookupError(f"the exam asserts something that is not known here: {one['func_name']}")


def _by(rows: Sequence[Mapping[str, Any]], key: str, wanted: str) -> Mapping[str, Any]:
    return next(row for row in rows if row[key] == wanted)


def _unwanted(case: Case, books: Books, start: Books) -> list[str]:
    """Lines, bills and customers that were changed though the exam leaves them as they are."""
    wanted = copy.deepcopy(start.shop)
    for change in case["gold_agent_db_diff"]:
        _put(wanted, change["path"], change["after"])
    found = []
    for kind, rows in books.shop.items():
        for place, row in enumerate(rows):
            if row != start.shop[kind][place] and start.shop[kind][place] == wanted[kind][place]:
                found.append(f"{kind}/{place}")
    return found
