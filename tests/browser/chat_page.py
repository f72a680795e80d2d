"""What the tests of the chat in a browser write, press and look for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chat_server import Server, Visitor

expect = pytest.importorskip("playwright.sync_api").expect

ORDER = "Where is my order TF-10002? My e-mail is ana.ruiz@example.com"
PHONE = {"width": 390, "height": 844}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WITHIN = 20_000  # milliseconds until something is taken for missing
MAY_STORE = "() => { try { return Boolean(localStorage); } catch { return false; } }"


def write(where: Any, words: str) -> None:
    where.locator("#text").fill(words)
    where.locator("#text").press("Enter")


def bubbles(where: Any, whose: str) -> Any:
    return where.locator(f".message.{whose} .bubble")


def kept(page: Any) -> dict[str, Any]:
    """What the browser remembers of the conversation: the chat's own page, or the page around its frame."""
    name = "courtesy-chat"
    if page.locator("courtesy-chat iframe").count():
        inside = inside_of(page)
        if inside.evaluate(MAY_STORE):
            page = inside
        else:
            name = "courtesy-chat-kept"
    return json.loads(page.evaluate("name => localStorage[name]", name))["conversation"]  # type: ignore[no-any-return]


def same_visitor(page: Any, server: Server) -> Visitor:
    """The visitor of this browser once more, by the API: what the server really has, or another device."""
    return Visitor(server, kept(page)["id"], kept(page)["secret"])


def shop_page(context: Any, shop: str) -> Any:
    opened = context.new_page()
    opened.goto(f"{shop}/index.html")
    expect(opened.get_by_role("button", name="Open the chat")).to_be_visible()
    return opened


def open_chat(page: Any) -> None:
    """Press the button, and wait until the chat greets."""
    page.get_by_role("button", name="Open the chat").click()
    expect(frame_of(page).locator("#welcome h2")).to_be_visible()


def frame_of(page: Any) -> Any:
    return page.frame_locator("courtesy-chat iframe")


def inside_of(page: Any) -> Any:
    """The chat's own document within the page."""
    return next(frame for frame in page.frames if "/chat/embed/" in frame.url)
