"""The label for a parcel that comes back."""

from __future__ import annotations

from courtesy.commerce.models import Return
from courtesy.commerce.papers.sheet import Sheet

SIZE = (105.0, 148.0)  # A6 in millimetres


def draw(opened: Return) -> tuple[str, str, bytes]:
    """(file name, media type, bytes) of the label: return number, order, what is in the parcel, who sends it."""
    order = opened.order
    sheet = Sheet(f"Return {opened.number}", size=SIZE, margin=9)
    sheet.say("RETURN · DEVOLUCIÓN · 退货", points=9, grey=True, after=2)
    sheet.say(opened.number, points=20, after=3)
    sheet.rule()
    names = {line.line_id: line for line in order.lines.all()}
    for row in opened.lines.all():
        line = names.get(row.line_id)
        options = ", ".join(value for _, value in line.options) if line else ""
        name = f"{line.product_name} ({options})" if line and options else line.product_name if line else row.line_id
        sheet.say(f"{row.quantity} × {name}", points=10, after=1)
    sheet.rule()
    place = f"{order.postcode} {order.city}".strip()
    sender = [order.recipient or str(order.customer), order.street, place, order.country]
    sheet.say("\n".join(part for part in sender if part), points=9, after=2)
    sheet.say(f"{order.number} · {opened.opened_at.date().isoformat()}", points=9, grey=True)
    return f"return-{opened.number}.pdf", "application/pdf", sheet.finish()
