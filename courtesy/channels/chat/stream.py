"""The visitor's open stream and long poll, on the event loop: they would hold a page thread for minutes."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from courtesy.channels.chat.entrance import may_read, secret_in
from courtesy.channels.chat.origins import headers_for, is_welcome
from courtesy.channels.chat.showing import events_for_visitor
from courtesy.channels.streaming import read, starting_point, stream
from courtesy.conversations.events import topic
from courtesy.foundation import live

MOST_STREAMS = 8  # of one conversation: some tabs and some that are just closing
LONGEST_WAIT = 25
_open: Counter[str] = Counter()


def _secret(request: Request) -> str:
    return secret_in(request.headers.get("authorization", ""), request.query_params.get("secret", ""))


async def _admitted(request: Request) -> str:
    """The id of the conversation that the secret opens; empty when it opens none."""
    conversation_id = str(request.path_params["conversation_id"])
    return conversation_id if await read(may_read, conversation_id, _secret(request)) else ""


def _problem(request: Request, status: int, detail: str) -> Response:
    headers = headers_for(request.headers.get("origin", ""))
    return JSONResponse({"detail": detail}, status_code=status, headers=headers)


def _refused(request: Request) -> Response | None:
    """The answer to a preflight, or to a page that may not read here; None for everybody else."""
    origin = request.headers.get("origin", "")
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=headers_for(origin))
    if not is_welcome(origin, f"{request.url.scheme}://{request.url.netloc}"):
        return _problem(request, 403, "Pages of this origin may not use this chat.")
    return None


def _unknown(request: Request) -> Response:
    return _problem(request, 404, "There is no such conversation, or this secret does not open it.")


def is_for_visitor(event: dict[str, Any]) -> bool:
    """Typing is passed on unless it is the visitor's own."""
    return event.get("who") != "customer"


async def open_stream(request: Request) -> Response:
    """Server-sent events after ``Last-Event-ID`` or ``?since=``."""
    if refused := _refused(request):
        return refused
    conversation_id = await _admitted(request)
    if not conversation_id:
        return _unknown(request)
    if _open[conversation_id] >= MOST_STREAMS:
        return _problem(request, 429, "This conversation is open too many times.")
    _open[conversation_id] += 1

    def closed() -> None:
        _open[conversation_id] -= 1
        if _open[conversation_id] <= 0:
            del _open[conversation_id]

    return await stream(
        request,
        (topic(conversation_id),),
        lambda since: events_for_visitor(conversation_id, since),
        passes=is_for_visitor,
        headers=headers_for(request.headers.get("origin", "")),
        closed=closed,
    )


async def poll(request: Request) -> Response:
    """Events after ``?since=``; with ``?wait=`` seconds, the answer is held back until there is something new."""
    if refused := _refused(request):
        return refused
    headers = headers_for(request.headers.get("origin", "")) | {"Cache-Control": "no-store"}
    try:
        limit, wait = (int(request.query_params.get(name, usual)) for name, usual in (("limit", "200"), ("wait", "0")))
    except ValueError:
        return _problem(request, 422, "limit and wait are whole numbers.")
    if not 1 <= limit <= 500 or not 0 <= wait <= LONGEST_WAIT:
        return _problem(request, 422, f"limit is 1 to 500, wait is 0 to {LONGEST_WAIT} seconds.")
    since = starting_point(request)
    found = await _events_within(request, since, limit, wait)
    if found is None:
        return _unknown(request)
    return JSONResponse({"events": found, "next": found[-1]["id"] if found else since}, headers=headers)


def _admitted_events(conversation_id: str, secret: str, since: int, limit: int) -> list[dict[str, Any]] | None:
    """What is there to read; None when the secret opens no such conversation."""
    return events_for_visitor(conversation_id, since, limit) if may_read(conversation_id, secret) else None


async def _events_within(request: Request, since: int, limit: int, wait: int) -> list[dict[str, Any]] | None:
    """The events after ``since``, at the latest after ``wait`` seconds; None for whoever may not read them."""
    conversation_id, secret = request.path_params["conversation_id"], _secret(request)
    subscription = live.subscribe(topic(conversation_id))  # before the first read, so that nothing falls between
    ends = asyncio.get_running_loop().time() + wait
    try:
        found = await read(_admitted_events, conversation_id, secret, since, limit)
        while found == [] and (left := ends - asyncio.get_running_loop().time()) > 0:
            try:
                await asyncio.wait_for(subscription.queue.get(), left)
            except TimeoutError:
                break
            found = await read(events_for_visitor, conversation_id, since, limit)
        return found
    finally:
        live.unsubscribe(subscription)


_PATH = "/api/v1/chat/conversations/{conversation_id}"
routes: list[Route] = [
    Route(f"{_PATH}/stream", open_stream, methods=["GET", "OPTIONS"]),
    Route(f"{_PATH}/events", poll, methods=["GET", "OPTIONS"]),
]
