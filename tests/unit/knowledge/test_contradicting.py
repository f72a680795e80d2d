"""Articles that say different things about one matter are found; those that only sound alike are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from courtesy.knowledge.contradicting import Contradiction, contradictions
from courtesy.knowledge.finding import analyser_of, conflict_of, find
from courtesy.pack.model import Article, Pack, Place
from courtesy.pack.reading import SHIPPED, read

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def tarnfell() -> Pack:
    return read(SHIPPED / "tarnfell")


def article(
    title: str, body: str, language: str = "en", since: date | None = date(2026, 6, 1), id: str = ""
) -> Article:
    id = id or f"more/{title.casefold().replace(' ', '-')}"
    return Article(id, language, title, "customers", "Returns", since, None, (), body, Place("tarnfell/x.md", 1))


def among(pack: Pack, language: str, *more: Article) -> tuple[Contradiction, ...]:
    own = [one for one in pack.articles if one.language == language]
    return contradictions([*own, *more], language, analyser_of(pack, language))


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_sample_company_does_not_contradict_itself(tarnfell: Pack, language: str) -> None:
    assert among(tarnfell, language) == ()


@pytest.mark.parametrize(
    ("language", "title", "body", "against"),
    [
        ("en", "Return conditions", "Goods must be unused and come back within 30 days of delivery.", "returns/"),
        ("en", "Delivery charges", "Standard delivery within Spain costs 6.50 €.", "delivery/shipping-cost"),
        (
            "es",
            "Condiciones de devolución",
            "Los artículos deben volver sin usar en los 30 días siguientes a la entrega.",
            "returns/",
        ),
        ("zh", "退货须知", "商品须未经使用，并在签收后30天内退回。", "returns/"),
    ],
)
def test_a_page_that_says_otherwise_is_found(
    tarnfell: Pack, language: str, title: str, body: str, against: str
) -> None:
    found = among(tarnfell, language, article(title, body, language))
    assert found, [one.title for one in tarnfell.articles if one.id.startswith(against)]
    assert all(one.newer.section.article.title == title for one in found)
    assert any(one.older.section.article.id.startswith(against) for one in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Returns of shoes take 14 days.", "Repairs of shoes take 21 days."),
        ("The parcel arrives within 2 business days.", "We answer within 20 business days."),
        ("A large parcel costs 9.90 € within Spain.", "A small parcel costs 4.90 € within Spain."),
        ("You can pay by card.", "No, you cannot pay in instalments."),
        ("Jackets come in 4 colours.", "Jackets come in 4 colours and 5 sizes."),
    ],
)
def test_what_only_sounds_alike_is_no_contradiction(first: str, second: str) -> None:
    pair = [article("One matter", first), article("Another thing", second)]
    found = contradictions(pair, "en", analyser_of(read(SHIPPED / "tarnfell"), "en"))
    assert found == ()


def test_what_one_page_says_and_another_denies_contradicts() -> None:
    pair = [
        article("Delivery to the islands", "We deliver parcels to Ceuta and Melilla."),
        article("Islands", "We do not deliver parcels to Ceuta and Melilla.", since=date(2026, 7, 1)),
    ]
    assert len(contradictions(pair, "en", analyser_of(read(SHIPPED / "tarnfell"), "en"))) == 1


def test_yes_and_no_to_one_question_contradict() -> None:
    pair = [
        article(
            "Gift wrapping", "We wrap it.\n\n## Can I have a gift wrapped?\n\nYes, for 3 €.", since=date(2025, 1, 1)
        ),
        article("Presents", "All about it.\n\n## Can I have a gift wrapped?\n\nNo, sadly not.", since=date(2026, 1, 1)),
    ]
    (found,) = contradictions(pair, "en", analyser_of(read(SHIPPED / "tarnfell"), "en"))
    assert (found.older.section.article.title, found.newer.section.article.title) == ("Gift wrapping", "Presents")
    assert found.is_dated


QUESTION = "how do I send something back"


@pytest.mark.parametrize("since", [date(2026, 6, 1), date(2025, 6, 1)])
def test_the_newer_passage_answers_and_the_other_side_is_told(tarnfell: Pack, since: date) -> None:
    other = article(
        "How to send goods back", "Goods must be unused and come back within 30 days of delivery.", since=since
    )
    pack = replace(tarnfell, articles=(*tarnfell.articles, other), edition=f"with {since}")
    passage = find(pack, QUESTION, "en", at=AT)
    assert passage is not None
    assert ("30 days" in passage.text) == (since.year == 2026)
    told = conflict_of(pack, passage, at=AT)
    assert told is not None
    assert "30 days" in told.older.sentence + told.newer.sentence


def test_a_page_that_is_not_yet_valid_contradicts_nobody(tarnfell: Pack) -> None:
    later = article(
        "How to send goods back",
        "Goods must be unused and come back within 30 days of delivery.",
        since=date(2027, 1, 1),
    )
    pack = replace(tarnfell, articles=(*tarnfell.articles, later), edition="with a later page")
    passage = find(pack, QUESTION, "en", at=AT)
    assert passage is not None
    assert "100 days" in passage.text
    assert conflict_of(pack, passage, at=AT) is None
