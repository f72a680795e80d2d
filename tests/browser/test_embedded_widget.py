"""The widget on a page of another origin, in a real Chromium that lets its frame keep things, or does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from chat_page import (
    MAY_STORE,
    ORDER,
    PHONE,
    WIDE,
    bubbles,
    frame_of,
    inside_of,
    kept,
    open_chat,
    same_visitor,
    shop_page,
    write,
)
from chat_server import Server

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]


@pytest.fixture(params=["kept by the frame", "kept by the page around"])
def embedding(request: Any, lasting: Callable[[bool], Any], server: Server, shop: str) -> Any:
    """The shop's page, its chat still closed, in a browser that lets frames of other origins store, or does not."""
    return shop_page(lasting(request.param == "kept by the frame"), shop)


def test_one_script_tag_puts_the_chat_on_a_page_of_another_origin(embedding: Any) -> None:
    open_chat(embedding)
    write(frame_of(embedding), ORDER)
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    by_frame = inside_of(embedding).evaluate(MAY_STORE)
    frame_of(embedding).locator("#text").fill("and one more thing")
    embedding.reload()
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    expect(frame_of(embedding).locator("#text")).to_have_value("and one more thing")
    around = embedding.evaluate("Object.keys(localStorage)")
    assert ("courtesy-chat-kept" not in around) is by_frame  # where it can, the shop's page never sees the secret


def test_a_second_tab_goes_on_where_the_first_one_stands(embedding: Any, shop: str) -> None:
    open_chat(embedding)
    second = shop_page(embedding.context, shop)
    open_chat(second)
    write(frame_of(embedding), ORDER)
    expect(bubbles(frame_of(second), "ours").first).to_contain_text("CX100021ES")
    assert kept(second) == kept(embedding)


def test_what_is_kept_by_the_page_around_goes_to_the_chat_alone(embedding: Any, server: Server) -> None:
    open_chat(embedding)
    write(frame_of(embedding), "hello")
    expect(bubbles(frame_of(embedding), "ours")).to_have_count(1)
    before = kept(embedding)
    heard = r"""async (home) => {
        const told = [];
        const other = document.createElement("iframe");
        other.srcdoc = `<script>addEventListener("message", (event) => parent.postMessage({ heard: event.data }, "*"));
            for (const word of ["recall", "keep"]) parent.postMessage({ courtesy: word, text: "{}" }, "*");<\/script>`;
        addEventListener("message", (event) => event.data?.heard && told.push(event.data.heard));
        document.body.append(other);
        postMessage({ courtesy: "keep", text: "{}" }, "*");
        await new Promise((done) => setTimeout(done, 600));
        return told;
    }"""
    assert embedding.evaluate(heard, server.url) == []
    assert kept(embedding) == before


def test_the_browser_keeps_things_where_this_test_wants_them(embedding: Any, request: Any) -> None:
    open_chat(embedding)
    by_frame = "kept by the frame" in request.node.name
    assert inside_of(embedding).evaluate(MAY_STORE) is by_frame


def test_a_private_window_that_keeps_nothing_for_frames_still_has_a_working_chat(
    context: Any, server: Server, shop: str
) -> None:
    page = shop_page(context, shop)
    open_chat(page)
    for count, words in enumerate((ORDER, "Thank you"), start=1):
        write(frame_of(page), words)
        expect(bubbles(frame_of(page), "ours")).to_have_count(count)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Open the chat").click()
    expect(bubbles(frame_of(page), "mine")).to_have_count(2)


def test_escape_closes_the_widget_and_the_focus_returns_to_its_button(embedding: Any) -> None:
    embedding.get_by_role("link", name="A link").focus()
    embedding.keyboard.press("Tab")
    embedding.keyboard.press("Enter")
    expect(frame_of(embedding).locator("#text")).to_be_focused()
    embedding.keyboard.press("Tab")  # nothing to send yet: round to the first
    expect(frame_of(embedding).locator("#menu-button")).to_be_focused()
    embedding.keyboard.press("Shift+Tab")
    expect(frame_of(embedding).locator("#text")).to_be_focused()
    embedding.keyboard.press("Escape")
    expect(embedding.locator("courtesy-chat .panel")).to_be_hidden()
    assert embedding.evaluate("document.querySelector('courtesy-chat').shadowRoot.activeElement.className") == "button"


def test_a_closed_chat_counts_what_came_in_and_stops_counting_when_it_is_read(embedding: Any, server: Server) -> None:
    open_chat(embedding)
    write(frame_of(embedding), "hello")
    expect(bubbles(frame_of(embedding), "ours")).to_have_count(1)
    elsewhere = same_visitor(embedding, server)
    embedding.keyboard.press("Escape")
    expect(embedding.locator("courtesy-chat .panel")).to_be_hidden()
    elsewhere.say(ORDER, "from-another-device")
    expect(embedding.locator("courtesy-chat .count")).to_have_text("1")
    expect(embedding.get_by_role("button", name=re.compile("1 new messages?"))).to_be_visible()
    embedding.locator("courtesy-chat button").click()
    expect(embedding.locator("courtesy-chat .count")).to_be_hidden()
    expect(bubbles(frame_of(embedding), "ours")).to_have_count(2)


def test_on_a_phone_the_chat_fills_the_screen_and_nothing_scrolls_sideways(embedding: Any) -> None:
    embedding.set_viewport_size(PHONE)
    open_chat(embedding)
    write(frame_of(embedding), ORDER)
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    assert embedding.locator("courtesy-chat .panel").bounding_box() == {"x": 0, "y": 0, **PHONE}
    for where in (embedding, inside_of(embedding)):
        assert where.evaluate(WIDE) == 0
    frame_of(embedding).get_by_role("button", name="Close the chat").click()
    expect(embedding.locator("courtesy-chat .panel")).to_be_hidden()


def test_a_page_that_is_not_allowed_gets_no_chat(context: Any, server: Server, shop: str) -> None:
    stranger = context.new_page()
    stranger.goto(f"{shop.replace('localhost', '127.0.0.1')}/index.html")
    stranger.get_by_role("button", name="Open the chat").click()
    embedded = stranger.locator("courtesy-chat iframe").element_handle().content_frame()
    embedded.wait_for_load_state()
    assert embedded.locator("#text").count() == 0
