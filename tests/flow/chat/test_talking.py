"""The chat API as clients use it: open, say, read on, and nothing happens twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from chat_server import Server, Visitor, ask

ORDER = "Where is my order TF-10002? My e-mail is ana.ruiz@example.com"


def test_a_question_about_an_order_is_answered_in_the_events(visitor: Visitor) -> None:
    assert visitor.say(ORDER, "one").status == 202
    (reply,) = visitor.heard(1)
    assert "CX100021ES" in reply["text"]
    assert reply["client_id"] is None
    assert [message["author"] for message in visitor.messages()] == ["customer", "representative"]


def test_the_same_client_id_again_is_the_same_message(visitor: Visitor) -> None:
    first = visitor.say(ORDER, "one")
    again = visitor.say(ORDER, "one")
    assert (first.status, again.status) == (202, 200)
    assert first.json["message"]["id"] == again.json["message"]["id"]
    visitor.heard(1)
    assert visitor.say("quite other words", "one").json["message"]["text"] == ORDER
    assert len(visitor.messages()) == 2


def test_ten_tries_at_the_same_moment_are_one_message(visitor: Visitor) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: visitor.say(ORDER, "same"), range(10)))
    assert {answer.status for answer in answers} <= {200, 202}
    assert len({answer.json["message"]["id"] for answer in answers}) == 1
    visitor.heard(1)
    assert [message["client_id"] for message in visitor.messages()] == ["same", None]


def test_one_client_id_in_two_conversations_is_two_messages(server: Server) -> None:
    one, other = Visitor(server).open(), Visitor(server).open()
    ids = {talk.say("hello", "one").json["message"]["id"] for talk in (one, other)}
    assert len(ids) == 2


def test_events_are_read_on_from_any_of_them(visitor: Visitor) -> None:
    visitor.say("hello", "one")
    visitor.heard(1)
    every = visitor.events()
    numbers = [event["id"] for event in every]
    assert numbers == sorted(set(numbers))
    for event in every:
        assert visitor.events(event["id"]) == [other for other in every if other["id"] > event["id"]]
    assert visitor.events(limit=1) == every[:1]
    assert visitor.events(numbers[-1]) == []


def test_a_long_poll_ends_when_something_happens(visitor: Visitor) -> None:
    last = visitor.events()[-1]["id"]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(visitor.events, last, wait=25)
        visitor.say("hello", "one")
        assert waiting.result()[0]["message"]["text"] == "hello"


def test_an_offered_choice_is_taken_and_one_that_was_not_offered_is_refused(visitor: Visitor) -> None:
    visitor.say("I want to cancel order TF-10003. My e-mail is ana.ruiz@example.com", "one")
    (reply,) = visitor.heard(1)
    choice = reply["choices"][0]
    invented = visitor.say("free", "two", chosen={"invented": "everything for nothing"})
    assert invented.status == 409
    assert visitor.say(choice["label"], "three", chosen=choice["value"]).status == 202
    assert len(visitor.heard(2)) == 2
    assert "two" not in [message["client_id"] for message in visitor.messages()]


@pytest.mark.parametrize(("language", "label"), [("en", "Talk to a person"), ("es", "Hablar con una persona")])
def test_a_person_is_called_with_one_request_and_only_once(server: Server, language: str, label: str) -> None:
    visitor = Visitor(server).open(language=language)
    for expected in (202, 200):
        wish = ask("POST", f"{visitor.address}/person", {"client_id": "p"}, visitor.key)
        assert wish.status == expected
        assert wish.json["message"]["text"] == label
    visitor.heard(1)
    states = [event for event in visitor.events() if event["kind"] == "state"]
    assert states[-1]["speaker"] == "colleague"


def test_a_visitor_who_comes_back_keeps_the_token_and_a_made_up_one_is_replaced(server: Server) -> None:
    first = Visitor(server).open()
    assert Visitor(server).open(visitor=first.token).token == first.token
    assert Visitor(server).open(visitor="made up").token != "made up"


def test_what_was_read_never_becomes_unread(visitor: Visitor) -> None:
    visitor.say("hello", "one")
    reply = visitor.heard(1)[0]
    for reached in (reply["sequence"], 0):
        told = ask("POST", f"{visitor.address}/read", {"delivered": reached, "read": reached}, visitor.key)
        assert told.status == 204
    deliveries = [event["delivery"] for event in visitor.events() if event["kind"] == "delivery"]
    assert deliveries[-1] == "read"
