"""A customer whose language is not spoken is told so in it, and gets a person: at once where a team speaks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from courtesy.language.not_spoken import NotSpoken, in_their_words
from courtesy.pack import editions
from courtesy.pack.model import Pack

Talk = Any


def french() -> NotSpoken:
    words = in_their_words("fr")
    assert words is not None
    return words


def test_it_is_said_in_their_language_and_ours_and_the_second_time_a_person_takes_over(
    talk: Callable[..., Talk],
) -> None:
    chat = talk()
    chat.say("bonjour, où est ma commande ?")
    assert "Je suis désolé" in chat.said
    assert "English, español, 中文" in chat.said
    assert "I am sorry" in chat.said
    assert chat.conversation.speaker == "representative"
    chat.say("je ne comprends pas, je voudrais savoir où est ma commande")
    assert french().passed_on in chat.said
    assert chat.conversation.speaker == "colleague"


def test_who_changes_to_a_language_that_is_spoken_is_served(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("bonjour, où est ma commande ?")
    chat.say("ok, where is my order TF-10001? my postcode is 48009")
    assert chat.conversation.speaker == "representative"
    assert "TF-10001" in chat.said


def test_a_team_that_speaks_it_gets_the_conversation_at_once(
    talk: Callable[..., Talk], company: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = replace(company, company=replace(company.company, other_languages={"fr": "Delivery"}))
    monkeypatch.setattr(editions, "in_force", lambda at=None: pack)
    chat = talk()
    chat.say("bonjour, où est ma commande ?")
    assert french().passed_on in chat.said
    assert french().says(["English"]) not in chat.said
    assert chat.conversation.team.name == "Delivery"
