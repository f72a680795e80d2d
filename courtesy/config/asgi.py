"""The root application: live streams on the event loop, every other page by Django in a pool of threads.

A Django page costs several times more on an event loop than in a thread, and an open stream costs a thread in a
pool and next to nothing on an event loop. So each goes where it is cheap (docs/decisions/0002).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from courtesy.config.environment import read_number

STREAMS = ("courtesy.channels.chat.stream", "courtesy.desk.stream")
"""Modules with a list ``routes`` of Starlette routes, asked before Django's."""


def stream_routes() -> list[BaseRoute]:
    return [route for name in STREAMS if find_spec(name) for route in import_module(name).routes]


def build() -> Starlette:
    """Make the application; Django must be set up."""
    pages = WSGIMiddleware(get_wsgi_application(), workers=read_number("COURTESY_WEB_THREADS"))  # type: ignore[arg-type]
    return Starlette(routes=[*stream_routes(), Mount("/", app=pages)])  # type: ignore[arg-type]
