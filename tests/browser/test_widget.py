"""The chat in a real Chromium: the hosted page, and the widget on a page of another origin."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_server import Server, Visitor

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

pytestmark = [pytest.mark.browser]

ORDER = "Where is my order TF-10002? My e-mail is ana.ruiz@example.com"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0f01f00050001ff5c0bd4b70000000049454e44ae426082"
)
PHONE = {"width": 390, "height": 844}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WITHIN = 20_000  # milliseconds until something is taken for missing


def write(where: Any, words: str) -> None:
    where.locator("#text").fill(words)
    where.locator("#text").press("Enter")


def bubbles(where: Any, whose: str) -> Any:
    return where.locator(f".message.{whose} .bubble")


def kept(page: Any) -> dict[str, Any]:
    """What the browser remembers of the conversation."""
    return page.evaluate("JSON.parse(localStorage['courtesy-chat']).conversation")  # type: ignore[no-any-return]


def same_visitor(page: Any, server: Server) -> Visitor:
    """The visitor of this browser once more, by the API: what the server really has, or another device."""
    return Visitor(server, kept(page)["id"], kept(page)["secret"])


# --- talking -------------------------------------------------------------------------------------


def test_a_visitor_asks_presses_an_offered_choice_and_comes_back_after_a_reload(page: Any, server: Server) -> None:
    expect(page.locator("header h1")).to_have_text("Tarnfell Outdoor")
    expect(page.locator("#person")).to_have_text("Talk to a person")
    expect(page.locator("#welcome .about")).to_contain_text("automatic representative")
    write(page, ORDER)
    expect(bubbles(page, "ours").first).to_contain_text("CX100021ES")
    write(page, "I want to cancel order TF-10003")
    page.get_by_role("button", name="Ordered by mistake").click()
    expect(bubbles(page, "mine").last).to_contain_text("Ordered by mistake")
    expect(bubbles(page, "ours")).to_have_count(3)
    before = page.locator(".message").all_inner_texts()
    page.reload()
    expect(page.locator(".message")).to_have_count(len(before))
    assert page.locator(".message").all_inner_texts() == before
    write(page, "no, keep it")
    expect(bubbles(page, "ours")).to_have_count(4)
    said = [message["text"] for message in same_visitor(page, server).messages() if message["author"] == "customer"]
    assert said == [ORDER, "I want to cancel order TF-10003", "Ordered by mistake", "no, keep it"]


@pytest.mark.parametrize(
    ("locale", "title", "person", "asked", "answered"),
    [
        ("en-GB", "Hello", "Talk to a person", ORDER, "on its way"),
        (
            "es-ES",
            "Hola",
            "Hablar con una persona",
            "¿Dónde está mi pedido TF-10002? ana.ruiz@example.com",
            "en camino",
        ),
        ("zh-CN", "您好", "转人工客服", "我的订单TF-10002到哪了？我的邮箱是ana.ruiz@example.com", "运输途中"),
    ],
)
def test_the_chat_speaks_the_language_of_the_browser(
    chromium: Any, server: Server, locale: str, title: str, person: str, asked: str, answered: str
) -> None:
    context = chromium.new_context(locale=locale, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{server.url}/chat/")
    expect(page.locator("#welcome h2")).to_contain_text(title)
    expect(page.locator("#person")).to_have_text(person)
    write(page, asked)
    expect(bubbles(page, "ours").first).to_contain_text(answered)
    assert page.evaluate("document.documentElement.lang") == locale[:2]
    context.close()


def test_a_person_is_asked_for_with_one_press_and_it_is_said_that_one_was(page: Any, server: Server) -> None:
    page.get_by_role("button", name="Talk to a person").click()
    expect(bubbles(page, "mine")).to_contain_text("Talk to a person")
    expect(page.locator("#with")).to_contain_text("A colleague has been asked")
    states = [event for event in same_visitor(page, server).events() if event["kind"] == "state"]
    assert states[-1]["speaker"] == "colleague"


def test_what_a_customer_writes_is_shown_as_text_and_only_web_links_are_links(page: Any) -> None:
    words = (
        "<img src=x onerror=\"document.title='broken in'\"><script>document.title='broken in'</script> "
        "javascript:alert(1) https://example.com/a_(b)?x=1. " + "Donaudampfschifffahrt" * 12
    )
    page.set_viewport_size(PHONE)
    write(page, words)
    expect(bubbles(page, "ours").first).to_be_visible()
    page.reload()
    expect(bubbles(page, "mine")).to_contain_text("<script>")
    assert page.locator("#log img, #log script").count() == 0
    assert "broken in" not in page.title()
    links = bubbles(page, "mine").locator("a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://example.com/a_(b)?x=1"]
    assert "noopener" in links.first.get_attribute("rel")
    assert page.evaluate(WIDE) == 0
    assert (
        page.evaluate("document.querySelector('#room').scrollWidth - document.querySelector('#room').clientWidth") == 0
    )


# --- by keyboard, and for those who listen ----------------------------------------------------------


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_a_whole_conversation_needs_only_the_keyboard(page: Any) -> None:
    order = []
    for _ in range(20):
        page.keyboard.press("Tab")
        order.append(focused(page))
        if order[-1] == "text":
            break
    assert order[:3] == ["menu-button", "person", "room"]
    assert order[-2:] == ["attach", "text"]
    page.keyboard.type("I want to cancel order TF-10003, ana.ruiz@example.com")
    page.keyboard.press("Enter")
    expect(page.locator(".choice").first).to_be_visible()
    assert focused(page) == "text"
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "Ordered by mistake":
            break
    page.keyboard.press("Enter")
    expect(bubbles(page, "mine").last).to_contain_text("Ordered by mistake")
    assert focused(page) == "text"
    expect(page.locator("#log")).to_have_attribute("role", "log")
    expect(page.locator("#log")).to_have_attribute("aria-live", "polite")


def test_escape_closes_the_menu_and_the_focus_returns(page: Any) -> None:
    page.locator("#menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    assert focused(page) == "menu-button"


# --- files ------------------------------------------------------------------------------------------


def test_files_come_by_button_paste_and_drop_and_what_cannot_be_sent_is_said_at_once(page: Any, server: Server) -> None:
    page.locator("#files").set_input_files(
        [
            {"name": "tent.png", "mimeType": "image/png", "buffer": PNG},
            {"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
            {"name": "big.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"0" * 1024 * 1024},
        ]
    )
    expect(page.locator("#refused")).to_contain_text("run.exe")
    expect(page.locator("#refused")).to_contain_text("big.pdf is larger than 1 MB")
    bring = """(kind) => {
        const carried = new DataTransfer();
        carried.items.add(new File(["The zip is torn."], `${kind}.txt`, { type: "text/plain" }));
        const given = kind === "paste" ? { clipboardData: carried } : { dataTransfer: carried };
        const event = kind === "paste" ? ClipboardEvent : DragEvent;
        document.getElementById("text").dispatchEvent(new event(kind, { bubbles: true, cancelable: true, ...given }));
    }"""
    for kind in ("paste", "drop"):
        page.evaluate(bring, kind)
    expect(page.locator("#staged li")).to_have_count(3)
    page.get_by_role("button", name="Remove drop.txt").click()
    write(page, "See the seam")
    expect(bubbles(page, "ours").first).to_be_visible()
    expect(page.locator(".file.picture img")).to_have_count(1)
    expect(page.locator("#log button.file")).to_have_count(2)
    visitor = same_visitor(page, server)
    (mine,) = [message for message in visitor.messages() if message["author"] == "customer"]
    assert sorted(document["name"] for document in mine["documents"]) == ["paste.txt", "tent.png"]
    page.reload()
    expect(page.locator("#log button.file")).to_have_count(2)
    expect(page.locator(".file.picture img")).to_have_count(1)


def test_a_file_that_is_not_what_its_name_says_stays_with_the_reason_and_can_be_removed(page: Any) -> None:
    page.locator("#files").set_input_files([{"name": "tent.png", "mimeType": "image/png", "buffer": b"MZ\x00 program"}])
    page.locator("#send").click()
    expect(page.locator(".state.failed")).to_contain_text("Not sent: Pictures, PDF")
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator(".message")).to_have_count(0)


# --- the line breaks --------------------------------------------------------------------------------


def test_without_a_network_messages_wait_and_leave_by_themselves(page: Any, context: Any, server: Server) -> None:
    write(page, "hello")
    expect(bubbles(page, "ours")).to_have_count(1)
    context.set_offline(True)
    write(page, ORDER)
    expect(page.locator("#notice")).to_contain_text("You are offline")
    expect(page.locator(".message.waiting")).to_contain_text("Not sent yet")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    context.set_offline(False)
    expect(bubbles(page, "ours").last).to_contain_text("CX100021ES")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator(".message.waiting")).to_have_count(0)
    assert [message["author"] for message in same_visitor(page, server).messages()] == [
        "customer",
        "representative",
    ] * 2


def test_an_answer_that_was_lost_on_the_way_makes_no_second_message(page: Any, server: Server) -> None:
    cut = iter([True])

    def lose_the_first(route: Any) -> None:
        if next(cut, False):
            route.fetch()  # the server has it; the browser never hears so
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/messages", lose_the_first)
    write(page, ORDER)
    expect(bubbles(page, "ours").first).to_contain_text("CX100021ES")
    expect(bubbles(page, "mine")).to_have_count(1)
    expect(page.locator(".message.waiting")).to_have_count(0)
    assert [message["author"] for message in same_visitor(page, server).messages()] == ["customer", "representative"]


def test_the_server_stops_and_comes_back_and_nothing_is_lost_or_said_twice(page: Any, server: Server) -> None:
    write(page, "hello")
    expect(bubbles(page, "ours")).to_have_count(1)
    server.end()
    for words in (ORDER, "Thank you"):
        write(page, words)
    expect(page.locator(".message.waiting, .message.sending")).to_have_count(2)
    server.start()
    expect(bubbles(page, "ours").nth(1)).to_contain_text("CX100021ES", timeout=60_000)
    expect(page.locator(".message.waiting, .message.sending")).to_have_count(0)
    said = [message["text"] for message in same_visitor(page, server).messages() if message["author"] == "customer"]
    assert said == ["hello", ORDER, "Thank you"]
    expect(bubbles(page, "mine")).to_have_count(3)


# --- on the shop's page -----------------------------------------------------------------------------


@pytest.fixture
def embedding(chromium: Any, server: Server, shop: str, tmp_path: Path) -> Iterator[Any]:
    """The shop's page, its chat still closed, in a lasting profile: private ones keep nothing for frames."""
    profile = chromium.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
        args=["--no-sandbox"],
        locale="en-GB",
    )
    profile.set_default_timeout(WITHIN)
    yield shop_page(profile, shop)
    profile.close()


