"""Terms of a search: words in all their forms, every script, and the places that are marked."""

from __future__ import annotations

import pytest

from courtesy.language.search_terms import marked, terms, wanted


def fits(text: str, words: str, language: str = "en") -> bool:
    has = terms(text, language)
    return all(
        any(any(t.startswith(one[:-1]) for t in has) if one.endswith("*") else one in has for one in group)
        for group in wanted(words)
    )


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [
        ("The tents are wet", "tent", "en"),
        ("One tent is wet", "TENTS", "en"),
        ("¿Dónde están mis pedidos?", "pedido", "es"),
        ("Mi devolución no llegó", "devolucion llego", "es"),
        ("我想退货，上周的订单", "退货 订单", "zh"),
        ("我要申請退貨", "退货", "zh"),
        ("返品したいです", "返品", "ja"),
        ("주문을 취소하고 싶어요", "취소", "ko"),
        ("Where is TF-10001?", "tf-10001", "en"),
        ("write to ana.ruiz@example.com", "ana.ruiz@example.com", "en"),
        ("Straße und Größe", "strasse grosse", "de"),
        ("lavender", "lav*", "en"),
    ],
)
def test_a_text_is_found_by_its_words_in_every_script(text: str, words: str, language: str) -> None:
    assert fits(text, words, language)


@pytest.mark.parametrize(("text", "words"), [("a tent", "tent stove"), ("attention", "tent"), ("我想退货", "货退")])
def test_what_was_not_written_is_not_found(text: str, words: str) -> None:
    assert not fits(text, words)


@pytest.mark.parametrize(
    ("text", "words", "seen"),
    [
        ("My tents, your tent", "tent", ["tents", "tent"]),
        ("我想退货，谢谢", "退货", ["退货"]),
        ("La devolución llegó", "devoluciones", ["devolución"]),
        ("lavender soap", "lav*", ["lavender"]),
        ("nothing here", "tent", []),
    ],
)
def test_the_words_that_were_found_are_marked_as_they_stand(text: str, words: str, seen: list[str]) -> None:
    assert [text[start:end] for start, end in marked(text, words)] == seen
