"""The credit note: what is given back of an invoice, and the tax in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from courtesy.commerce.papers.sheet import Sheet

_WORDS: dict[str, dict[str, str]] = {
    "en": {"note": "Credit note", "date": "Date", "order": "Order", "invoice": "To invoice", "undoes": "Undoes",
           "item": "Item", "quantity": "Quantity", "amount": "Amount", "shipping": "Delivery", "total": "Credited",
           "tax": "VAT {rate} % in it", "why": "Because of", "refund": "Refund", "cancellation": "Cancellation",
           "goodwill": "Goodwill", "price difference": "Difference in price", "undone": "Taken back"},
    "es": {"note": "Factura rectificativa", "date": "Fecha", "order": "Pedido", "invoice": "De la factura",
           "undoes": "Anula", "item": "Artículo", "quantity": "Cantidad", "amount": "Importe", "shipping": "Envío",
           "total": "Total abonado", "tax": "IVA {rate} % incluido", "why": "Motivo", "refund": "Reembolso",
           "cancellation": "Cancelación", "goodwill": "Atención comercial",
           "price difference": "Diferencia de precio", "undone": "Anulación"},
    "zh": {"note": "红字发票（贷记单）", "date": "日期", "order": "订单", "invoice": "对应发票", "undoes": "撤销",
           "item": "商品", "quantity": "数量", "amount": "金额", "shipping": "运费", "total": "退回合计",
           "tax": "其中增值税 {rate}%", "why": "原因", "refund": "退款", "cancellation": "取消",
           "goodwill": "补偿", "price difference": "差价", "undone": "撤回"},
}  # fmt: skip


def draw(number: str, issued_at: datetime, content: Mapping[str, Any], language: str) -> tuple[str, str, bytes]:
    """(file name, media type, bytes) of the note, in the customer's language where there are words for it."""
    words = _WORDS.get(language, _WORDS["en"])
    sheet = Sheet(f"{words['note']} {number}")
    if content.get("seller"):
        sheet.say(str(content["seller"]), points=9, grey=True, after=4)
    sheet.say(f"{words['note']} {number}", points=18, after=4)
    sheet.say("\n".join(content["address"]), after=4)
    because = words.get(content["why"], content["why"])
    facts = {
        "date": issued_at.date().isoformat(),
        "invoice": f"{content['invoice']} ({content['invoiced']})",
        "undoes": content.get("undoes", ""),
        "order": f"{content['order']} ({content['placed']})",
        "why": f"{because}: {content['reason']}" if content["reason"] else because,
    }
    for name, value in facts.items():
        if value:
            sheet.row([(words[name], 0.25, "L"), (value, 0.75, "L")])
    sheet.rule()
    sheet.row([(words["item"], 0.6, "L"), (words["quantity"], 0.15, "R"), (words["amount"], 0.25, "R")], grey=True)
    for line in content["lines"]:
        sheet.row([(line["name"], 0.6, "L"), (str(line["quantity"]), 0.15, "R"), (line["amount"], 0.25, "R")])
    if not content["shipping"].startswith(("0.00 ", "0 ", "-0.00 ", "-0 ")):
        sheet.row([(words["shipping"], 0.75, "L"), (content["shipping"], 0.25, "R")])
    sheet.rule()
    sheet.row([(words["total"], 0.75, "L"), (content["total"], 0.25, "R")], points=12)
    for tax in content["taxes"]:
        sheet.row([(words["tax"].format(rate=tax["rate"]), 0.75, "L"), (tax["tax"], 0.25, "R")], grey=True, points=9)
    return f"credit-note-{number}.pdf", "application/pdf", sheet.finish()
