"""The company's books and its tools over them, by the exam's own names; changes reach the customer's phone at once."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.tau_telecom.phone import Phone

TODAY = "2025-02-25"  # the day of the exam
MOST_BILLS = 12
DRAFT, OVERDUE, AWAITED, PAID = "Draft", "Overdue", "Awaiting Payment", "Paid"
KINDS = {"C": ("customers", "customer_id"), "L": ("lines", "line_id"), "D": ("devices", "device_id")}
KINDS |= {"B": ("bills", "bill_id"), "P": ("plans", "plan_id")}


class Refused(Exception):
    """The tool says no, in words."""


@dataclass
class Books:
    """``shop`` in the exam's own form. ``phone`` is the customer's; ``handed_over`` when a person was called."""

    shop: dict[str, list[dict[str, Any]]]
    phone: Phone
    handed_over: bool = False
    called: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @classmethod
    def of(cls, shop: Mapping[str, Any], phone: Phone) -> Books:
        books = cls(copy.deepcopy(dict(shop)), phone)
        phone.pay, phone.asked_to_pay = books.pay, books.asked_to_pay
        return books

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Any:
        """Carry out one of the company's tools; what it changes is told to the phone's network."""
        self.called.append((tool, dict(arguments)))
        answer = TOOLS[tool](self, **arguments)
        self.tell_network()
        return copy.deepcopy(answer)

    def tell_network(self) -> None:
        line = self._line_of(self.phone.around["phone_number"])
        if line is None:
            return
        plan = self._one(line["plan_id"])
        allowed = plan["data_limit_gb"] + line["data_refueling_gb"]
        self.phone.around |= {
            "line_active": line["status"] == "Active",
            "roaming_allowed": line["roaming_enabled"],
            "mobile_data_usage_exceeded": line["data_used_gb"] > allowed,
        }

    # --- finding ----------------------------------------------------------------------------------

    def _one(self, id: str) -> dict[str, Any]:
        kind, key = KINDS.get(id[:1], ("", ""))
        found = next((one for one in self.shop.get(kind, ()) if one[key] == id), None)
        if found is None:
            raise Refused(f"Entity with ID {id} not found")
        return found

    def _line_of(self, number: str) -> dict[str, Any] | None:
        return next((line for line in self.shop["lines"] if line["phone_number"] == number), None)

    def _owned(self, customer_id: str, line_id: str) -> dict[str, Any]:
        if line_id not in self._one(customer_id)["line_ids"]:
            raise Refused(f"Line {line_id} not found for customer {customer_id}")
        return self._one(line_id)

    def by_phone(self, phone_number: str) -> dict[str, Any]:
        line = self._line_of(phone_number)
        for one in self.shop["customers"]:
            if one["phone_number"] == phone_number or (line and line["line_id"] in one["line_ids"]):
                return one
        raise Refused(f"Customer with phone number {phone_number} not found")

    def by_name(self, full_name: str, dob: str) -> list[dict[str, Any]]:
        wanted = (full_name.casefold(), dob)
        return [one for one in self.shop["customers"] if (one["full_name"].casefold(), one["date_of_birth"]) == wanted]

    def bills_of(self, customer_id: str, limit: int = MOST_BILLS) -> list[dict[str, Any]]:
        bills = [self._one(id) for id in self._one(customer_id)["bill_ids"]]
        return sorted(bills, key=lambda bill: str(bill["issue_date"]), reverse=True)[:limit]

    def usage(self, customer_id: str, line_id: str) -> dict[str, Any]:
        line = self._owned(customer_id, line_id)
        return {
            "line_id": line_id,
            "data_used_gb": line["data_used_gb"],
            "data_limit_gb": self._one(line["plan_id"])["data_limit_gb"],
            "data_refueling_gb": line["data_refueling_gb"],
        }

    # --- changing ---------------------------------------------------------------------------------

    def suspend(self, customer_id: str, line_id: str, reason: str) -> dict[str, Any]:
        line = self._owned(customer_id, line_id)
        if line["status"] != "Active":
            raise Refused("Line must be active to suspend")
        line |= {"status": "Suspended", "suspension_start_date": TODAY}
        return {"message": "Line suspended successfully", "line": line}

    def resume(self, customer_id: str, line_id: str) -> dict[str, Any]:
        line = self._owned(customer_id, line_id)
        if line["status"] not in ("Suspended", "Pending Activation"):
            raise Refused("Line must be suspended to resume")
        line |= {"status": "Active", "suspension_start_date": None}
        return {"message": "Line resumed successfully", "line": line}

    def roaming(self, customer_id: str, line_id: str, *, enabled: bool) -> str:
        line = self._owned(customer_id, line_id)
        if line["roaming_enabled"] == enabled:
            return f"Roaming was already {'enabled' if enabled else 'disabled'}"
        line["roaming_enabled"] = enabled
        return f"Roaming {'enabled' if enabled else 'disabled'} successfully"

    def refuel(self, customer_id: str, line_id: str, gb_amount: float) -> dict[str, Any]:
        line = self._owned(customer_id, line_id)
        if line["status"] != "Active":
            raise Refused("Line must be active to refuel data")
        if gb_amount <= 0:
            raise Refused("Refuel amount must be positive")
        price = self._one(line["plan_id"])["data_refueling_price_per_gb"]
        charge = round(gb_amount * price, 2)
        line["data_refueling_gb"] += gb_amount
        described = f"Data refueling: {gb_amount} GB at ${price}/GB"
        self._charge(customer_id, {"description": described, "amount": charge, "date": TODAY, "item_type": "Charge"})
        return {
            "message": f"Successfully added {gb_amount} GB of data for line {line_id} for ${charge:.2f}",
            "new_data_refueling_gb": line["data_refueling_gb"],
            "charge": charge,
        }

    def _charge(self, customer_id: str, item: dict[str, Any]) -> None:
        draft = next(bill for bill in self.bills_of(customer_id) if bill["status"] == DRAFT)
        draft["line_items"].append(item)
        draft["total_due"] = round(draft["total_due"] + item["amount"], 2)

    def ask_to_pay(self, customer_id: str, bill_id: str) -> str:
        bills = self.bills_of(customer_id)
        if any(bill["status"] == AWAITED for bill in bills):
            raise Refused("A bill is already awaiting payment for this customer")
        self._one(bill_id)["status"] = AWAITED
        return f"Payment request sent to the customer for bill {bill_id}"

    def hand_over(self, summary: str) -> str:
        self.handed_over = True
        return "Transfer successful"

    # --- the customer's side of a payment ---------------------------------------------------------

    def _awaited(self) -> dict[str, Any] | None:
        customer = self.by_phone(self.phone.around["phone_number"])
        return next((bill for bill in self.bills_of(customer["customer_id"]) if bill["status"] == AWAITED), None)

    def asked_to_pay(self) -> str:
        bill = self._awaited()
        if bill is None:
            return "No payment request has been made."
        return f"You have a payment request for bill {bill['bill_id']} of {bill['total_due']} USD."

    def pay(self) -> str:
        bill = self._awaited()
        if bill is None:
            return "You do not have any payment request."
        bill["status"] = PAID
        return f"Payment of {bill['total_due']} USD has been made for bill {bill['bill_id']}."


TOOLS: dict[str, Callable[..., Any]] = {
    "get_customer_by_phone": Books.by_phone,
    "get_customer_by_id": lambda books, customer_id: books._one(customer_id),
    "get_customer_by_name": Books.by_name,
    "get_details_by_id": lambda books, id: books._one(id),
    "suspend_line": Books.suspend,
    "resume_line": Books.resume,
    "get_bills_for_customer": Books.bills_of,
    "send_payment_request": Books.ask_to_pay,
    "get_data_usage": Books.usage,
    "enable_roaming": lambda books, customer_id, line_id: books.roaming(customer_id, line_id, enabled=True),
    "disable_roaming": lambda books, customer_id, line_id: books.roaming(customer_id, line_id, enabled=False),
    "transfer_to_human_agents": Books.hand_over,
    "refuel_data": Books.refuel,
}
