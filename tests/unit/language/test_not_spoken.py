"""Words for customers whose language is not spoken: there for every language that is told apart."""

from __future__ import annotations

import pytest

from courtesy.language.detection import OTHERS, detect
from courtesy.language.not_spoken import in_their_words

BY_SCRIPT = ("ja", "ko", "th", "el", "he", "ar", "fa", "hi", "bn", "zh")


@pytest.mark.parametrize("language", [*OTHERS, *BY_SCRIPT])
def test_each_language_is_told_in_words_that_are_its_own(language: str) -> None:
    words = in_their_words(language)
    assert words is not None
    assert words.says(["English", "español"]).count("English, español") == 1
    assert words.passed_on
    assert "{" not in words.passed_on
    others = tuple(one for one in ("en", "sw") if one != language)
    assert detect(f"{words.says(['Esperanto'])} {words.passed_on}", others)[0] == language


def test_a_language_that_nobody_wrote_words_for_has_none() -> None:
    assert in_their_words("eo") is None
    assert in_their_words("pt-BR") == in_their_words("pt")
