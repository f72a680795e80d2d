"""The copy of an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courtesy.commerce.papers.sheet import Sheet

_WORDS: dict[str, dict[str, str]] = {
    "en": {"invoice": "Invoice", "copy": "Copy", "number": "Number", "date": "Date", "order": "Order", "item": "Item",
           "quantity": "Quantity", "amount": "Amount", "shipping": "Delivery", "discount": "Discount (included)",
           "total": "Total", "tax": "VAT {rate} % included"},
    "es": {"invoice": "Factura", "copy": "Copia", "number": "Número", "date": "Fecha", "order": "Pedido",
           "item": "Artículo",
           "quantity": "Cantidad", "amount": "Importe", "shipping": "Envío", "discount": "Descuento (incluido)",
           "total": "Total", "tax": "IVA {rate} % incluido"},
    "zh": {"invoice": "发票", "copy": "副本", "number": "号码", "date": "日期", "order": "订单", "item": "商品",
           "quantity": "数量", "amount": "金额", "shipping": "运费", "discount": "折扣（已含）",
           "total": "合计", "tax": "含增值税 {rate}%"},
}  # fmt: skip


def draw(number: str, issued_at: datetime, content: Mapping[str, Any], language: str) -> tuple[str, str, bytes]:
    """(file name, media type, bytes) of the copy, in the customer's language where there are words for it."""
    words = _WORDS.get(language, _WORDS["en"])
    sheet = Sheet(f"{words['invoice']} {number}")
    seller = str(content.get("seller") or "")
    if seller:
        sheet.say(seller, points=9, grey=True, after=4)
    sheet.say(f"{words['invoice']} {number}", points=18, after=1)
    sheet.say(words["copy"], grey=True, after=4)
    sheet.say("\n".join(content["address"]), after=4)
    for name, value in (("date", issued_at.date().isoformat()), ("order", f"{content['order']} ({content['placed']})")):
        sheet.row([(words[name], 0.25, "L"), (value, 0.75, "L")])
    sheet.rule()
    sheet.row([(words["item"], 0.6, "L"), (words["quantity"], 0.15, "R"), (words["amount"], 0.25, "R")], grey=True)
    for line in content["lines"]:
        sheet.row([(line["name"], 0.6, "L"), (str(line["quantity"]), 0.15, "R"), (line["amount"], 0.25, "R")])
    sheet.rule()
    sheet.row([(words["shipping"], 0.75, "L"), (content["shipping"], 0.25, "R")])
    if not content["discount"].startswith("0"):
        sheet.row([(words["discount"], 0.75, "L"), (content["discount"], 0.25, "R")], grey=True)
    sheet.row([(words["total"], 0.75, "L"), (content["total"], 0.25, "R")], points=12)
    for tax in content["taxes"]:
        sheet.row([(words["tax"].format(rate=tax["rate"]), 0.75, "L"), (tax["tax"], 0.25, "R")], grey=True, points=9)
    return f"invoice-{number}.pdf", "application/pdf", sheet.finish()
