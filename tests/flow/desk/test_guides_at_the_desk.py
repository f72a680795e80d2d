"""A colleague sees beside the conversation which guide the customer follows, what was tried, and what comes next."""

from __future__ import annotations

from typing import Any


def test_the_step_in_hand_and_what_was_tried_are_shown(talk: Any, desk: Any) -> None:
    chat = talk()
    for text in ("my stove won't light", "no", "it is empty"):
        chat.say(text)
    page = desk("Lea", grade="team lead").page(f"c/{chat.id}/").content.decode()
    assert "Guide: getting your stove to light" in page
    assert "smell of gas: <strong>no</strong>" in page
    assert "Stands at" in page
    assert "empty cartridge" in page
    assert "Screw a new cartridge on" in page


def test_the_ways_on_are_named_in_the_colleagues_language(talk: Any, desk: Any) -> None:
    chat = talk()
    for text in ("my stove won't light", "no"):
        chat.say(text)
    mei = desk("Mei", grade="team lead", language="es")
    page = mei.page(f"c/{chat.id}/").content.decode()
    assert "Guía: encender tu hornillo" in page
    assert "¿Oyes moverse el líquido?" in page
    assert "light with a match" in page


def test_after_the_hand_over_the_whole_trail_stays(talk: Any, desk: Any) -> None:
    chat = talk()
    for text in ("my stove won't light", "no", "yes", "no", "done", "no, still nothing"):
        chat.say(text)
    page = desk("Lea", grade="team lead").page(f"c/{chat.id}/").content.decode()
    assert "after cleaning: <strong>no</strong>" in page
    assert "The guide came to its end." in page


def test_a_conversation_without_a_guide_shows_none(talk: Any, desk: Any) -> None:
    chat = talk()
    chat.say("what does delivery to Portugal cost?")
    page = desk("Lea", grade="team lead").page(f"c/{chat.id}/").content.decode()
    assert 'id="guide-1"' not in page
