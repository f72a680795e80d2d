"""The open stream: events as they happen, and a client that comes back misses none and hears none twice."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from chat_server import Server, Visitor, ask


def opened(visitor: Visitor, last: str = "", query: str = "") -> Any:
    headers = visitor.key | ({"Last-Event-ID": last} if last else {})
    return urllib.request.urlopen(
        urllib.request.Request(f"{visitor.address}/stream{query}", headers=headers), timeout=40
    )


def blocks(stream: Any) -> Iterator[dict[str, str]]:
    """Server-sent events as their fields."""
    fields: dict[str, str] = {}
    for raw in stream:
        name, _, value = raw.decode().rstrip("\n").partition(": ")
        if name and value:
            fields[name] = value
        elif not name:
            if "data" in fields:
                yield fields
            fields = {}


def until_reply(stream: Any) -> list[dict[str, str]]:
    found = []
    for block in blocks(stream):
        found.append(block)
        if json.loads(block["data"]).get("message", {}).get("author") == "representative":
            return found
    raise AssertionError("the stream ended")


def test_what_happens_comes_down_the_stream_as_the_events_tell_it(visitor: Visitor) -> None:
    with opened(visitor) as stream, ThreadPoolExecutor(1) as pool:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Cache-Control"] == "no-store"
        heard = pool.submit(until_reply, stream)
        visitor.say("hello", "one")
        told = [json.loads(block["data"]) for block in heard.result()]
    stored = [event for event in told if "id" in event]
    assert [event["id"] for event in stored] == [event["id"] for event in visitor.events()][: len(stored)]
    assert "message" in {event["kind"] for event in stored}


def test_a_stream_goes_on_after_the_last_event_that_the_client_has(visitor: Visitor) -> None:
    visitor.say("hello", "one")
    visitor.heard(1)
    every = [event["id"] for event in visitor.events()]
    for place in range(len(every) - 1):
        with opened(visitor, last=str(every[place])) as stream:
            assert int(next(blocks(stream))["id"]) == every[place + 1]
        with opened(visitor, query=f"?since={every[place]}") as stream:
            assert int(next(blocks(stream))["id"]) == every[place + 1]


def test_last_event_id_goes_before_the_address_and_nonsense_starts_from_the_beginning(visitor: Visitor) -> None:
    visitor.say("hello", "one")
    visitor.heard(1)
    every = [event["id"] for event in visitor.events()]
    with opened(visitor, last=str(every[0]), query="?since=0") as stream:
        assert int(next(blocks(stream))["id"]) == every[1]
    with opened(visitor, last="x1") as stream:
        assert int(next(blocks(stream))["id"]) == every[0]


def test_what_was_missed_between_two_streams_is_told_first(visitor: Visitor) -> None:
    with opened(visitor) as stream:
        first = next(blocks(stream))
    visitor.say("hello", "one")
    visitor.heard(1)
    with opened(visitor, last=first["id"]) as stream:
        told = [int(block["id"]) for block in until_reply(stream)]
    assert [int(first["id"]), *told] == [event["id"] for event in visitor.events()][: len(told) + 1]


def test_a_stream_tells_nothing_of_other_conversations(server: Server, visitor: Visitor) -> None:
    other = Visitor(server).open()
    with opened(visitor) as stream, ThreadPoolExecutor(1) as pool:
        heard = pool.submit(until_reply, stream)
        other.say("a secret of somebody else", "one")
        other.heard(1)
        visitor.say("hello", "one")
        assert "somebody else" not in json.dumps(heard.result())


def test_a_conversation_has_at_most_eight_streams(visitor: Visitor) -> None:
    streams = [opened(visitor) for _ in range(8)]
    for stream in streams:
        next(blocks(stream))
    ninth = ask("GET", f"{visitor.address}/stream", headers=visitor.key)
    assert ninth.status == 429
    for stream in streams:
        stream.close()
