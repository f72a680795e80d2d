"""The desk's open stream, on the event loop: it tells that a conversation moved; the pages then read what."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db.models import Max
from django.http import HttpRequest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from courtesy.channels.streaming import BATCH, read, stream
from courtesy.conversations.events import INBOX, topic
from courtesy.conversations.models import Event
from courtesy.desk.visible import conversations_visible_to, of_visible
from courtesy.workforce.models import Colleague

MOST_STREAMS = 20  # of one colleague: tabs that can be seen, and some that are just closing
_open: Counter[str] = Counter()


def colleague_of(session_key: str) -> Colleague | None:
    """Who is signed in with this session; None when it has ended or the password has to be changed first."""
    asking = HttpRequest()
    asking.session = SessionStore(session_key)
    user = get_user(asking)
    return user if isinstance(user, Colleague) and not user.must_change_password else None


def moved_since(session_key: str, since: int) -> list[dict[str, Any]]:
    """What moved after event ``since`` in conversations that the colleague may see; from 0 on, where the record stands.

    Asked anew each time: a session that has ended, or a team that was left, sees nothing more."""
    if since == 0:
        return [{"id": Event.objects.aggregate(last=Max("pk"))["last"] or 0, "kind": "start"}]
    colleague = colleague_of(session_key)
    if colleague is None:
        return []
    rows = Event.objects.filter(of_visible(colleague), pk__gt=since).order_by("pk").values_list("pk", "conversation")
    return [{"id": pk, "kind": "moved", "conversation": conversation} for pk, conversation in rows[:BATCH]]


def _watched(session_key: str, conversation_id: str) -> tuple[Colleague | None, str]:
    """The colleague, and the conversation when they may see it."""
    colleague = colleague_of(session_key)
    if colleague is None or not conversation_id:
        return colleague, ""
    seen = conversations_visible_to(colleague).filter(pk=conversation_id).exists()
    return colleague, conversation_id if seen else ""


async def open_stream(request: Request) -> Response:
    """Server-sent events: ``moved`` for each event of a visible conversation, ``typing`` for ``?conversation=``."""
    session_key = request.cookies.get(settings.SESSION_COOKIE_NAME, "")
    colleague, conversation_id = await read(_watched, session_key, request.query_params.get("conversation", ""))
    if colleague is None:
        return JSONResponse({"detail": "Sign in at the desk first."}, status_code=403)
    key = colleague.pk
    if _open[key] >= MOST_STREAMS:
        return JSONResponse({"detail": "The desk is open too many times."}, status_code=429)
    _open[key] += 1

    def closed() -> None:
        _open[key] -= 1
        if _open[key] <= 0:
            del _open[key]

    return await stream(
        request,
        (INBOX, *((topic(conversation_id),) if conversation_id else ())),
        lambda since: moved_since(session_key, since),
        passes=lambda event: event.get("who") == "customer",
        closed=closed,
    )


routes: list[Route] = [Route("/desk/stream", open_stream, methods=["GET"])]
