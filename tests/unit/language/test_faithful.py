"""A wording says the same as its phrase, or it is turned away."""

from __future__ import annotations

import pytest

from courtesy.language.faithful import differences

REFUND = "Your refund of {amount} is on its way. It takes 3 to 5 days.\n\nIs there anything else I can do for you?"

SAME = [
    (REFUND, "Thank you for waiting. " + REFUND, "en"),
    (REFUND, REFUND.replace("3 to 5", "three to five").replace("anything", "something"), "en"),
    (
        "What is the order number? It begins with TF.",
        "Could you please tell me your order number? It starts with TF.",
        "en",
    ),
    ("I cannot find an order with this number.", "I am sorry, I can't find an order with that number.", "en"),
    ("¿Cuál es el número de pedido?", "¡Hola! ¿Me puede decir cuál es su número de pedido, por favor?", "es"),
    ("请告诉我订单号。它以TF开头。", "您好，请您告诉我订单号，谢谢。它以TF开头。", "zh"),
]


@pytest.mark.parametrize(("phrase", "wording", "language"), SAME)
def test_other_words_of_the_same_meaning_pass(phrase, wording, language):
    assert differences(phrase, wording, language) == ()


@pytest.mark.parametrize(
    "wording",
    [
        REFUND.replace("{amount}", ""),
        REFUND.replace("{amount}", "{amount} {amount}"),
        REFUND.replace("{amount}", "20 EUR"),
        REFUND.replace("{amount}", "{order}"),
        REFUND.replace("3 to 5", "5 to 3"),
        REFUND.replace("3 to 5", "3"),
        REFUND.replace("3 to 5", "three to fifty"),
        REFUND.replace("3 to 5", "३ to 8"),
        REFUND.replace("is on", "is not on"),
        REFUND.replace("is on its way", "was paid"),
        REFUND.replace("It takes", "It only takes"),
        REFUND.replace("It takes", "It may take"),
        REFUND.replace("refund", "voucher"),
        REFUND.replace("can do", "cannot do"),
        REFUND.replace("?", "."),
        REFUND.replace("\n\n", " "),
        REFUND + " You get a gift.",
        REFUND + " We promise.",
        REFUND + " See example.com.",
        REFUND + " Write to me@example.org.",
        REFUND + " Tom Byrne asked.",
        REFUND + " By tomorrow.",
        REFUND + " It is done.",
        REFUND + " ✅",
        REFUND + " <b>",
        REFUND + " €",
        REFUND + " ½",
        REFUND + " 二十",
        REFUND + " Thank you." * 60,
        "Thank you.",
        "",
    ],
)
def test_what_adds_loses_or_moves_anything_does_not(wording):
    assert differences(REFUND, wording, "en")


@pytest.mark.parametrize(
    ("phrase", "wording", "language"),
    [
        ("Cuando quiera, diga «sigamos» y seguimos.", "Cuando quiera, diga y seguimos.", "es"),
        ("No puedo cancelar el pedido {order}.", "Puedo cancelar el pedido {order}.", "es"),
        ("No puedo cancelar el pedido {order}.", "No puedo cancelar el pedido {order}. Es gratis.", "es"),
        ("Llega en dos días.", "Llega en tres días.", "es"),
        ("Si lo confirma, lo cancelo.", "Lo cancelo.", "es"),
        ("订单{order}不能取消。", "订单{order}可以取消。", "zh"),
        ("订单{order}不能取消。", "订单{order}不能取消。今天退款给您。", "zh"),
        ("三天内送达。", "两天内送达。", "zh"),
        ("We did not refund {one}. We cancelled {two}.", "We did not cancel {one}. We refunded {two}.", "en"),
        ("If it is damaged, we replace it.", "It is damaged, we replace it.", "en"),
    ],
)
def test_negations_conditions_figures_and_deeds_stay_in_their_places(phrase, wording, language):
    assert differences(phrase, wording, language)


def test_a_language_without_a_list_is_never_worded():
    assert differences("Hej.", "Hej hej.", "sv")


def test_a_long_row_of_signs_is_read_in_time():
    long = "a-" * 20_000
    assert differences("Hello.", long, "en")
