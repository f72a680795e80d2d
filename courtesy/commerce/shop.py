"""The shop in force: the one place that turns the setting ``COURTESY_SHOP`` into an object."""

from __future__ import annotations

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from courtesy.commerce.port import Shop


@cache
def _made(path: str) -> Shop:
    return cast(Shop, import_string(path)())


def current() -> Shop:
    """The company's shop; the same object each time."""
    return _made(settings.COURTESY_SHOP)
