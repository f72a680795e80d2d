"""Matching what was said against what is offered."""

from __future__ import annotations

import pytest

from courtesy.language.understanding import Choice
from courtesy.representative import matching

ITEMS = (
    Choice("1", "Laredo Rain Jacket (M, blue)", ("chaqueta de lluvia", "冲锋衣")),
    Choice("2", "Anboto Hiking Boots (39, brown)", ("botas de montaña", "登山靴")),
    Choice("3", "Chispa Gas Stove", ("hornillo de gas", "炉头")),
)
OUTCOMES = (
    Choice("refund", "refund", ("money back", "my money", "reembolso", "退款")),
    Choice("exchange", "exchange", ("swap it", "cambio", "换货")),
)


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("the jacket and the stove", ["1", "3"]),
        ("The stove arrived damaged", ["3"]),
        ("everything except the boots", ["1", "3"]),
        ("the stove, not the jacket", ["3"]),
        ("both the boots and the jacket", ["2", "1"]),
        ("las botas", ["2"]),
        ("la chaqueta y el hornillo", ["1", "3"]),
        ("我要退登山靴和炉头", ["2", "3"]),
        ("all of them", ["1", "2", "3"]),
        ("the brown ones", ["2"]),
        ("something else entirely", []),
        ("", []),
    ],
)
def test_items_are_found_by_the_words_that_set_them_apart(said: str, lines: list[str]) -> None:
    chosen, unclear = matching.several_by_hint(said, ITEMS)
    assert sorted(choice.value for choice in chosen) == sorted(lines)
    assert unclear == []


def test_two_items_with_the_same_words_are_unclear_rather_than_guessed() -> None:
    twins = (Choice("1", "Ulia Fleece (M, grey)"), Choice("2", "Ulia Fleece (L, grey)"), Choice("3", "Gas Stove"))
    chosen, unclear = matching.several_by_hint("the fleece", twins)
    assert chosen == []
    assert [choice.value for choice in unclear] == ["1", "2"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("I don't want a refund, I want an exchange", ["exchange"]),
        ("money back please", ["refund"]),
        ("not a swap but my money back", ["refund"]),
        ("no quiero reembolso, prefiero un cambio", ["exchange"]),
        ("不要退款，换货", ["exchange"]),
        ("refunded items are nice", []),
    ],
)
def test_a_negated_choice_is_not_chosen(said: str, wanted: list[str]) -> None:
    assert [choice.value for choice in matching.by_phrase(said, OUTCOMES)] == wanted


@pytest.mark.parametrize("mark", ["'", "’", "‘", "`", "´", "ʼ", "′", "＇", ""])
@pytest.mark.parametrize("label", ["don't fit", "don’t fit", "dont fit"])
def test_an_apostrophe_is_found_in_every_form_and_where_it_was_left_out(mark: str, label: str) -> None:
    fits = Choice("does not fit", "It does not fit", ("doesn't fit", label))
    assert matching.by_phrase(f"exchange the boots, they don{mark}t fit", (fits,)) == [fits]
    assert matching.by_phrase(f"they doesn{mark}t fit", (fits,)) == [fits]
    assert matching.by_phrase(f"I don{mark}t want a refund", OUTCOMES) == []
    assert matching.contains(f"the women{mark}s jacket", "women's jacket")


def test_words_in_quotation_marks_are_words() -> None:
    assert [choice.value for choice in matching.by_phrase("I said 'refund'", OUTCOMES)] == ["refund"]


def test_the_part_about_an_item_ends_where_another_item_is_spoken_of() -> None:
    said = "I return the jacket, it is too small, and the stove, it arrived damaged"
    assert "too small" in matching.part_about(said, ITEMS[0], ITEMS)
    assert "damaged" not in matching.part_about(said, ITEMS[0], ITEMS)
    assert "damaged" in matching.part_about(said, ITEMS[2], ITEMS)


def test_accents_case_and_plural_do_not_matter() -> None:
    assert matching.contains("Quiero una CHAQUETA azul", "chaqueta")
    assert matching.by_hint("the boot", ITEMS)[0].value == "2"
    assert not matching.contains("scarf", "car")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("I want to return two things from my order", 2),
        ("quiero devolver tres artículos", 3),
        ("我要退两件商品", 2),
        ("two of them are broken", 2),
        ("the two-person tent", 0),
        ("the boots", 0),
    ],
)
def test_things_are_counted_when_they_are_spoken_of_as_things(said: str, count: int) -> None:
    assert matching.things_counted(said) == count


@pytest.mark.parametrize("said", ["where is my other order?", "¿y mi otro pedido?", "我的另一个订单呢"])
def test_the_other_order_is_another_than_the_one_in_view(said: str) -> None:
    assert matching.says_other_order(said)
    assert not matching.says_other_order(said.replace("other", "").replace("otro", "").replace("另一个", ""))


def test_a_small_letter_alone_is_a_size_only_where_one_is_spoken_of() -> None:
    jackets = (Choice("a", "Jacket (M, blue)"), Choice("b", "Jacket (L, red)"))
    assert matching.by_hint("q m kedan muy pequeños", jackets) == []
    assert [one.value for one in matching.by_hint("la chaqueta de la talla m por favor", jackets)] == ["a"]
    assert [one.value for one in matching.by_hint("I would like the M instead of it", jackets)] == ["a"]
    assert [one.value for one in matching.by_hint("m", jackets)] == ["a"]


def test_words_that_every_question_has_choose_nothing() -> None:
    means = (Choice("original", "Original payment", ("how I paid", "same way")), Choice("gift", "Gift card"))
    assert matching.by_hint("how do I wash a down jacket", means) == []
    assert [one.value for one in matching.by_hint("the way it was paid", means)] == ["original"]
