"""The withdrawal pages in a real browser: keys alone, phone width, accessibility rules, the company's colours."""

from __future__ import annotations

from typing import Any

import pytest
from chat_server import Server
from desk_page import keep_picture
from test_accessibility import broken

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "confirms", "done"),
    [
        ("en", "Confirm withdrawal", "Your withdrawal has been received"),
        ("es", "Confirmar desistimiento", "Hemos recibido su desistimiento"),
        ("zh", "确认撤销", "我们已收到您的撤销声明"),
    ],
)
def test_a_contract_is_withdrawn_from_with_keys_alone(
    chromium: Any, server: Server, width: int, scheme: str, language: str, confirms: str, done: str
) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{server.url}/withdraw/?lang={language}")
    name = f"withdrawal-{language}-{width}-{scheme}"
    keep_picture(page, f"{name}-1")
    assert broken(page) == []
    page.locator("#name").focus()
    for typed in ("Ana Ruiz", "TF-10001", "ana.ruiz@example.com"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=confirms)
    expect(button).to_be_visible()
    keep_picture(page, f"{name}-2")
    assert broken(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=done)).to_be_visible()
    keep_picture(page, f"{name}-3")
    assert broken(page) == []
    context.close()
