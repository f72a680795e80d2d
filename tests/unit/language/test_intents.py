"""Learning what is wanted: with an encoder, without one, and when one breaks; what is kept reads the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtesy.language.encoder import EncoderOf
from courtesy.language.encoders.choosing import chosen
from courtesy.language.intents import NONE, IntentModel, train
from tests.unit.language.company import EXAMPLES
from tests.unit.language.encoders import OfLetters, needs_encoder

ASKED = (
    ("en", "I'd like to send my boots back"),
    ("en", "has my parcel left the warehouse?"),
    ("es", "quiero devolver la tienda"),
    ("zh", "我想退货"),
    ("fr", "where is my order"),
)


def encoders_of(encoder: OfLetters | None) -> EncoderOf:
    return lambda language: encoder if encoder is not None and language == "en" else None


@pytest.mark.parametrize("with_encoder", [False, True])
def test_probabilities_sum_to_one_and_what_is_kept_reads_the_same(tmp_path: Path, with_encoder: bool) -> None:
    encoders = encoders_of(OfLetters() if with_encoder else None)
    model = train(EXAMPLES, encoders=encoders)
    assert model.encoder_of("en") == ("letters-1" if with_encoder else "")
    assert model.encoder_of("es") == ""
    model.save(tmp_path / "kept.npz")
    again = IntentModel.load(tmp_path / "kept.npz", encoders)
    for language, text in ASKED:
        ranked, example = model.read_with_example(text, language)
        assert sum(chance for _, chance in ranked) == pytest.approx(1, abs=1e-5)
        reread, same = again.read_with_example(text, language)
        assert same == example
        assert dict(reread) == pytest.approx(dict(ranked), abs=0.01)
    assert again.promise("en", 0.05) == model.promise("en", 0.05)


def test_an_encoder_that_breaks_leaves_the_words_to_serve() -> None:
    encoder = OfLetters()
    model = train(EXAMPLES, encoders=encoders_of(encoder))
    encoder.broken = True
    of_words = train(EXAMPLES)
    for language, text in ASKED:
        assert model.read(text, language) == of_words.read(text, language)


def test_an_encoder_that_breaks_while_learning_leaves_the_words_to_serve() -> None:
    encoder = OfLetters()
    encoder.broken = True
    model = train(EXAMPLES, encoders=encoders_of(encoder))
    assert model.encoder_of("en") == ""
    assert model.read("where is my order", "en") == train(EXAMPLES).read("where is my order", "en")


def test_another_encoder_than_the_one_learned_with_is_not_used(tmp_path: Path) -> None:
    train(EXAMPLES, encoders=encoders_of(OfLetters())).save(tmp_path / "kept.npz")
    changed = OfLetters()
    changed.id = "letters-2"
    model = IntentModel.load(tmp_path / "kept.npz", encoders_of(changed))
    assert model.read("where is my order", "en") == train(EXAMPLES).read("where is my order", "en")


@pytest.mark.parametrize("setting", ["none", pytest.param("builtin", marks=needs_encoder)])
def test_what_the_company_does_is_told_from_what_it_does_not(setting: str) -> None:
    model = train(EXAMPLES, encoders=chosen(setting))
    assert model.read("i would like to send back the boots i bought", "en")[0][0] == "return"
    far = ("tell me a joke about penguins", "play some jazz music", "how tall is the eiffel tower")
    near = ("what is the capital of Australia", "my neighbour's cat is ill")  # words alone take these for wishes
    for text in far if setting == "none" else (*far, *near):
        assert model.read(text, "en")[0][0] == NONE


@needs_encoder
def test_other_words_for_the_same_are_understood_by_meaning() -> None:
    model = train(EXAMPLES, encoders=chosen("builtin"))
    assert model.read("has the package shipped yet", "en")[0][0] != NONE


def test_one_example_alone_is_enough_to_start() -> None:
    model = train({"en": [("where is my order", "order status")]}, background=False)
    assert {label for label, _ in model.read("where is my order", "en")} == {"order status", NONE}
    assert train({}).read("anything", "en") == [(NONE, 1.0)]
