"""The shop's books go out as CSV and come in again: byte for byte, twice without harm, bad rows told and left out."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from courtesy.commerce import models
from courtesy.commerce.exchange.columns import FILES
from courtesy.commerce.exchange.exporting import export_books
from courtesy.commerce.exchange.importing import import_books

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "reference" / "shop-csv.md"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The files of the example in the reference."""
    folder = tmp_path / "books"
    folder.mkdir()
    found = re.findall(r"^`([a-z_]+\.csv)`\n```csv\n(.*?)```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for name, content in found:
        (folder / name).write_text(content, encoding="utf-8")
    assert {name for name, _ in found} == set(FILES)
    return folder


def _empty() -> None:
    for kind in (models.Order, models.Variant, models.Product, models.PaymentMeans, models.Customer):
        kind.objects.all().delete()


def test_the_example_of_the_reference_is_an_order_that_can_be_served(db: None, company: Any, example: Path) -> None:
    from courtesy.commerce import shop

    outcome = import_books(example)
    assert not outcome.problems
    order = shop.current().order("a-1001")
    assert order is not None
    assert [(line.product_name, line.quantity, line.open_quantity) for line in order.lines] == [("Mug", 2, 2)]
    assert order.shipments[0].tracking == "CE123IE"
    owner = shop.current().customer_by_email("NORA.LIND@example.com")
    assert owner is not None
    assert [str(means.balance) for means in owner.payment_means if means.balance is not None] == ["20.00 EUR"]


def test_a_second_import_changes_nothing_and_says_so(db: None, example: Path) -> None:
    import_books(example)
    again = import_books(example)
    assert not again.new
    assert not again.changed
    assert sum(again.same.values()) == 6
    assert models.BalanceEntry.objects.count() == 1


def test_what_goes_out_comes_in_again_byte_for_byte(sample_shop: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    rows = export_books(first)
    assert rows["orders.csv"] >= 1500
    _empty()
    outcome = import_books(first)
    assert not outcome.problems
    export_books(second)
    for file in FILES:
        assert (first / file).read_bytes() == (second / file).read_bytes(), file


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("customers.csv", "C-2,Al,Roe,nora.lind@example.com,en,,,,", "belongs to customer 'C-1'"),
        ("customers.csv", "C-1,Al,Roe,,en,,,,", "stands on line 2 already"),
        ("customers.csv", "C-2,Al", "2 cells, the header 9"),
        ("payment_methods.csv", "card-2,C-1,card,4111 1111 1111 1111,,", "looks like a card number"),
        ("payment_methods.csv", "card-2,C-9,card,Visa,,", "no customer 'C-9'"),
        ("payment_methods.csv", "gift-2,C-1,gift card,,,", "balance and currency are needed"),
        ("products.csv", ",Cup,,,,", "id: is empty"),
        ("variants.csv", "X,P-9,,1,EUR,1", "no product 'P-9'"),
        ("variants.csv", "X,P-1,,-1,EUR,1", "below zero"),
        ("variants.csv", "X,P-1,,1,euros,1", "currency must be three capital letters"),
        ("variants.csv", "X,P-1,blue,1,EUR,1", "not a JSON object"),
        ("orders.csv", "A-2,C-1,delivered,yesterday,EUR,0,1", "write 2026-11-20"),
        ("orders.csv", "A-2,C-1,delivered,2026-11-20T10:00:00,EUR,0,1", "offset from UTC"),
        ("orders.csv", "A-2,C-1,gone,2026-11-20,EUR,0,1", "must be one of"),
        ("orders.csv", "A-2,C-1,paid,2026-11-20,EUR,0,1", "no line of this order"),
        ("lines.csv", "A-9,1,X,P-1,Mug,,1,1", "no order 'A-9'"),
    ],
)
def test_a_bad_row_is_told_with_file_line_and_reason_and_the_good_ones_load(
    db: None, example: Path, file: str, row: str, reason: str
) -> None:
    path = example / file
    path.write_text(path.read_text("utf-8") + row + "\n", encoding="utf-8")
    outcome = import_books(example)
    assert len(outcome.problems) == 1, outcome.problems
    assert str(outcome.problems[0]).startswith(f"{file}:")
    assert reason in str(outcome.problems[0])
    assert models.Order.objects.filter(pk="A-1001").exists()


def test_an_order_with_a_bad_line_is_left_out_whole(db: None, example: Path) -> None:
    path = example / "lines.csv"
    path.write_text(path.read_text("utf-8") + "A-1001,2,X,P-1,Mug,,0,1\n", encoding="utf-8")
    outcome = import_books(example)
    assert [str(one) for one in outcome.problems] == [
        "lines.csv:3: quantity must be at least 1",
        "orders.csv:2: left out: lines.csv:3 is wrong",
    ]
    assert not models.Order.objects.exists()
    assert not models.Line.objects.exists()


def test_what_was_done_here_since_is_kept(db: None, company: Any, example: Path, at: Any) -> None:
    from courtesy.commerce import shop
    from courtesy.commerce.port import Chosen

    import_books(example)
    shop.current().refund("A-1001", (Chosen("1", 1, ""),), "original means", key="k1", at=at)
    paid = models.Payment.objects.filter(order_id="A-1001").count()
    outcome = import_books(example)
    assert any("A-1001 was changed here" in one for one in outcome.kept)
    assert models.Payment.objects.filter(order_id="A-1001").count() == paid
    assert models.Line.objects.get(order_id="A-1001").refunded == Decimal("9.50")


def test_a_dry_run_leaves_nothing_behind(db: None, example: Path) -> None:
    assert import_books(example, trial=True).new["orders.csv"] == 1
    assert not models.Customer.objects.exists()


def test_an_empty_folder_is_told(db: None, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds none of"):
        import_books(tmp_path)
