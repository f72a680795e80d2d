"""Forms in which public sets mark entities, read by their columns: slots with spans, and one entity in a table's "
"row."""

from __future__ import annotations

import re
from typing import Any

from courtesy.config.measuring.rows import Fields, missing
from courtesy.config.measuring.spans import Labelled, Marked

# Slot names → our kinds, with the role that a name's ending tells.
_SLOTS = {
    "date": "date", "date_from": "date from", "date_to": "date to", "time": "time", "time_from": "time from",
    "time_to": "time to", "amount_of_money": "money", "person_name": "name", "people": "people",
}  # fmt: skip
SLOT_ROLES = frozenset({"date", "time", "people"})
SLOT_REFERENCE = "2022-03-15T09:00"  # on which the days and times of that set were worked out
_COLUMNS = {
    "order_id": "order number", "invoice_id": "invoice number", "person_name": "name", "refund_amount": "money",
}  # fmt: skip
_CURRENCY = re.compile(r"[$€£]\s?$"), re.compile(r"^ ?(?:dollars?|euros?|pounds?|[$€£])")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "dollar": "USD", "euro": "EUR", "pound": "GBP"}


def is_slots(fields: Fields) -> bool:
    return "text" in fields and "entities" not in fields and ("slots" in fields or "intents" in fields)


def is_columns(fields: Fields) -> bool:
    return {"text", "entity_type", "start", "end"} <= set(fields)


def from_slots(fields: Fields) -> Labelled | str:
    """JSON with ``slots``: name → text, span, value."""
    fault = missing(fields, ("text",))
    slots = fields.get("slots") or {}
    if fault or not isinstance(slots, dict):
        return fault or "slots is not an object"
    marked = []
    for name, slot in slots.items():
        if name not in _SLOTS or not isinstance(slot, dict) or "span" not in slot:
            continue
        start, end = slot["span"]
        marked.append(Marked(_SLOTS[name], start, end, _slot_value(slot.get("value"))))
    return Labelled(fields["text"], fields.get("lang") or "en", SLOT_REFERENCE, tuple(marked))


def _slot_value(value: Any) -> str:
    if not isinstance(value, dict):
        return "" if value in (None, "ambiguous") else str(value).casefold()
    if "year" in value:
        return f"{value['year']:04d}-{value['month']:02d}-{value['day']:02d}"
    if "hour" in value:
        return f"{value['hour']:02d}:{value['minute']:02d}"
    if "amount" in value:
        currency = str(value.get("currency") or "")
        known = len(currency) == 3 and currency.isupper()
        return f"{float(value['amount']):.2f}" + (f" {currency}" if known else "")
    return ""


def from_columns(fields: Fields) -> Labelled | str:
    """A table's row with entity_type, entity_value, start, end. Amounts are widened to the currency beside them."""
    fault = missing(fields, ("text", "entity_type", "start", "end"))
    if fault:
        return fault
    kind, text = _COLUMNS.get(fields["entity_type"]), fields["text"]
    if kind is None:
        return Labelled(text, fields.get("lang") or "en", "", ())
    try:
        start, end = int(fields["start"]), int(fields["end"])
    except ValueError:
        return "start and end are not numbers"
    value = text[start:end].lstrip("#").casefold()
    if kind == "money":
        before, after = _CURRENCY[0].search(text[:start]), _CURRENCY[1].match(text[end:])
        sign = before or after
        value = f"{float(value):.2f}" + (f" {_SIGNS[sign[0].strip().rstrip('s')]}" if sign else "")
        start, end = before.start() if before else start, end + (after.end() if after else 0)
    return Labelled(text, fields.get("lang") or "en", "", (Marked(kind, start, end, value),))
