"""Fixtures of the browser tests: a served chat, a page of another origin that embeds it, and a real Chromium."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chat_server import Server
from desk_page import House

SHOP_PAGE = (
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Shop</title>"
    "<h1>Tents</h1><a href='#'>A link</a><script src='{chat}/chat/widget.js' async></script>"
)
WITHIN = 20_000  # milliseconds until something is taken for missing


@pytest.fixture(scope="module")
def shop(tmp_path_factory: Any) -> Iterator[str]:
    """A page of another origin that has the widget; its address. The file is written when the chat is known."""
    folder = tmp_path_factory.mktemp("shop")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            return

    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    _folders[f"http://localhost:{serving.server_port}"] = folder
    yield f"http://localhost:{serving.server_port}"
    serving.shutdown()


_folders: dict[str, Path] = {}


@pytest.fixture(scope="module")
def server(tmp_path_factory: Any, shop: str, request: Any) -> Iterator[Server]:
    """What colleagues say is sent at once, unless the tests of a file set it otherwise (``SETTINGS``)."""
    own = {"COURTESY_WIDGET_ORIGINS": shop, "COURTESY_MAX_UPLOAD_MB": "1", "COURTESY_UNDO_SECONDS": "0"}
    serving = Server(tmp_path_factory.mktemp("widget"), own | getattr(request.module, "SETTINGS", {}))
    (_folders[shop] / "index.html").write_text(SHOP_PAGE.format(chat=serving.url))
    try:
        yield serving.start()
    finally:
        serving.end()


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=WITHIN)
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    opened = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    opened.set_default_timeout(WITHIN)
    yield opened
    opened.close()


@pytest.fixture
def page(context: Any, server: Server) -> Any:
    """The hosted chat, before the first word."""
    opened = context.new_page()
    opened.goto(f"{server.url}/chat/")
    pytest.importorskip("playwright.sync_api").expect(opened.locator("#welcome h2")).to_be_visible()
    return opened


@pytest.fixture
def lasting(chromium: Any, tmp_path: Path) -> Iterator[Callable[[bool], Any]]:
    """Open a lasting browser whose settings let frames of other origins store things, or not."""
    opened = []

    def launch(frames_may_store: bool) -> Any:
        shut = not frames_may_store
        settings = tmp_path / "Default" / "Preferences"
        settings.parent.mkdir()
        settings.write_text(
            json.dumps({"profile": {"cookie_controls_mode": int(shut), "block_third_party_cookies": shut}})
        )
        profile = chromium.browser_type.launch_persistent_context(
            tmp_path, executable_path=chromium_path(), args=["--no-sandbox"], locale="en-GB"
        )
        profile.set_default_timeout(WITHIN)
        opened.append(profile)
        return profile

    yield launch
    for profile in opened:
        profile.close()


@pytest.fixture(scope="module")
def _house(server: Server, chromium: Any) -> House:
    return House(server, chromium)


@pytest.fixture
def house(_house: House) -> Iterator[House]:
    """The company with its colleagues; the windows that a test opened are closed behind it."""
    yield _house
    _house.close()
