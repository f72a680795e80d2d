"""The help centre in a real Chromium: by keyboard, at phone width, on paper, with nothing blocked by its own policy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from courtesy.knowledge.models import ArticleFeedback
from courtesy.pack import editions

LANTERN = Path(__file__).resolve().parents[2] / "unit" / "knowledge" / "lantern"
PAGES = ("/help/en/", "/help/zh/", "/help/en/?q=battery", "/help/es/?q=kayak", "/help/en/delivery/delivery-times/")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(monkeypatch: Any) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def _in_force(settings: Any) -> Iterator[None]:
    editions.configure(LANTERN, None)
    yield
    editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_their_width_and_nothing_is_blocked(browser: Any, live_server: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    for address in PAGES:
        assert page.goto(live_server.url + address).status == 200
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, address
        assert page.evaluate("document.querySelectorAll('h1').length") == 1
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "block"
        )  # the style is there
    assert wrong == []


def test_a_reader_without_a_mouse_searches_reads_and_says_that_it_helped(browser: Any, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/help/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.get_by_role("searchbox").focus()
    page.keyboard.type("how do I change the battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/en/?q=*")
    page.get_by_role("link", name="Read the whole article").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/care/batteries/")
    page.get_by_role("button", name="Yes").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**thanks=yes**")
    assert page.get_by_text("Thank you, we have noted it.").is_visible()
    assert ArticleFeedback.objects.get().helpful == 1


def test_on_paper_there_is_only_the_article(browser: Any, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/help/en/delivery/delivery-times/")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="How long delivery takes").is_visible()
    assert not page.locator(".banner").is_visible()
    assert not page.locator(".helpful").is_visible()
    assert not page.locator(".ask").is_visible()
