"""Words that mean the same find each other's articles, both ways, in each language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from courtesy.knowledge.analyser import Analyser
from courtesy.knowledge.finding import find
from courtesy.pack.checking import check
from courtesy.pack.model import Article, Pack, Place, Synonyms
from courtesy.pack.reading import SHIPPED, read
from courtesy.pack.starting import new

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PLACE = Place("x/synonyms/en.yaml", 3)


@pytest.mark.parametrize(
    ("language", "line", "first", "second"),
    [
        ("en", ("parcel", "package"), "where are my packages", "where is my parcel"),
        ("en", ("gift card", "gift voucher", "voucher"), "a voucher for her", "gift cards for her"),
        ("es", ("reembolso", "reintegro", "devolución del dinero"), "los reintegros", "la devolución del dinero"),
        ("zh", ("退款", "退钱"), "什么时候退钱", "什么时候退款"),
    ],
)
def test_a_line_gives_one_wording(language: str, line: tuple[str, ...], first: str, second: str) -> None:
    plain, taught = Analyser(language), Analyser(language, [line])
    assert plain.terms(first) != plain.terms(second)
    assert taught.terms(first) == taught.terms(second)


def test_lines_that_share_a_word_are_one() -> None:
    taught = Analyser("en", [("parcel", "package"), ("package", "shipment")])
    assert taught.terms("shipment") == taught.terms("package") == taught.terms("parcel")


@pytest.mark.parametrize(("written", "asked"), [("anorak", "cagoules"), ("cagoule", "anoraks")])
def test_an_article_is_found_by_the_other_word(written: str, asked: str) -> None:
    tarnfell = read(SHIPPED / "tarnfell")
    page = Article(
        "care/more", "en", f"Reproofing an {written}", "customers", "Returns", date(2026, 1, 1), None, (),
        "Use two caps of the reproofer.", Place("x.md", 1),
    )  # fmt: skip
    pack = replace(tarnfell, articles=(*tarnfell.articles, page), edition=f"with an {written}")
    assert find(pack, f"reproofing of {asked}", "en", at=AT) is None or written == asked
    lines = {"en": (Synonyms("en", ("anorak", "cagoule"), PLACE),)}
    found = find(
        replace(pack, synonyms=lines, edition=f"{pack.edition}, taught"), f"reproofing of {asked}", "en", at=AT
    )
    assert found is not None
    assert found.article == "care/more"


def test_base_pack_lines_are_read_and_the_own_ones_added(tmp_path: Path) -> None:
    folder = made(tmp_path, "synonyms: en\nmean the same:\n  - anorak, parka\n  - Cagoule， Kagool\n")
    pack: Pack = read(folder)
    words = [line.words for line in pack.synonyms["en"]]
    assert ("parcel", "package", "shipment", "consignment") in words
    assert words[-2:] == [("anorak", "parka"), ("cagoule", "kagool")]
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("  - anorak", "'anorak' stands alone"),
        ("  - anorak, anorak", "stands alone"),
        ("  - anorak, " + "long " * 12, "is no word but a sentence"),
        ("  - parcel, box", "'parcel' also stands in retail/synonyms/en.yaml"),
    ],
)
def test_the_check_says_what_is_wrong_with_a_line(tmp_path: Path, line: str, problem: str) -> None:
    (found,) = problems(made(tmp_path, f"synonyms: en\nmean the same:\n{line}\n"))
    assert problem in found
    assert "synonyms/own.yaml:3" in found


def made(folder: Path, page: str) -> Path:
    pack = new(
        folder / "shop",
        "Shop",
        languages=["en"],
        country="ES",
        time_zone="",
        currency="",
        mail_address="",
        base="retail",
    )
    (pack / "synonyms").mkdir()
    (pack / "synonyms" / "own.yaml").write_text(page, encoding="utf-8")
    return pack


def problems(folder: Path) -> list[str]:
    return [str(one) for one in check(folder) if "synonyms" in one.place.file]
