"""Credit notes: whatever goes back of an invoiced order is credited, without gaps, exact in tax, never above it."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from courtesy.commerce import shop as shops
from courtesy.commerce.models import (
    Counter,
    CreditNote,
    Customer,
    Invoice,
    Line,
    Order,
    Payment,
    PaymentMeans,
    Shipment,
    Swap,
)
from courtesy.commerce.port import Chosen, Receipt, Refusal
from courtesy.commerce.shops.embedded.numbering import next_number
from courtesy.foundation.money import Money

THREADS = 6
LINES = (("1", "Tent", 3, "29.97", "21.00"), ("2", "Soup", 2, "14.70", "10.00"), ("3", "Stamp", 1, "5.00", None))
Make = Callable[..., Order]


@pytest.fixture
def make(db: None, at: Any) -> Make:
    """An order of 54.57 EUR: goods at 21, 10 and 0 per cent, and delivery."""
    return lambda number="A-1", **more: made(number, at, **more)


def made(number: str, at: Any, *, status: str = "delivered", language: str = "es") -> Order:
    buyer = Customer.objects.create(id=f"C-{number}", first_name="Ana", last_name="Ruiz", language=language)
    PaymentMeans.objects.create(id=f"card-{number}", customer=buyer, position=1, kind="card", label="Visa")
    total = sum(Decimal(value) for _, _, _, value, _ in LINES) + Decimal("4.90")
    order = Order.objects.create(
        number=number, number_key=number.casefold(), customer=buyer, status=status, placed_at=at, currency="EUR",
        shipping=Decimal("4.90"), total=total, recipient="Ana Ruiz", city="Bilbao", country="ES",
    )  # fmt: skip
    for place, (id_, name, quantity, value, rate) in enumerate(LINES, 1):
        Line.objects.create(
            order=order, line_id=id_, position=place, sku=name, product=name, product_name=name, quantity=quantity,
            open_quantity=quantity, price=Decimal(value) / quantity, value=value, tax_rate=rate,
        )  # fmt: skip
    arrived = {"status": "delivered", "delivered_at": at, "lines": ["1", "2", "3"]}
    if status == "delivered":
        Shipment.objects.create(order=order, position=1, **arrived)
    Payment.objects.create(
        order=order, position=1, means=f"card-{number}", kind="card", label="Visa", amount=total, at=at
    )
    return order


def invoice(order: Order, at: Any) -> Invoice:
    answer = shops.current().invoice(order.number, "es", key=f"invoice:{order.number}", at=at)
    assert isinstance(answer, Receipt)
    return Invoice.objects.get(order=order)


def refund(order: Order, at: Any, *items: tuple[str, int], key: str = "r") -> Any:
    chosen = [Chosen(line, quantity) for line, quantity in items]
    return shops.current().refund(order.number, chosen, "too big", key=f"{key}:{order.number}", at=at)


def tax_of(contents: list[dict[str, Any]]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for content in contents:
        for tax in content["taxes"]:
            found[tax["rate"]] = found.get(tax["rate"], Decimal(0)) + Money.parse(tax["tax"]).amount
    return found


def test_a_refund_of_an_invoiced_order_is_credited_on_paper(make: Make, at: Any) -> None:
    order = make()
    issued = invoice(order, at)
    answer = refund(order, at, ("1", 1))
    note = CreditNote.objects.get()
    assert answer.details["credit note"] == note.number == "C2026-000001"
    assert (note.invoice, note.receipt, note.total) == (issued, answer.number, Decimal("9.99"))
    assert note.content["taxes"] == [{"rate": "21", "gross": "9.99", "tax": "1.73 EUR"}]
    name, media_type, paper = answer.document
    assert (name, media_type, paper[:5]) == ("credit-note-C2026-000001.pdf", "application/pdf", b"%PDF-")
    again = refund(order, at, ("1", 1))
    assert again.details["credit note"] == note.number
    assert CreditNote.objects.count() == 1


def test_an_order_without_an_invoice_has_nothing_to_credit_until_it_gets_one(make: Make, at: Any) -> None:
    order = make()
    answer = refund(order, at, ("2", 1))
    assert "credit note" not in answer.details
    assert answer.document is None
    assert not Counter.objects.filter(series__startswith="credit note").exists()
    issued = invoice(order, at)
    note = CreditNote.objects.get()
    assert (issued.total, issued.credited, note.total) == (Decimal("54.570"), Decimal("7.350"), Decimal("7.350"))


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_parts_it_goes_back_the_tax_is_that_of_the_invoice_to_the_cent(
    make: Make, at: Any, seed: int
) -> None:
    order, chance = make(), random.Random(seed)
    issued = invoice(order, at)
    pieces = [line for line, _, quantity, _, _ in LINES for _ in range(quantity)]
    chance.shuffle(pieces)
    for number, line in enumerate(pieces):
        assert isinstance(refund(order, at, (line, 1), key=f"r{number}"), Receipt)
        credited = sum(CreditNote.objects.values_list("total", flat=True), Decimal(0))
        assert credited == Invoice.objects.get().credited <= issued.total
    assert credited == issued.total
    contents = list(CreditNote.objects.values_list("content", flat=True))
    assert tax_of(contents) == tax_of([issued.content]) == {"10": Decimal("1.34"), "21": Decimal("6.05")}
    numbers = list(CreditNote.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [f"C2026-{n:06d}" for n in range(1, len(pieces) + 1)]
    assert isinstance(refund(order, at, ("1", 1), key="more"), Refusal)


def test_cancelling_an_invoiced_order_credits_all_of_it(make: Make, at: Any) -> None:
    order = make(status="paid")
    issued = invoice(order, at)
    answer = shops.current().cancel(order.number, "changed my mind", key="c", at=at)
    note = CreditNote.objects.get()
    assert note.total == issued.total
    assert tax_of([note.content]) == tax_of([issued.content])
    assert (note.content["why"], note.content["shipping"]) == ("cancellation", "4.90 EUR")
    assert answer.document[0] == f"credit-note-{note.number}.pdf"


def test_goodwill_for_an_invoiced_order_is_shared_over_its_rates_and_can_be_taken_back(make: Make, at: Any) -> None:
    order = make()
    issued = invoice(order, at)
    ten = Money(Decimal(10), "EUR")
    shop = shops.current()
    answer = shop.goodwill(order.customer_id, ten, "late", order=order.number, key="g", at=at)
    note = CreditNote.objects.get()
    assert note.total == Decimal(10)
    gross = {tax["rate"]: Decimal(tax["gross"]) for tax in note.content["taxes"]}
    assert gross == {"10": Decimal("2.69"), "21": Decimal("6.39")}
    assert note.content["untaxed"] == "0.92"
    back = shop.take_back_goodwill(order.customer_id, ten, of=answer.number, key="u", at=at)
    undone = CreditNote.objects.get(receipt=back.number)
    assert (undone.total, undone.content["undoes"]) == (Decimal(-10), note.number)
    assert Invoice.objects.get().credited == 0
    for number, (line, _, quantity, _, _) in enumerate(LINES):
        refund(order, at, (line, quantity), key=f"r{number}")
    assert Invoice.objects.get().credited == issued.total


def test_after_goodwill_no_more_is_credited_than_the_invoice_bears(make: Make, at: Any) -> None:
    order = make()
    issued = invoice(order, at)
    shops.current().goodwill(order.customer_id, Money(Decimal(40), "EUR"), "", order=order.number, key="g", at=at)
    for number, (line, _, quantity, _, _) in enumerate(LINES):
        assert isinstance(refund(order, at, (line, quantity), key=f"r{number}"), Receipt)
    totals = list(CreditNote.objects.values_list("total", flat=True))
    assert sum(totals) == issued.total == Invoice.objects.get().credited
    contents = list(CreditNote.objects.values_list("content", flat=True))
    assert tax_of(contents) == tax_of([issued.content])


def test_goodwill_for_somebody_elses_order_credits_nothing(make: Make, at: Any) -> None:
    mine, other = make(), make("A-2")
    invoice(other, at)
    answer = shops.current().goodwill(
        mine.customer_id, Money(Decimal(5), "EUR"), "", order=other.number, key="g", at=at
    )
    assert isinstance(answer, Receipt)
    assert not CreditNote.objects.exists()


def test_what_an_exchange_pays_back_is_credited_beside_its_label(sample_shop: Any, at: Any) -> None:
    from courtesy.commerce.models import Variant
    from courtesy.commerce.port import Swap as Wanted

    line = next(
        line
        for line in Line.objects.filter(order__status="delivered", order__shipments__status="delivered", quantity=1)
        if line.open_quantity and Variant.objects.filter(product=line.product).count() > 1
    )
    other = Variant.objects.filter(product=line.product).exclude(sku=line.sku).first()
    Variant.objects.filter(pk=other.pk).update(price=line.value - 1)
    other.stock.update(pieces=5)
    invoice(line.order, at)
    swaps = [Wanted(line.line_id, other.sku)]
    answer = shops.current().exchange(line.order.number, swaps, "too big", "original means", key="x", at=at)
    assert isinstance(answer, Receipt), answer
    assert Swap.objects.filter(order=line.order).exists()
    assert [name.split("-")[0] for name, _, _ in answer.documents] == ["return", "credit"]
    assert CreditNote.objects.get().total == Decimal(1)


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_some_of_which_fail_leave_no_gap(at: Any) -> None:
    orders = [made(f"A-{number}", at) for number in range(THREADS)]
    for order in orders:
        invoice(order, at)
    ready = Barrier(THREADS)

    def act(number: int) -> None:
        ready.wait()
        try:
            for line in ("1", "2", "3"):
                try:
                    with transaction.atomic():
                        refund(orders[number], at, (line, 1), key=f"r{line}")
                        if (number + int(line)) % 3 == 0:
                            raise RuntimeError("the turn broke after the deed")
                except RuntimeError:
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act, range(THREADS)))
    numbers = sorted(CreditNote.objects.values_list("number", flat=True))
    assert len(numbers) == 2 * THREADS
    assert numbers == [f"C2026-{n:06d}" for n in range(1, 2 * THREADS + 1)]
    assert Counter.objects.get(series="credit note 2026").last == 2 * THREADS


def test_the_same_refund_from_many_hands_is_one_note(transactional_db: None, at: Any) -> None:
    order = made("A-1", at)
    invoice(order, at)
    ready = Barrier(THREADS)

    def act(_: int) -> Any:
        ready.wait()
        try:
            return refund(order, at, ("1", 1)).details["credit note"]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(act, range(THREADS))) == {"C2026-000001"}
    assert CreditNote.objects.count() == 1


def test_a_number_that_was_undone_is_given_again(db: None, at: Any) -> None:
    with transaction.atomic():
        assert next_number("credit note", "C", at) == "C2026-000001"
        transaction.set_rollback(True)
    assert next_number("credit note", "C", at) == "C2026-000001"


def test_who_cancels_an_invoiced_order_gets_the_note_with_the_confirmation(talk: Callable[..., Any], at: Any) -> None:
    from courtesy.conversations.models import Document

    invoice(Order.objects.get(pk="TF-10003"), at)
    chat = talk(language="es")
    chat.say("Quiero cancelar el pedido TF-10003, lo pedí por error. Mi correo es ana.ruiz@example.com")
    for _ in range(3):
        question = chat.conversation.dialogue["question"] or {}
        if question.get("kind") == "confirm":
            break
        chat.say("lo pedí por error")
    chat.say("sí")
    assert chat.deeds() == ["cancel order"], chat.said
    note = CreditNote.objects.get()
    assert f"Adjunto la factura rectificativa {note.number}" in chat.said
    paper = Document.objects.get(conversation=chat.id)
    assert (paper.name, paper.message) == (f"credit-note-{note.number}.pdf", chat.replies[-1])


def test_without_an_invoice_no_note_is_spoken_of(talk: Callable[..., Any]) -> None:
    chat = talk(language="en")
    chat.say("I want to cancel order TF-10003, ordered by mistake. My e-mail is ana.ruiz@example.com")
    for _ in range(3):
        if (chat.conversation.dialogue["question"] or {}).get("kind") == "confirm":
            break
        chat.say("ordered by mistake")
    chat.say("yes")
    assert chat.deeds() == ["cancel order"], chat.said
    assert "credit note" not in chat.said
