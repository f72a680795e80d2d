"""Feelings are told in three languages, with the words that showed them; negated and calm ones are left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from courtesy.config.measuring.feelings import Said, area, measure
from courtesy.language.feelings import feel
from courtesy.language.text import hear
from courtesy.language.understanding import Feelings

LANGUAGES = ("en", "es", "zh")
# Written apart from the lexicons: none of its sentences stands there.
HELD_OUT = [
    Said(row["text"], frozenset(name for name in row["feeling"].split("+") if name != "calm"), row["lang"])
    for row in csv.DictReader((Path(__file__).parent / "felt.csv").open(encoding="utf-8"))
]


def felt(text: str, language: str = "en") -> Feelings:
    return feel(hear(text), LANGUAGES, language)


def test_feelings_are_told_in_sentences_that_the_lexicons_do_not_have() -> None:
    figures = measure(HELD_OUT, LANGUAGES)
    assert figures["macro_auroc"] >= 0.93
    assert figures["macro_f1"] >= 0.8
    assert figures["calm_left_calm"] >= 0.95


def test_no_held_out_sentence_is_learned_from() -> None:
    lexicons = Path(__file__).parents[3] / "courtesy/language/lexicons/feelings"
    written = {line.strip() for page in lexicons.glob("*.txt") for line in page.read_text("utf-8").splitlines()}
    assert len(written) > 900
    assert [row.text for row in HELD_OUT if row.text in written] == []


@pytest.mark.parametrize(
    ("text", "language", "name", "words"),
    [
        ("I'm sick of this, my lawyer will write to you", "en", "legal", "lawyer"),
        ("Esto es una vergüenza de empresa", "es", "anger", "verguenza de"),
        ("再不处理我就去消协", "zh", "legal", "消协"),
        ("there is a smell of gas in my tent", "en", "danger", "smell of gas"),
        ("no quiero vivir más", "es", "self-harm", "no quiero vivir"),
        ("我有赌瘾", "zh", "gambling", "赌瘾"),
    ],
)
def test_the_words_that_showed_it_are_given(text: str, language: str, name: str, words: str) -> None:
    feelings = felt(text, language)
    assert getattr(feelings, name.replace("-", "_")) >= 0.5
    assert feelings.evidence[name] == words


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("I am not angry at all", "en", "anger"),
        ("this is not urgent", "en", "urgency"),
        ("no estoy enfadada, de verdad", "es", "anger"),
        ("no es urgente", "es", "urgency"),
        ("我没有生气", "zh", "anger"),
        ("不着急", "zh", "urgency"),
        ("nobody was injured, luckily", "en", "anger"),
    ],
)
def test_what_is_denied_is_not_felt(text: str, language: str, name: str) -> None:
    assert getattr(felt(text, language), name) < 0.5


def test_self_harm_is_a_danger_to_life() -> None:
    assert felt("I want to kill myself").danger >= 0.9


def test_likeness_alone_raises_no_alarm() -> None:
    for text in ("I need to wake up at eight tomorrow", "my automatic billing, I want it gone"):
        assert felt(text).danger < 0.6


def test_shouting_and_exclamations_add_to_anger() -> None:
    assert felt("WHERE IS MY ORDER, ANSWER ME!!!").anger > felt("where is my order, answer me").anger


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area([0.9, 0.5], [0.5, 0.1]) == 0.875
    assert area([], [0.1]) is None
