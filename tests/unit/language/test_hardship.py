"""Signs of a person in difficulty are told in three languages, and are not seen where there are none."""

from __future__ import annotations

import pytest

from courtesy.language.hardship import said, signs_in
from courtesy.language.understanding import Feelings, Understanding

LANGUAGES = ("en", "es", "zh")


def signs(text: str, language: str) -> set[str]:
    return set(signs_in(Understanding(text, language, 1.0, (), ()), LANGUAGES))


@pytest.mark.parametrize(
    ("sign", "language", "text"),
    [
        ("debt", "en", "I can't pay my bills this month, I lost my job"),
        ("debt", "en", "debt collectors keep calling me"),
        ("debt", "en", "I cannot pay my insurance this month"),
        ("debt", "es", "no puedo pagar la prima, me he quedado sin trabajo"),
        ("debt", "es", "No puedo pagar las cuotas, estoy en paro"),
        ("debt", "es", "me van a embargar la casa, no sé si pagar"),
        ("debt", "zh", "我失业了，还不起分期"),
        ("bereavement", "en", "My mother passed away last week, I need to cancel her order"),
        ("bereavement", "en", "this was ordered by my late husband"),
        ("bereavement", "es", "Mi padre falleció el martes y llegó su pedido"),
        ("bereavement", "es", "ha muerto mi marido"),
        ("bereavement", "zh", "我妈妈上周去世了，想取消她的订单"),
        ("abuse", "en", "my ex must not find out my new address"),
        ("abuse", "es", "mi marido me pega y no quiero que llegue nada a casa"),
        ("abuse", "zh", "我老公家暴，不能让他知道我的地址"),
        ("discrimination", "en", "your staff refused me because I'm black"),
        ("discrimination", "es", "no me atendieron por ser gitana, es racismo"),
        ("discrimination", "zh", "你们的店员歧视我"),
        ("gambling harm", "en", "I can't stop gambling, I need this money back"),
        ("gambling harm", "es", "soy ludópata, necesito ayuda"),
        ("gambling harm", "zh", "我赌博成瘾，工资都输光了"),
        ("legal threat", "en", "I'll see you in court"),
        ("legal threat", "es", "hablaréis con mi abogado"),
        ("legal threat", "zh", "不退款就起诉你们"),
        ("threat to life", "en", "I don't want to live anymore"),
        ("threat to life", "es", "me quiero morir"),
        ("threat to life", "zh", "我不想活了"),
    ],
)
def test_a_sign_is_told_from_the_words(sign: str, language: str, text: str) -> None:
    assert sign in signs(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I can't pay with my card, the page shows an error"),
        ("en", "the battery died after two days"),
        ("en", "the zip is dead and my son is cold"),
        ("en", "my husband bought a jacket and wants to return it"),
        ("en", "can I pay this in instalments?"),
        ("en", "you discounted it, why not mine"),
        ("en", "which colour is this, black or grey?"),
        ("en", "my daughter lost the invoice"),
        ("es", "no puedo pagar con tarjeta en la web"),
        ("es", "la pila murió a los dos días"),
        ("es", "mi marido quiere devolver las botas"),
        ("es", "busco un regalo para mi padre"),
        ("zh", "我妈妈走路用的登山杖断了"),
        ("zh", "付款页面打不开"),
        ("zh", "帮我老公退一双鞋"),
    ],
)
def test_ordinary_talk_shows_no_sign(language: str, text: str) -> None:
    assert signs(text, language) == set()


def test_what_was_felt_counts_from_the_line_on() -> None:
    felt = Understanding("…", "en", 1.0, (), (), Feelings(danger=0.7, gambling=0.5))
    assert set(signs_in(felt, LANGUAGES)) == {"threat to life"}


def test_a_denial_is_no_accusation() -> None:
    assert signs("I am not saying you are racist", "en") == set()


def test_a_companys_own_sentence_is_found_however_it_is_written() -> None:
    assert said("Hello, I NEED a carer’s card please", ["a carer's card"]) == "a carer's card"
    assert said("nothing of the kind", ["a carer's card"]) == ""
