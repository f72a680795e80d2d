"""The sample company's rehearsals with one letter in twenty mistyped, the same slips each time; all of them by
``courtesy pack rehearse --typos 5``."""

from __future__ import annotations

from typing import Any

import pytest

from courtesy.pack.model import Pack
from courtesy.representative.rehearsing import mistyped, rehearse

PLAYED = (  # of each language, those that slips made fail before: answers, guides, protocols, choices
    "A death in the family",
    "A person at any point, in Spanish",
    "The stove lights again after a new cartridge, in English",
    "The watch charges, explained further, in Chinese",
    "A boot fitting is booked, moved and cancelled",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", PLAYED)
def test_slips_of_the_keyboard_change_nothing(name: str, company: Pack, sample_shop: Any, at: Any) -> None:
    (one,) = (one for one in company.rehearsals if one.name == name)
    rounds = [mistyped([one], 0.05, number)[0] for number in (0, 1)]
    assert any(typed.says != one.says for typed in rounds)
    for typed in rounds:
        played = rehearse(company, typed, at)
        assert played.failures == (), "\n".join(f"{who}: {text}" for who, text in played.transcript)
