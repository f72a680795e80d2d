"""Who may not come in, and how much may come in at once: secrets, limits, sizes and origins."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from chat_server import Server, Visitor, ask

SHOP = "https://shop.example"
_hosts = itertools.count(1)


@pytest.fixture
def far(server: Server) -> Visitor:
    """A visitor from another machine, as a proxy tells it: only such are counted."""
    return Visitor(server, headers={"X-Forwarded-For": f"203.0.113.{next(_hosts)}"})


@pytest.mark.parametrize(
    ("method", "place", "content"),
    [
        ("POST", "messages", {"client_id": "one", "text": "hello"}),
        ("POST", "person", {}),
        ("POST", "typing", {}),
        ("POST", "read", {"delivered": 1, "read": 1}),
        ("GET", "events", None),
        ("GET", "stream", None),
        ("GET", "documents/doc_1", None),
    ],
)
def test_without_its_own_secret_a_conversation_does_not_exist(
    server: Server, visitor: Visitor, method: str, place: str, content: Any
) -> None:
    other = Visitor(server).open()
    unknown = visitor.address.replace(visitor.id, "cnv_00000000000000000000000000")
    for key in ({}, {"Authorization": "Bearer wrong"}, other.key, {"Authorization": f"Basic {visitor.secret}"}):
        answer = ask(method, f"{visitor.address}/{place}", content, key)
        assert answer.status == 404
        assert answer.body == ask(method, f"{unknown}/{place}", content, key).body
    assert visitor.messages() == []


def test_one_conversation_takes_forty_messages_a_minute(far: Visitor) -> None:
    far.open()
    answers = [far.say("hello", "same") for _ in range(41)]
    assert {answer.status for answer in answers[:40]} == {202, 200}
    assert answers[40].status == 429
    assert int(answers[40].headers["Retry-After"]) == 60
    assert far.events()


def test_one_address_opens_twenty_conversations_in_ten_minutes(far: Visitor) -> None:
    opened = [ask("POST", f"{far.server.url}/api/v1/chat/conversations", {}, far.headers) for _ in range(21)]
    assert [answer.status for answer in opened] == [201] * 20 + [429]


@pytest.mark.parametrize(
    "content",
    [
        {"client_id": "one", "text": "   "},
        {"client_id": "one", "text": "x" * 8001},
        {"client_id": "o n e", "text": "x"},
        {"client_id": "", "text": "x"},
        {"text": "x"},
        {"client_id": "one", "text": "x", "language": "<b>"},
        b"no json",
        [],
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason_and_not_stored(visitor: Visitor, content: Any) -> None:
    answer = ask("POST", f"{visitor.address}/messages", content, visitor.key)
    assert answer.status in (400, 422)
    assert answer.json["detail"]
    assert visitor.messages() == []


def test_a_body_that_is_too_large_is_not_read(visitor: Visitor) -> None:
    answer = ask("POST", f"{visitor.address}/messages", {"client_id": "a", "text": "x" * 200_000}, visitor.key)
    assert answer.status == 413
    assert "128 KB" in answer.json["detail"]
    assert visitor.messages() == []


@pytest.mark.parametrize("place", ["config", "conversations/x/events", "conversations/x/stream"])
def test_pages_of_other_origins_are_refused_and_allowed_ones_may_read(server: Server, place: str) -> None:
    address = f"{server.url}/api/v1/chat/{place}"
    foreign = ask("GET", address, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status == 403
    assert foreign.headers["Access-Control-Allow-Origin"] is None
    for origin in (SHOP, "https://b.example:8443"):
        allowed = ask("GET", address, headers={"Origin": origin})
        assert allowed.status != 403
        assert allowed.headers["Access-Control-Allow-Origin"] == origin
        assert "Origin" in allowed.headers["Vary"]
    assert ask("GET", address, headers={"Origin": server.url}).status != 403


@pytest.mark.parametrize("place", ["conversations", "conversations/x/messages", "conversations/x/stream"])
def test_a_preflight_names_only_allowed_origins(server: Server, place: str) -> None:
    wish = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for origin, told in ((SHOP, SHOP), ("https://elsewhere.example", None), ("null", None)):
        answer = ask("OPTIONS", f"{server.url}/api/v1/chat/{place}", headers={"Origin": origin, **wish})
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Origin"] == told
        assert answer.headers["Access-Control-Allow-Credentials"] is None


def test_only_allowed_pages_may_hold_the_chat_in_a_frame(server: Server) -> None:
    embedded = ask("GET", f"{server.url}/chat/embed/").headers["Content-Security-Policy"]
    assert embedded.endswith("frame-ancestors 'self' https://shop.example https://b.example:8443")
    assert ask("GET", f"{server.url}/chat/").headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert "unsafe" not in embedded
