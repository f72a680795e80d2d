"""Phrases and articles are found by word and put into a reply, filled from the record; a gap is not sent."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from courtesy.conversations.models import Conversation, Message
from courtesy.workforce.models import Team


def options(mei: Any, talk: Any, words: str) -> list[str]:
    shown = mei.part(f"c/{talk.id}/insertable/", words=words).content.decode()
    return [unescape(one) for one in re.findall(r'data-text="([^"]*)"', shown)]


def with_order(talk: Any) -> Any:
    opened = talk(sender="ana.ruiz@example.com", signed_in=True)
    opened.say("where is my order TF-10002? ana.ruiz@example.com")
    opened.say("I want to talk to a person")
    return opened


def test_a_phrase_is_found_by_word_and_filled_from_the_record(talk: Any, desk: Any, company: Any) -> None:
    mei, ana = desk("Mei", teams=("Customer care",)), with_order(talk)
    assert ana.conversation.identity_order == "TF-10002"
    every = options(mei, ana, "")
    assert every
    found = [one for one in options(mei, ana, "order") if "TF-10002" in one]
    assert found
    assert not any("{order}" in one for one in options(mei, ana, "order"))
    assert options(mei, ana, "zeppelin moustache") == []


def test_of_an_unproven_customer_no_record_is_used(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    Conversation.objects.filter(pk=handed_over.id).update(identity_order="TF-10002")
    found = options(mei, handed_over, "order")
    assert any("{order}" in one for one in found)
    assert not any("TF-10002" in one for one in found)


def test_words_of_any_language_find_what_is_said_in_the_customers(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    english = [one for one in options(mei, handed_over, "wrap") if "/help/en/" in one]
    assert english
    Conversation.objects.filter(pk=handed_over.id).update(language="es")
    spanish = options(mei, handed_over, "wrap")
    assert [one for one in spanish if "/help/es/" in one]
    assert not [one for one in spanish if "/help/en/" in one]


def test_a_gap_that_is_left_is_not_sent(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    mei.do(f"c/{handed_over.id}/take-over/")
    reply = f"c/{handed_over.id}/reply/"
    refused = mei.do(reply, text="Your order {order} has left.", **mei.seen(handed_over.conversation))
    assert (refused.status_code, "order" in refused.content.decode()) == (409, True)
    mei.do(reply, text="Write {x: 1} and it works.", **mei.seen(handed_over.conversation))
    said = Message.objects.filter(conversation=handed_over.id, author="colleague").values_list("text", flat=True)
    assert list(said) == ["Write {x: 1} and it works."]


def test_what_a_colleague_may_not_see_fills_nothing(over_the_limit: Any, desk: Any) -> None:
    other = desk("Ola", grade="trainee", teams=("Returns",))
    Conversation.objects.filter(pk=over_the_limit.id).update(holder=None, team=Team.objects.get(name="Customer care"))
    assert other.part(f"c/{over_the_limit.id}/insertable/", words="order").status_code == 404
