"""Within one turn a record is read once; after a deed, or a change of the catalogue, it is read again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from courtesy.commerce import catalogue
from courtesy.commerce.exchange.exporting import export_books
from courtesy.commerce.exchange.importing import import_books
from courtesy.commerce.port import PostalAddress
from courtesy.commerce.reading_once import READS, read_once
from courtesy.representative.situation import product_choices

NEW = PostalAddress("Ana Ruiz", "Calle Nueva 1", "", "28004", "Madrid", "", "ES")


def test_a_record_is_read_once_and_again_after_a_deed(sample_shop: Any, at: datetime) -> None:
    shop = read_once(sample_shop)
    with CaptureQueriesContext(connection) as queries:
        first = shop.order("TF-10001")
        asked = len(queries)
        assert shop.order("TF-10001") is first
        assert len(queries) == asked
    assert first == sample_shop.order("TF-10001")
    shop.change_address("TF-10001", NEW, key="k", at=at)
    assert shop.order("TF-10001") is not first
    assert shop.order("TF-10001") == sample_shop.order("TF-10001")


def test_every_read_of_the_port_is_known_as_one(sample_shop: Any) -> None:
    deeds = {
        *("cancel", "change_address", "change_items", "change_payment", "open_return", "refund", "exchange"),
        *("hold", "place", "invoice", "change_contact_address", "goodwill", "take_back_goodwill"),
    }
    verbs = {name for name in dir(sample_shop) if not name.startswith("_") and callable(getattr(sample_shop, name))}
    assert verbs == READS | deeds


def products_page(folder: Path) -> Path:
    """The books of the shop as files, but for everything that is not a product."""
    export_books(folder)
    for page in folder.glob("*.csv"):
        if page.name != "products.csv":
            page.unlink()
    return folder / "products.csv"


def test_a_renamed_product_is_found_by_its_new_name_at_once(sample_shop: Any, tmp_path: Path) -> None:
    before = product_choices(sample_shop)
    assert product_choices(sample_shop) is before
    assert hash(before) == hash(tuple(before))
    page = products_page(tmp_path)
    page.write_text(page.read_text("utf-8").replace("Picos 2 Tent", "Aneto 2 Tent"), "utf-8")
    import_books(tmp_path)
    after = product_choices(sample_shop)
    assert not any("Aneto 2 Tent" in choice.labels for choice in before)
    assert any("Aneto 2 Tent" in choice.labels for choice in after)
    assert not any("Picos 2 Tent" in choice.labels for choice in after)


def test_an_import_that_was_only_a_trial_changes_no_mark(sample_shop: Any, tmp_path: Path) -> None:
    products_page(tmp_path)
    mark = catalogue.mark()
    import_books(tmp_path, trial=True)
    assert catalogue.mark() == mark
    import_books(tmp_path)
    assert catalogue.mark() != mark
