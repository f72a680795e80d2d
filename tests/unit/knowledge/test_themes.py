"""Questions about one thing are gathered, whatever their order and number, and named by what tells them apart."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from courtesy.knowledge.models import KnowledgeGap
from courtesy.knowledge.themes import gathered, name_of

RENTAL = ["do you rent tents", "can I rent a tent for a week", "renting a tent, what does it cost", "tent rental"]
DOGS = ["are dogs allowed in the store", "can my dog come into the store", "dogs in your store"]
SINGLE = ["who founded the company"]
CHINESE = ["可以租帐篷吗", "租帐篷多少钱", "店里可以带狗吗", "能带狗进店吗"]
_numbers = count(1)


def gap(text: str, language: str = "en") -> Any:
    return KnowledgeGap(pk=next(_numbers), text=text, language=language)


def groups(texts: list[str], language: str = "en") -> list[set[str]]:
    return [{one.text for one in group} for group in gathered([gap(text, language) for text in texts], language)]


def test_questions_about_one_thing_come_together() -> None:
    mixed = [RENTAL[0], DOGS[0], SINGLE[0], *DOGS[1:], *RENTAL[1:]]
    assert groups(mixed) == [set(RENTAL), set(DOGS), set(SINGLE)]


def test_the_same_questions_give_the_same_groups() -> None:
    assert groups(RENTAL + DOGS + SINGLE) == groups(RENTAL + DOGS + SINGLE)


def test_chinese_is_gathered_too() -> None:
    assert groups(CHINESE, "zh") == [set(CHINESE[:2]), set(CHINESE[2:])]


@pytest.mark.parametrize(
    ("texts", "language", "words"),
    [(RENTAL, "en", ("rent", "tent")), (DOGS, "en", ("dogs", "store")), (CHINESE[:2], "zh", ("帐篷",))],
)
def test_a_group_is_named_by_its_most_telling_words(texts: list[str], language: str, words: tuple[str, ...]) -> None:
    name = name_of(texts, [*RENTAL, *DOGS, *SINGLE] if language == "en" else CHINESE, language)
    assert all(word in name for word in words), name
    assert "[" not in name


def test_nothing_is_gathered_from_nothing() -> None:
    assert gathered([], "en") == []
    assert groups(["???"]) == [{"???"}]
