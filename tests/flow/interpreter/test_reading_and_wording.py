"""A language model beside the representative: it helps to read and to word, and changes nothing that is decided."""

from __future__ import annotations

import json

import pytest
from interpreters import Told, standing_in

from courtesy.interpreter.models import Question
from courtesy.language.providers.port import ProviderAway

pytestmark = pytest.mark.django_db(transaction=False)

PUZZLING = "the thing with the boots, you know, the other day, oh dear"


def wants(procedure: str):
    return lambda material: json.dumps({"moves": [{"kind": "wants", "target": procedure, "quote": "the boots"}]})


def warmer(material):
    return "Great to hear. " + material["reply"]


def test_a_wish_that_only_the_model_hears_begins_its_procedure(talk, settings):
    plain = talk()
    plain.say(PUZZLING)
    with standing_in(Told({"read": wants("Return an item")}), settings, uses=("read",)):
        helped = talk()
        helped.say(PUZZLING)
    assert not plain.entries("taken up")
    assert helped.entries("taken up")[0].content["procedures"] == ["Return an item"]
    heard = helped.entries("understood")[0].content["moves"][0]
    assert heard["evidence"] == "language model openai:in-a-test"
    assert not helped.deeds()


def test_a_wording_that_says_the_same_is_said_and_the_phrase_stands_in_the_journal(talk, settings):
    plain = talk()
    plain.say("Where is my order?")
    with standing_in(Told({"word": warmer}), settings, uses=("word",)):
        helped = talk()
        helped.say("Where is my order?")
    assert helped.said == f"Great to hear. {plain.said}"
    reply = helped.entries("reply")[0].content
    assert reply["phrased"] == plain.said
    assert reply["worded by"] == "openai:in-a-test"
    assert len(helped.replies) == 1


def test_a_wording_that_promises_is_dropped_for_the_phrase(talk, settings):
    plain = talk()
    plain.say("Where is my order?")
    with standing_in(Told({"word": lambda material: material["reply"] + " You get 20 EUR from us."}), settings):
        helped = talk()
        helped.say("Where is my order?")
    assert helped.said == plain.said
    assert Question.objects.get(purpose="word").outcome == "unfit"


def test_what_stands_in_the_gaps_never_leaves_the_house(talk, settings):
    model = Told({"word": warmer, "read": wants("Where is my order")})
    with standing_in(model, settings):
        helped = talk(sender="ana.ruiz@example.com", channel="email")
        helped.say("Where is my order TF-10116? My address is ana.ruiz@example.com, postcode 33003.")
    sent = "\n".join(wish.material for wish in model.wishes)
    assert model.wishes
    for personal in ("ana.ruiz@example.com", "TF-10116", "33003"):
        assert personal not in sent


@pytest.mark.parametrize("says", [lambda _: "nonsense", lambda _: '{"moves": [{"kind": "agrees"}]}', lambda _: ""])
def test_nonsense_goes_unnoticed(talk, settings, says):
    plain = talk()
    plain.say("I want to return my boots")
    with standing_in(Told({"read": says, "word": says}), settings):
        helped = talk()
        helped.say("I want to return my boots")
    assert helped.said == plain.said
    assert set(Question.objects.values_list("outcome", flat=True)) == {"unfit"}


def test_a_model_that_is_away_is_left_alone_and_goes_unnoticed(talk, settings):
    def away(_material):
        raise ProviderAway("no answer within 6 seconds")

    model = Told({"read": away, "word": away})
    with standing_in(model, settings):
        helped = talk()
        for _ in range(4):
            helped.say("I want to return my boots")
            assert len(helped.replies) == 1
    assert len(model.wishes) == 3  # then the circuit is open


def test_over_the_days_limit_nothing_is_asked(talk, settings):
    settings.COURTESY_LLM_DAILY_TOKENS = 500
    model = Told({"read": wants("Return an item"), "word": warmer})
    with standing_in(model, settings):
        helped = talk()
        helped.say("I want to return my boots")
    assert helped.replies
    assert not model.wishes


def test_no_yes_comes_from_the_model(talk, settings):
    """A confirmation is asked for, the customer says something else: the model's yes is not in its vocabulary."""
    yes = json.dumps({"moves": [{"kind": "agrees", "target": "", "quote": ""}]})
    with standing_in(Told({"read": lambda _: yes}), settings):
        helped = talk()
        helped.say("please cancel order TF-10003, I ordered it by mistake. ana.ruiz@example.com")
        helped.say("hm, let me think")
    assert not helped.deeds()
    assert {one.outcome for one in Question.objects.filter(purpose="read")} == {"unfit"}
