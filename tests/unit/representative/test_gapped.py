"""What a language model is shown of a reply: the phrases with their gaps open, and nothing that stands in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from courtesy.foundation.money import Money
from courtesy.pack.model import Pack
from courtesy.pack.reading import read
from courtesy.representative.values import Saying
from courtesy.representative.wording import gapped, word

SAMPLE = Path(__file__).resolve().parents[3] / "packs" / "tarnfell"
FIELD = re.compile(r"\{([^{}\n]{1,60})\}")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read(SAMPLE)


def test_filled_again_every_phrase_of_the_sample_company_is_what_it_would_have_been(pack: Pack) -> None:
    assert len(pack.phrases) > 300
    for (language, name), phrase in pack.phrases.items():
        fields = {field: f"⟪{number}⟫" for number, field in enumerate(FIELD.findall(phrase.text))}
        sayings = [Saying(name, fields), Saying("", {"text": "Ana Ruiz, TF-10003"})]
        open_ = gapped(sayings, pack, language)
        assert open_.filled(open_.phrase) == word(sayings, pack, language)
        assert "⟪" not in open_.phrase
        assert "Ana" not in open_.phrase


def test_one_name_with_two_values_becomes_two_gaps(pack: Pack) -> None:
    sayings = [Saying("", {"text": "first"}), Saying("", {"text": "second"}), Saying("", {"text": "first"})]
    open_ = gapped(sayings, pack, "en")
    assert open_.phrase == "{text}\n\n{text 2}"
    assert open_.filled(open_.phrase) == word(sayings, pack, "en") == "first\n\nsecond"


def test_what_looks_like_a_gap_in_a_value_stays_as_it_is(pack: Pack) -> None:
    sayings = [Saying("", {"text": "{amount}"})]
    open_ = gapped(sayings, pack, "en")
    assert open_.filled(open_.phrase) == "{amount}"


def test_amounts_are_written_as_in_the_language_and_never_shown(pack: Pack) -> None:
    sayings = [Saying("", {"text": Money.parse("12.50 EUR")})]
    assert gapped(sayings, pack, "es").values == {"text": "12,50\xa0€"}
    assert gapped(sayings, pack, "es").phrase == "{text}"
