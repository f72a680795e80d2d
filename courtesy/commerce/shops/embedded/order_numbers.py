"""Numbers of new orders, in the company's shape and after all that were given before."""

from __future__ import annotations

import re

from courtesy.commerce.models import Counter, Order
from courtesy.commerce.models.columns import compared

USUAL = "######"


def next_number(shape: str) -> str:
    """The next free number, taken inside the deed's transaction. Of the shape, ``#`` are digits and ``@`` letters."""
    shape = (shape or USUAL).replace("@", "A")
    head, tail = shape[: shape.find("#")], shape[shape.rfind("#") + 1 :]
    digits = shape.count("#")
    counter, made = Counter.objects.select_for_update().get_or_create(series=f"order {shape}"[:40])
    if made:
        counter.last = _latest(head, tail, digits)
    number = ""
    while not number or Order.objects.filter(number_key=compared(number)).exists():
        counter.last += 1
        number = f"{head}{counter.last:0{digits}d}{tail}"
    counter.save(update_fields=("last",))
    return number


def _latest(head: str, tail: str, digits: int) -> int:
    """The highest number of this shape that is in the books."""
    shaped = re.compile(rf"{re.escape(head)}(\d{{{digits}}}){re.escape(tail)}", re.IGNORECASE)
    known = Order.objects.filter(number__startswith=head).values_list("number", flat=True)
    found = [int(match[1]) for number in known.iterator() if (match := shaped.fullmatch(number))]
    return max(found, default=0)
