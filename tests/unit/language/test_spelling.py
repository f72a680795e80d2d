"""Slips of the keyboard: mended towards what was most likely meant, and left alone where nothing is like it."""

from __future__ import annotations

import pytest

from courtesy.language import spelling
from courtesy.language.spelling import Speller, effort, mend, mend_with
from tests.unit.language.company import model
from tests.unit.language.encoders import needs_encoder

OWN = {"refund": -3.0, "order": -2.5, "return": -3.0, "my order": -3.0, "my": -2.0, "boots": -4.0}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("my ordeer", "my order"),
        ("my odrer, plase", "my order, plase"),
        ("refumd", "refund"),
        ("Refudn!", "refund!"),
        ("order", "order"),
        ("zqxv", "zqxv"),
        ("订单 ordr", "订单 order"),
        ("", ""),
    ],
)
def test_words_near_an_example_are_read_as_it(typed: str, meant: str) -> None:
    assert Speller(OWN, {}).mend(typed) == meant


def test_a_word_of_the_language_is_no_slip() -> None:
    assert Speller(OWN, {}).mend("border") == "order"
    assert Speller(OWN, {"border": -7.0}).mend("border") == "border"


def test_the_word_beside_it_decides_between_two() -> None:
    own = {"late": -5.0, "lace": -5.0, "parcel late": -5.0, "parcel": -4.0, "shoe": -4.0, "shoe lace": -5.0}
    speller = Speller(own, {"a": -2.0})
    assert speller.mend("parcel labe") == "parcel late"
    assert speller.mend("shoe labe") == "shoe lace"


@pytest.mark.parametrize("language", ["en", "es", "zh", "fr"])
def test_what_was_typed_right_stays(language: str) -> None:
    text = "I want to return the boots"
    assert mend(text, "en", model()) == text
    assert mend("🦊 \u202e" * 100, language, model()) == "🦊 \u202e" * 100


@needs_encoder
def test_usual_english_that_no_example_has_stays() -> None:
    text = "the weather was lovely and the mountains were quiet"
    assert mend(text, "en", model()) == text


KNOWN = frozenset(["boots", "botas", "them", "november", "jacket", "order", "este", "cuatro", "talla"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "they remember the boots"),
        ("en", "those were then there"),
        ("es", "esta tarde, estoy en el cuarto con tal falta"),
    ],
)
@pytest.mark.parametrize("set_up", [True, False])
def test_common_words_are_no_slips(language: str, said: str, set_up: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not set_up:
        monkeypatch.setattr(spelling, "general_words", dict)
    assert mend_with(said, KNOWN, language) == said


def test_a_swapped_letter_is_likelier_than_a_strange_one() -> None:
    assert mend_with("the botos dont fit", KNOWN, "en") == "the boots dont fit"
    assert mend_with("the bxots, a jaxket", KNOWN, "en") == "the boots, a jacket"
    assert mend_with("lawe", frozenset({"late", "lace"}), "de") == "lawe"  # as likely either way


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("petsonaa", "persona"),  # a key beside and a letter doubled
        ("bbilba", "bilbao"),
        ("suw", "sue"),  # of three letters, only swaps, doubles and the key beside
        ("找不不到", "找不到"),
        ("谢谢", "谢谢"),
        ("xqsona", "xqsona"),
    ],
)
def test_what_fingers_make_of_a_word_is_mended(typed: str, meant: str) -> None:
    known = frozenset({"persona", "personas", "bilbao", "sue", "谢谢"})
    assert mend_with(typed, known) == meant


def test_effort_weighs_the_usual_slips_less() -> None:
    assert effort("boots", "boots") == 0
    assert effort("boost", "boots") < effort("boxts", "boots")
    assert effort("booots", "boots") < effort("boqots", "boots")
    assert effort("oots", "boots") > effort("boos", "boots")
