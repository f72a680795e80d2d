"""The language of short texts is told; what cannot be told keeps the conversation's; other languages are recognised."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from courtesy.config.measuring.languages import Told, measure
from courtesy.language.detection import detect

COMPANY = ("en", "es", "zh")
TEXTS = [
    Told(row["text"], row["lang"])
    for row in csv.DictReader((Path(__file__).parent / "short_texts.csv").open(encoding="utf-8"))
]


def test_short_texts_in_fourteen_languages_are_told_apart() -> None:
    figures = measure(TEXTS, tuple(sorted({row.language for row in TEXTS})))
    assert len(TEXTS) == 140
    assert figures["accuracy_up_to_10_words"] >= 0.97
    assert min(figures["languages"].values()) >= 0.9


def test_languages_nobody_here_speaks_are_recognised_and_own_ones_never_turned_away() -> None:
    figures = measure(TEXTS, COMPANY)
    assert figures["wrongly_said_to_be_none"] == 0
    assert figures["other_languages_recognised"] >= 0.9


@pytest.mark.parametrize("text", ["", "12345", "ok", "TF-10042", "?", "👍", "Calcium"])
def test_what_cannot_be_told_keeps_the_conversations_language(text: str) -> None:
    assert detect(text, COMPANY, "es")[0] == "es"
    assert detect(text, COMPANY, "es")[2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hola, where is my order please, it was due yesterday", "en"),
        ("mi order no ha llegado y quiero un refund", "es"),
        ("我的 order TF-10042 还没到", "zh"),
        ("请寄到 Calle Mayor 5, 28013 Madrid", "zh"),
        ("please send it to 北京市朝阳区建国路8号", "en"),
    ],
)
def test_a_mixed_message_has_the_language_it_is_built_in(text: str, language: str) -> None:
    assert detect(text, COMPANY)[0] == language


def test_the_customer_may_change_language_in_mid_conversation() -> None:
    assert detect("perdona, ¿podemos hablar en español?", COMPANY, "en")[0] == "es"
    assert detect("sorry, I meant the other tent", COMPANY, "es")[0] == "en"
    assert detect("no", COMPANY, "es")[0] == "es"
