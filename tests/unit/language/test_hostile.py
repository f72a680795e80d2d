"""No text crashes the engine or holds it up: rants, binary, marks, look-alikes, repeats for every pattern."""

from __future__ import annotations

from itertools import islice

import pytest

from courtesy.config.commands.measure_robustness import readers
from courtesy.config.measuring.hostile import slowest, texts
from courtesy.language.entities.finding import find_entities
from courtesy.language.masking import mask
from courtesy.language.text import hear
from courtesy.language.understanding import Context

READERS = readers()
FAR_TOO_LONG = 5.0  # seconds; a pattern that can be made slow takes minutes, a loaded machine does not


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_text_is_read_in_bounded_time(name: str) -> None:
    of = texts() if name not in ("understand", "entities") else islice(texts(), 0, None, 4)
    READERS[name]("hello, where is my order?")  # loads and learns what it needs
    seconds, text = slowest(READERS[name], of)
    assert seconds < FAR_TOO_LONG, text


def test_what_is_hidden_in_a_rant_is_still_found() -> None:
    rant = "why does nobody answer me " * 80 + "my order is TF-10042 and I wrote to ana@example.com " + "really " * 300
    found = {
        entity.kind: entity.value for entity in find_entities(hear(rant), Context(order_number_pattern="TF-#####"))
    }
    assert found["order number"] == "TF-10042"
    assert found["e-mail"] == "ana@example.com"


def test_look_alikes_and_invisible_signs_hide_no_number() -> None:
    for text in (
        "my order is ΤF-10042",
        "T\u200bF\u200d-1\u20600\u200b042",
        "ＴＦ－１００４２",
        "\u202eTF-10042\u202c",
    ):
        found = [e.value for e in find_entities(hear(text), Context(order_number_pattern="TF-#####"))]
        assert "TF-10042" in found, text


def test_a_card_in_the_middle_of_a_rant_is_masked() -> None:
    assert "4111" not in mask("blah " * 1900 + "4111 1111 1111 1111" + " blah" * 1900).replace("…1111", "")
