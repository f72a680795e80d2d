"""Words and meaning together find more than words alone; an encoder that fails or serves another language "
"changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from courtesy.config.measuring.retrieval import article
from courtesy.knowledge import meaning
from courtesy.knowledge.finding import find
from courtesy.knowledge.index import Index
from courtesy.knowledge.terms import terms
from courtesy.language.encoder import Vectors
from courtesy.pack.model import Pack

# What the made-up encoder knows: words of one line mean the same.
_SENSES = ("parcel package shipment delivery arrives", "money refund back reimbursed", "lamp torch light bulb")


class Senses:
    """A small encoder: one dimension for each sense, one for everything else."""

    id = "senses-1"
    dimensions = len(_SENSES) + 1
    languages: frozenset[str] | None = frozenset({"en"})

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for place, text in enumerate(texts):
            words = text.lower().replace("?", " ").replace(".", " ").split()
            for sense, known in enumerate(_SENSES):
                rows[place, sense] = sum(word in known.split() for word in words)
            rows[place, -1] = 0.1
            rows[place] /= np.linalg.norm(rows[place])
        return rows


class Broken(Senses):
    id = "broken-1"

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        raise RuntimeError("out of memory")


ARTICLES = [
    article("refunds", "Refunds", "You are reimbursed within five days.", "en"),
    article("delivery", "Delivery", "A shipment needs three days.", "en"),
    article("repairs", "Repairs", "Send the torch to our workshop.", "en"),
]


def first(index: Index, question: str) -> str:
    hits = index.hits(question, lambda _: True, 5)
    return hits[0].section.article.id if hits else ""


def test_meaning_finds_what_shares_no_word() -> None:
    assert first(Index(ARTICLES, "en"), "is my parcel lost") == ""
    assert first(Index(ARTICLES, "en", Senses()), "is my parcel lost") == "delivery"


def test_neither_words_nor_meaning_drowns_the_other() -> None:
    hit = Index(ARTICLES, "en", Senses()).hits("when am I reimbursed, my money please", lambda _: True, 1)[0]
    words = (hit.coverage + hit.likeness) / 2
    assert hit.closeness is not None
    assert hit.score == pytest.approx(0.3 * words + 0.7 * hit.closeness)


def test_a_failing_encoder_leaves_the_words() -> None:
    with_broken, without = Index(ARTICLES, "en", Broken()), Index(ARTICLES, "en")
    for question in ("refunds", "shipment", "workshop torch"):
        assert first(with_broken, question) == first(without, question) != ""
    assert with_broken.hits("refunds", lambda _: True, 1)[0].closeness is None


def test_the_search_takes_up_an_encoder_and_lets_it_go(lantern: Pack) -> None:
    assert find(lantern, "how do I return something", "en") is not None
    meaning.use(lambda language: Senses() if language == "en" else None)
    passage = find(lantern, "how long until my refund", "en")
    assert passage is None or passage.meant
    spanish = find(lantern, "cómo devuelvo algo", "es")
    assert spanish is None or not spanish.meant
    meaning.use(lambda _: None)
    again = find(lantern, "how do I return something", "en")
    assert again is not None
    assert not again.meant


class Counting(Senses):
    id = "counting-1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        self.read.extend(texts)
        return super().encode(texts, kind)


def test_a_new_edition_encodes_only_what_is_new_in_it(tmp_path: Path) -> None:
    encoder = Counting()
    meaning.use(lambda _: encoder, lambda: tmp_path)
    before = Index(ARTICLES, "en", encoder).hits("when am I reimbursed", lambda _: True, 3)
    encoder.read.clear()
    more = [*ARTICLES, article("lamps", "Lamps", "A bulb glows for years.", "en")]
    index = Index(more, "en", encoder)
    assert encoder.read == ["Lamps. A bulb glows for years.", "Lamps"]
    for file in tmp_path.iterdir():
        file.write_bytes(b"PK broken")
    again = Index(ARTICLES, "en", encoder).hits("when am I reimbursed", lambda _: True, 3)
    assert again == before
    assert index.hits("a bulb", lambda _: True, 1)[0].section.article.id == "lamps"


def test_an_encoder_to_which_everything_is_near_does_not_make_strangers_welcome() -> None:
    class Crowded(Senses):
        id = "crowded-1"

        def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
            rows = super().encode(texts, kind)
            rows[:, -1] += 3
            shrunk: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
            return shrunk

    hit = Index(ARTICLES, "en", Crowded()).hits("what about zebras, delivery of my own", lambda _: True, 3)
    stranger = [one for one in hit if one.section.article.id == "repairs"]
    assert all((one.closeness or 0) < 0.1 for one in stranger)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("訂單什麼時候送達", "订单什么时候送达", "zh"),
        ("devolución", "devolucion", "es"),
        ("ऑर्डर कहाँ है", "ऑर्डर कहाँ", "hi"),
        ("E-MAIL address", "email address", "en"),
        ("Straße", "strasse", "de"),
    ],
)
def test_the_analyser_folds_what_is_written_in_two_ways(one: str, other: str, language: str) -> None:
    assert set(terms(other, language)) <= set(terms(one, language))
    assert set(terms(one, language)) & set(terms(other, language))


def test_marks_that_are_letters_part_no_word() -> None:
    assert terms("मेरा ऑर्डर", "hi") == ["मेरा", "ऑर्डर"]
    assert len(terms("ที่อยู่ของฉัน", "th")) > 5
