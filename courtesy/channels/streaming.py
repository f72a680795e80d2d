"""Open streams: server-sent events that wake on live topics and read the truth from the database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from django.db import close_old_connections
from starlette.requests import Request
from starlette.responses import StreamingResponse

from courtesy.foundation import live

HEARTBEAT = 15.0  # seconds of silence before a comment line; proxies cut what stays silent for 30 to 60
LONGEST = 30 * 60.0  # a stream ends after this many seconds; the client comes back with its last id
RETRY = 2000  # milliseconds a browser waits before it comes back
BATCH = 200  # as many events as ``read_since`` gives at once
_SERVER = "server"  # the topic by which this process tells its own streams to end

Event = dict[str, Any]
ReadSince = Callable[[int], list[Event]]
P = ParamSpec("P")
T = TypeVar("T")


async def read(question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Ask the database from the event loop: in a thread, with a connection that still works."""

    def ask() -> T:
        close_old_connections()
        try:
            return question(*args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.to_thread(ask)


def starting_point(request: Request) -> int:
    """The last event the client has: ``Last-Event-ID`` (a reconnect) before ``?since=``; 0 when neither is a number."""
    for written in (request.headers.get("last-event-id", ""), request.query_params.get("since", "")):
        if written.isascii() and written.isdigit() and len(written) < 19:
            return int(written)
    return 0


async def stream(
    request: Request,
    topics: tuple[str, ...],
    read_since: ReadSince,
    *,
    passes: Callable[[Event], bool] = lambda event: True,
    headers: Mapping[str, str] | None = None,
    closed: Callable[[], None] = lambda: None,
) -> StreamingResponse:
    """Stream every event after the client's last one, then each new one as it is stored.

    ``read_since(id)`` runs in a thread and returns at most ``BATCH`` stored events in order, each with an ``id``.
    Events of kind "typing" are not stored; they are passed on as they come when ``passes`` says so.
    ``closed`` is called once, when the stream is over.
    """
    lines = _lines(topics, read_since, passes, starting_point(request), closed)
    own = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines, media_type="text/event-stream", headers=own | dict(headers or {}))


async def _lines(
    topics: tuple[str, ...],
    read_since: ReadSince,
    passes: Callable[[Event], bool],
    since: int,
    closed: Callable[[], None],
) -> AsyncIterator[str]:
    subscription = live.subscribe(*topics, _SERVER)  # before the first read, so that nothing falls between
    ends = monotonic() + LONGEST
    try:
        yield f"retry: {RETRY}\n\n"
        while True:
            async for event in _unread(read_since, since):
                since = max(since, int(event["id"]))
                yield line(event)
            fleeting = await _woken(subscription)
            if any(event.get("kind") == "closing" for event in fleeting) or monotonic() > ends:
                return
            if not fleeting:
                yield ": still here\n\n"
            for event in fleeting:
                if event.get("kind") == "typing" and passes(event):
                    yield line(event)
    finally:
        live.unsubscribe(subscription)
        closed()


async def _unread(read_since: ReadSince, since: int) -> AsyncIterator[Event]:
    while True:
        batch = await read(read_since, since)
        for event in batch:
            yield event
        if len(batch) < BATCH:
            return
        since = int(batch[-1]["id"])


async def _woken(subscription: live.Subscription) -> list[Event]:
    """Wait for live events and take all that are there; nothing after a heartbeat's silence."""
    try:
        first = await asyncio.wait_for(subscription.queue.get(), HEARTBEAT)
    except TimeoutError:
        return []
    more = []
    while not subscription.queue.empty():
        more.append(subscription.queue.get_nowait())
    return [first, *more]


def line(event: Event) -> str:
    """One event as server-sent text. A fleeting event has no id, so a reconnect never starts from it."""
    name = f"id: {event['id']}\n" if "id" in event else ""
    written = json.dumps(event, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"{name}event: {event.get('kind', 'message')}\ndata: {written}\n\n"


def end_all() -> None:
    """End every open stream of this process, for a graceful stop."""
    live.deliver(_SERVER, {"kind": "closing"})
