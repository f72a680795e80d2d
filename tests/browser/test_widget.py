"""The hosted chat in a real Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from chat_page import ORDER, PHONE, WIDE, bubbles, same_visitor, write
from chat_server import Server

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc0f01f00050001ff5c0bd4b70000000049454e44ae426082"
)


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


def test_what_the_buttons_offer_is_not_listed_above_them_and_stands_in_the_record(page: Any, server: Server) -> None:
    write(page, "what does the tent cost?")
    buttons = page.locator("button.choice")
    expect(buttons.nth(1)).to_be_visible()
    label = buttons.first.inner_text()
    expect(page.locator(".listed").first).to_be_hidden()
    assert label not in bubbles(page, "ours").last.inner_text()
    write(page, "never mind")
    expect(buttons).to_have_count(0)
    expect(page.locator(".listed").first).to_be_visible()
    assert f"• {label}" in page.locator("#log").inner_text()


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
    expect(page.locator("#with")).to_be_visible()  # the server has told; the words alone stand there before
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
