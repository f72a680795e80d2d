"""Every endpoint keeps the port's promise on the makers' own published answers: a text, or ProviderAway, in time."""

from __future__ import annotations

import time

import pytest
from model_servers import Server, anthropic_answer, anthropic_error, openai_answer, openai_error, serving

from courtesy.language.providers.endpoint import MOST_BYTES, PydanticAI, load
from courtesy.language.providers.port import Answer, Endpoint, ProviderAway, Wish

KINDS = {
    "openai": ("/v1", "/v1/chat/completions", openai_answer, openai_error),
    "anthropic": ("", "/v1/messages", anthropic_answer, anthropic_error),
}
KEY = "sk-a-secret-of-the-test"


@pytest.fixture(params=sorted(KINDS))
def kind(request):
    load(request.param)
    return request.param


@pytest.fixture
def server():
    with serving() as told:
        yield told


def ask(kind: str, server: Server, seconds: float = 20) -> Answer:
    endpoint = Endpoint(kind, "a-model", server.url + KINDS[kind][0], KEY)
    return PydanticAI(endpoint).ask(Wish("word", "Say it kindly.", '{"reply": "No."}', 50, seconds))


def test_a_text_comes_back_with_what_it_cost(kind, server):
    server.body = KINDS[kind][2]("Good morning.")
    assert ask(kind, server) == Answer("Good morning.", 19, 10)
    path, headers, body = server.asked[0]
    assert path == KINDS[kind][1]
    assert KEY in headers.get("authorization", "") + headers.get("x-api-key", "")
    assert body["model"] == "a-model"
    assert '{"reply": "No."}' in str(body["messages"]).replace("\\\\", "")
    assert body.get("max_tokens", body.get("max_completion_tokens")) == 50


@pytest.mark.parametrize(
    ("status", "error", "permanent"),
    [
        (400, "invalid_request_error", True),
        (401, "authentication_error", True),
        (404, "not_found_error", True),
        (429, "rate_limit_error", False),
        (500, "api_error", False),
        (529, "overloaded_error", False),
    ],
)
def test_an_error_is_told_once_without_what_was_asked_or_the_key(kind, server, status, error, permanent):
    server.status, server.body = status, KINDS[kind][3](error, f"wrong: {KEY}, Say it kindly.")
    with pytest.raises(ProviderAway) as away:
        ask(kind, server)
    assert away.value.permanent is permanent
    assert KEY not in str(away.value)
    assert "kindly" not in str(away.value)
    assert away.value.__cause__ is None
    assert len(server.asked) == 1  # trying again is the caller's to decide


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"<html>Bad gateway</html>",
        b"[]",
        b"null",
        b'{"choices": []}',
        b'{"content": "text"}',
        b"\xff\xfe\x00",
    ],
)
def test_a_broken_answer_is_no_answer(kind, server, body):
    server.body = body
    with pytest.raises(ProviderAway):
        ask(kind, server)


def test_an_answer_that_was_cut_off_is_none(kind, server):
    server.body = KINDS[kind][2]("Good mor", {"openai": "length", "anthropic": "max_tokens"}[kind])
    with pytest.raises(ProviderAway, match="cut off"):
        ask(kind, server)


def test_an_empty_answer_is_none(kind, server):
    server.body = KINDS[kind][2]("  ")
    with pytest.raises(ProviderAway):
        ask(kind, server)


def test_a_refusal_of_the_model_is_no_answer(server):
    server.body = openai_answer("")
    server.body["choices"][0]["message"] |= {"content": None, "refusal": "I cannot help with that."}
    with pytest.raises(ProviderAway):
        ask("openai", server)


def test_silence_ends_in_time(kind, server):
    server.body, server.waits = KINDS[kind][2]("Late."), 5
    started = time.monotonic()
    with pytest.raises(ProviderAway):
        ask(kind, server, seconds=0.5)
    assert time.monotonic() - started < 4


def test_an_answer_that_drips_ends_in_time(kind, server):
    server.body, server.drips = KINDS[kind][2]("Drop by drop. " * 20), 0.05
    started = time.monotonic()
    with pytest.raises(ProviderAway, match="within"):
        ask(kind, server, seconds=1.5)
    assert time.monotonic() - started < 5


def test_an_answer_without_end_is_cut_off(kind, server):
    server.body = b" " * (MOST_BYTES + 1) + b"{}"
    with pytest.raises(ProviderAway):
        ask(kind, server)


def test_a_redirect_is_not_followed(kind, server):
    with serving() as elsewhere:
        elsewhere.body = KINDS[kind][2]("From elsewhere.")
        server.status, server.headers = 307, {"Location": elsewhere.url + KINDS[kind][1]}
        with pytest.raises(ProviderAway):
            ask(kind, server)
        assert not elsewhere.asked


def test_nobody_at_home(kind):
    with serving() as gone:
        pass
    with pytest.raises(ProviderAway) as away:
        ask(kind, gone)
    assert not away.value.permanent


@pytest.mark.parametrize(
    "endpoint",
    [
        Endpoint("openai", "a-model", "http://models.example.org/v1", KEY),
        Endpoint("openai", "a-model", "ftp://models.example.org", KEY),
        Endpoint("something", "a-model", "https://models.example.org", KEY),
        Endpoint("openai", "", "https://models.example.org", KEY),
        Endpoint("anthropic", "a-model"),
    ],
)
def test_what_cannot_be_used_says_so_before_anything_is_sent(endpoint):
    with pytest.raises(ProviderAway) as away:
        PydanticAI(endpoint)
    assert away.value.permanent


def test_no_key_is_shown_when_an_endpoint_is_written_to_a_log():
    assert KEY not in repr(Endpoint("openai", "a-model", "https://models.example.org", KEY))
