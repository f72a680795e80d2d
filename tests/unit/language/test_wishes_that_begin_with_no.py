"""A company's own example sentence that begins with a no is a wish where nothing was asked, else an answer."""

from __future__ import annotations

from functools import lru_cache

from courtesy.language.intents import IntentModel, train
from courtesy.language.reading import understand
from courtesy.language.understanding import Choice, Context, Question

SAYINGS = {
    "es": [
        *((text, "sign in") for text in ("no puedo entrar", "he olvidado mi contraseña", "mi cuenta está bloqueada")),
        *((text, "refund") for text in ("quiero un reembolso", "devolvedme el último pago", "recuperar mi dinero")),
    ],
    "zh": [
        *((text, "sign in") for text in ("我登录不了", "忘记密码了", "我的账户被锁了")),
        *((text, "key") for text in ("不小心把密钥公开了", "我们的密钥泄露了", "马上撤销密钥")),
    ],
}


@lru_cache(maxsize=1)
def model() -> IntentModel:
    return train(SAYINGS)


def wishes(text: str, language: str, question: Question | None = None) -> list[str]:
    heard = understand(text, Context(languages=("es", "zh"), language=language, question=question), model())
    return [move.target for move in heard.moves if move.kind == "wants"]


def test_a_wish_that_begins_with_no_is_heard() -> None:
    assert wishes("No puedo entrar!", "es") == ["sign in"]
    assert wishes("不小心把密钥公开了", "zh") == ["key"]


def test_the_same_words_answer_what_was_asked() -> None:
    asked = Question("refund", "confirm", (Choice("yes", "sí"), Choice("no", "no")))
    assert wishes("no puedo entrar", "es", asked) == []


def test_a_plain_no_is_no_wish() -> None:
    assert wishes("no", "es") == [] == wishes("不用了", "zh")


def test_by_accident_is_no_refusal() -> None:
    heard = understand("不小心点错了", Context(languages=("es", "zh"), language="zh"), model())
    assert heard.first("declines") is None
