"""Turns the exam's shop into the CSV folder that ``courtesy shop import`` reads.

The exam knows no dates: every order was placed, and every delivered one arrived, on the same made-up days. An order
that is "processed" there is packed here: nothing may be changed any more, and nothing has arrived.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Rows = list[dict[str, object]]
Written = Mapping[str, Any]

CURRENCY = "USD"
PLACED, DELIVERED = "2026-11-01T12:00:00-05:00", "2026-11-10T12:00:00-05:00"
STATUS = {"pending": "pending", "processed": "packed", "delivered": "delivered", "cancelled": "cancelled"}
KINDS = {"credit_card": "card", "paypal": "paypal", "gift_card": "gift card"}
CARRIER = "Parcel"


def convert(shop: Written) -> dict[str, Rows]:
    """File name → rows, for the whole shop."""
    orders = list(shop["orders"].values())
    return {
        "customers.csv": [_customer(user) for user in shop["users"].values()],
        "payment_methods.csv": [row for user in shop["users"].values() for row in _means(user)],
        "products.csv": [{"id": one["product_id"], "name": one["name"]} for one in shop["products"].values()],
        "variants.csv": [row for one in shop["products"].values() for row in _variants(one)],
        "orders.csv": [_order(order) for order in orders],
        "lines.csv": [row for order in orders for row in _lines(order)],
        "shipments.csv": [row for order in orders for row in _shipments(order)],
        "payments.csv": [row for order in orders for row in _payments(order, shop["users"][order["user_id"]])],
    }


def _address(written: Written) -> dict[str, object]:
    return {
        "street": written["address1"],
        "street2": written["address2"],
        "postcode": written["zip"],
        "city": written["city"],
        "region": written["state"],
        "country": "US" if written["country"] == "USA" else written["country"],
    }


def _customer(user: Written) -> dict[str, object]:
    name = user["name"]
    return {
        "id": user["user_id"],
        "first_name": name["first_name"],
        "last_name": name["last_name"],
        "email": user["email"],
        "language": "en",
        "recipient": "",
        **_address(user["address"]),
    }


def label_of(means: Written) -> str:
    """How a payment means is named to the customer."""
    if means["source"] == "credit_card":
        return f"{str(means['brand']).capitalize()} ending {means['last_four']}"
    return "PayPal" if means["source"] == "paypal" else "Gift card"


def _means(user: Written) -> Rows:
    return [
        {
            "id": means["id"],
            "customer": user["user_id"],
            "kind": KINDS[means["source"]],
            "label": label_of(means),
            "balance": means.get("balance", ""),
            "currency": CURRENCY,
        }
        for means in user["payment_methods"].values()
    ]


def _variants(product: Written) -> Rows:
    return [
        {
            "sku": one["item_id"],
            "product": product["product_id"],
            "options": json.dumps(one["options"]),
            "price": one["price"],
            "currency": CURRENCY,
            "available": "yes" if one["available"] else "no",
        }
        for one in product["variants"].values()
    ]


def _order(order: Written) -> dict[str, object]:
    total = sum(one["amount"] for one in order["payment_history"] if one["transaction_type"] == "payment")
    return {
        "number": order["order_id"],
        "customer": order["user_id"],
        "status": STATUS[order["status"]],
        "placed_at": PLACED,
        "currency": CURRENCY,
        "total": f"{total:.2f}",
        "recipient": "",
        **_address(order["address"]),
    }


def _lines(order: Written) -> Rows:
    gone = order["status"] == "cancelled"
    return [
        {
            "order": order["order_id"],
            "line": place,
            "sku": item["item_id"],
            "product": item["product_id"],
            "product_name": item["name"],
            "options": json.dumps(item["options"]),
            "quantity": 1,
            "open_quantity": 0 if gone else 1,
            "price": item["price"],
            "refunded": item["price"] if gone else "",
        }
        for place, item in enumerate(order["items"], 1)
    ]


def _shipments(order: Written) -> Rows:
    """One row for each parcel; its lines are told by what is in it, each line once."""
    left = [(str(place), item["item_id"]) for place, item in enumerate(order["items"], 1)]
    delivered = order["status"] == "delivered"
    rows: Rows = []
    for place, parcel in enumerate(order["fulfillments"], 1):
        lines = []
        for item in parcel["item_ids"]:
            found = next((pair for pair in left if pair[1] == item), None)
            if found:
                left.remove(found)
                lines.append(found[0])
        rows.append(
            {
                "order": order["order_id"],
                "position": place,
                "carrier": CARRIER,
                "tracking": ", ".join(parcel["tracking_id"]),
                "status": "delivered" if delivered else "label made",
                "delivered_at": DELIVERED if delivered else "",
                "lines": " ".join(lines),
            }
        )
    return rows


def _payments(order: Written, user: Written) -> Rows:
    rows: Rows = []
    for place, one in enumerate(order["payment_history"], 1):
        means = user["payment_methods"].get(one["payment_method_id"])
        back = one["transaction_type"] == "refund"
        rows.append(
            {
                "order": order["order_id"],
                "position": place,
                "means": one["payment_method_id"],
                "kind": KINDS[means["source"]] if means else KINDS[one["payment_method_id"].rpartition("_")[0]],
                "label": label_of(means) if means else "",
                "amount": f"{-one['amount'] if back else one['amount']:.2f}",
                "currency": CURRENCY,
                "why": "cancellation" if back else "purchase",
                "at": PLACED,
            }
        )
    return rows


def write(files: Mapping[str, Rows], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def main(arguments: Iterable[str]) -> int:
    kit, folder = arguments
    write(convert(json.loads((Path(kit) / "db.json").read_text(encoding="utf-8"))), Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