def shop_page(context: Any, shop: str) -> Any:
    opened = context.new_page()
    opened.goto(f"{shop}/index.html")
    expect(opened.get_by_role("button", name="Open the chat")).to_be_visible()
    return opened


def frame_of(page: Any) -> Any:
    return page.frame_locator("courtesy-chat iframe")


def test_one_script_tag_puts_the_chat_on_a_page_of_another_origin(embedding: Any) -> None:
    embedding.get_by_role("button", name="Open the chat").click()
    write(frame_of(embedding), ORDER)
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    embedding.reload()
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    assert embedding.evaluate("localStorage['courtesy-chat']") is None  # the shop's page never sees the secret


def test_a_private_window_that_keeps_nothing_for_frames_still_has_a_working_chat(
    context: Any, server: Server, shop: str
) -> None:
    page = shop_page(context, shop)
    page.get_by_role("button", name="Open the chat").click()
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
    embedding.get_by_role("button", name="Open the chat").click()
    write(frame_of(embedding), "hello")
    expect(bubbles(frame_of(embedding), "ours")).to_have_count(1)
    inside = next(frame for frame in embedding.frames if "/chat/embed/" in frame.url)
    elsewhere = same_visitor(inside, server)
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
    embedding.get_by_role("button", name="Open the chat").click()
    write(frame_of(embedding), ORDER)
    expect(bubbles(frame_of(embedding), "ours").first).to_contain_text("CX100021ES")
    assert embedding.locator("courtesy-chat .panel").bounding_box() == {"x": 0, "y": 0, **PHONE}
    inside = next(frame for frame in embedding.frames if "/chat/embed/" in frame.url)
    for where in (embedding, inside):
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
