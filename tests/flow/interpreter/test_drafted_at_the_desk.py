"""A language model writes a draft or a summary for a colleague; the colleague sends it, or nobody does."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from interpreters import Told, standing_in

from courtesy.conversations.models import Message
from courtesy.interpreter.models import Question
from courtesy.workforce.colleagues import add_colleague

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def browser(talk):
    colleague, _ = add_colleague("mei@desk.example", "Mei", grade="manager", password="a long password 3")
    browser = Client()
    browser.force_login(colleague)
    return browser


@pytest.fixture
def held(talk, browser):
    """A conversation that the colleague has taken over."""
    one = talk()
    one.say("I am ana.ruiz@example.com and I want to talk to a person, please. How long may I return boots?")
    browser.post(f"/desk/c/{one.id}/take-over/", headers=FRAGMENT)
    return one


def test_a_draft_stands_in_the_field_and_is_not_sent(held, browser, settings):
    model = Told({"draft": lambda material: "Hello, I am looking into it for you."})
    before = Message.objects.filter(conversation_id=held.id).count()
    with standing_in(model, settings):
        assert "assist/draft" in browser.get(f"/desk/c/{held.id}/").content.decode()
        answer = browser.post(f"/desk/c/{held.id}/assist/draft/", {"text": "Dear <Ana>,"}, headers=FRAGMENT)
    written = answer.content.decode()
    assert "Dear &lt;Ana&gt;,\n\nHello, I am looking into it for you." in written
    assert Message.objects.filter(conversation_id=held.id).count() == before
    assert held.entries("assisted")[0].content == {"by": "openai:in-a-test", "for": "reply"}
    material = json.loads(model.wishes[0].material)
    assert material["passages"]
    assert "ana.ruiz" not in model.wishes[0].material


def test_a_draft_with_an_invented_figure_is_not_shown(held, browser, settings):
    with standing_in(Told({"draft": lambda _: "You get 73 EUR back."}), settings):
        answer = browser.post(f"/desk/c/{held.id}/assist/draft/", headers=FRAGMENT)
    assert answer.status_code == 409
    assert Question.objects.get().because == "invented: 73"


def test_a_summary_stands_in_the_note(held, browser, settings):
    with standing_in(Told({"summarise": lambda _: "Wants a person. Asks about returning boots."}), settings):
        answer = browser.post(f"/desk/c/{held.id}/assist/summary/", headers=FRAGMENT)
    assert "Asks about returning boots." in answer.content.decode()
    assert 'id="note-text"' in answer.content.decode()


def test_without_a_model_there_is_no_button_and_no_answer(held, browser):
    assert "assist/" not in browser.get(f"/desk/c/{held.id}/").content.decode()
    assert browser.post(f"/desk/c/{held.id}/assist/draft/", headers=FRAGMENT).status_code == 409


def test_only_who_may_see_a_conversation_gets_a_summary_of_it(held, settings):
    with standing_in(Told({"summarise": lambda _: "Secret."}), settings):
        answer = Client().post(f"/desk/c/{held.id}/assist/summary/", headers=FRAGMENT)
    assert b"Secret" not in answer.content
    assert not Question.objects.exists()
