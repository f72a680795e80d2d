"""Finding the passage that answers a question, in the customer's language, valid today, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from courtesy.knowledge.finding import find, find_several
from courtesy.pack.model import Pack

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "question", "article"),
    [
        ("en", "How long does the delivery take?", "delivery/delivery-times"),
        ("en", "how many days until my parcel arrives", "delivery/delivery-times"),
        ("en", "how do I change the battery?", "care/batteries"),
        ("en", "can you gift wrap it", "shop/gift-wrapping"),
        ("es", "¿Cuánto tarda el envío?", "delivery/delivery-times"),
        ("es", "como cambio la bateria de la lampara", "care/batteries"),
        ("zh", "快递几天到？", "delivery/delivery-times"),
        ("zh", "怎么更换电池", "care/batteries"),
    ],
)
def test_a_question_finds_the_article_that_answers_it(
    lantern: Pack, language: str, question: str, article: str
) -> None:
    found = find(lantern, question, language, at=AT)
    assert found is not None
    assert (found.article, found.language, found.translated) == (article, language, True)


@pytest.mark.parametrize(
    ("language", "known", "other"),
    [
        ("en", "how do I unsubscribe from the newsletter", "how do I unsubscribe my account"),
        ("es", "cómo me doy de baja del boletín", "cómo me doy de baja de la cuenta"),
        ("zh", "怎么取消订阅", "怎么取消订单"),
    ],
)
def test_the_same_wish_about_something_that_other_articles_speak_of_is_another_question(
    lantern: Pack, language: str, known: str, other: str
) -> None:
    found = find(lantern, known, language, at=AT)
    assert found is not None
    assert found.article == "account/newsletter"
    about_another = find(lantern, other, language, at=AT)
    assert about_another is None or about_another.article != "account/newsletter"


def test_the_answer_is_the_passage_itself_with_its_source(lantern: Pack) -> None:
    found = find(lantern, "how long does delivery take", "en", at=AT)
    assert found is not None
    assert found.text == (
        "We deliver within two to three working days in Spain. Orders placed before 14:00 leave the same day."
    )
    assert found.title == "How long delivery takes"
    assert found.url == "/help/en/delivery/delivery-times/"
    assert found.date == date(2026, 1, 1)
    assert 0.5 <= found.score <= 1


def test_a_question_about_one_section_gets_that_section(lantern: Pack) -> None:
    found = find(lantern, "where do I recycle old batteries", "en", at=AT)
    assert found is not None
    assert found.heading == "Recycling old batteries"
    assert found.url == "/help/en/care/batteries/#part-1"
    assert found.text.splitlines()[-2:] == [
        "1. Bring them to any of our stores.",
        "2. Or to a public collection point.",
    ]


def test_a_misspelt_word_is_read_as_its_neighbour(lantern: Pack) -> None:
    found = find(lantern, "how to replace the batery", "en", at=AT)
    assert found is not None
    assert found.article == "care/batteries"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "what is the capital of France"),
        ("en", "do you sell hiking boots"),
        ("en", "my battery-powered car was stolen by the neighbour"),
        ("en", ""),
        ("en", "???"),
        ("en", "how do I do it please"),
        ("es", "¿qué tiempo hará mañana?"),
        ("zh", "今天天气怎么样"),
    ],
)
def test_what_no_article_answers_gets_no_answer(lantern: Pack, language: str, question: str) -> None:
    assert find(lantern, question, language, at=AT) is None


def test_an_article_answers_only_while_it_is_valid(lantern: Pack) -> None:
    question = "do you have black friday offers"
    assert find(lantern, question, "en", at=datetime(2026, 11, 22, 20, tzinfo=UTC)) is None
    assert find(lantern, question, "en", at=datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) is not None  # the 23rd in Spain
    assert find(lantern, question, "en", at=datetime(2026, 11, 30, 22, tzinfo=UTC)) is not None
    assert find(lantern, question, "en", at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC)) is None


def test_customers_never_see_what_is_written_for_colleagues(lantern: Pack) -> None:
    question = "how much goodwill may I give"
    assert find(lantern, question, "en", at=AT) is None
    assert find_several(lantern, question, "en", at=AT, floor=0) == ()
    found = find(lantern, question, "en", audience="colleagues", at=AT)
    assert found is not None
    assert found.article == "internal/goodwill"


def test_an_article_missing_in_the_language_is_quoted_in_the_first_language_and_marked(lantern: Pack) -> None:
    found = find(lantern, "gift wrapping", "es", at=AT)
    assert found is not None
    assert (found.article, found.language, found.translated) == ("shop/gift-wrapping", "en", False)
    assert found.url == "/help/en/shop/gift-wrapping/"


def test_an_article_that_exists_in_the_language_is_not_quoted_in_another(lantern: Pack) -> None:
    assert all(one.article != "care/batteries" for one in find_several(lantern, "old battery", "es", at=AT, floor=0))


def test_a_search_lists_each_article_once_best_first(lantern: Pack) -> None:
    found = find_several(lantern, "battery lamp delivery wrapping", "en", at=AT, floor=0.05)
    assert len(found) == len({one.article for one in found}) >= 2
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_another_edition_is_searched_anew(lantern: Pack) -> None:
    assert find(lantern, "gift wrapping", "en", at=AT) is not None
    fewer = replace(lantern, articles=tuple(one for one in lantern.articles if one.id != "shop/gift-wrapping"))
    assert find(fewer, "gift wrapping", "en", at=AT) is None
    assert find(replace(lantern, articles=(), edition="empty"), "gift wrapping", "en", at=AT) is None
