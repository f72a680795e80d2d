"""The composer in a real Chromium: undoing a reply, scheduling one, phrases by "/", files by paste and drop."""

from __future__ import annotations

from typing import Any

import pytest
from axe_rules import broken
from chat_page import WIDE, bubbles
from desk_page import House, ask_for_a_person, keep_picture, open_row, said

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]
SETTINGS = {"COURTESY_UNDO_SECONDS": "6"}


def held_by_noor(house: House, words: str = "Can I pay in seashells?", **look: Any) -> tuple[Any, Any]:
    """Noor's page with a conversation that she holds, and the customer's chat."""
    noor = house.colleague("Noor", **look)
    customer = house.customer()
    ask_for_a_person(customer, words)
    noor.goto(f"{house.server.url}/desk/?view=unassigned")
    open_row(noor, customer)
    noor.get_by_role("button", name="Take over").click()
    expect(noor.locator("#reply-form")).to_be_visible()
    return noor, customer


def test_a_reply_is_undone_by_a_key_and_then_sent_changed(house: House) -> None:
    noor, customer = held_by_noor(house)
    field = noor.get_by_label("Reply to the customer")
    field.fill("We take seashels.")
    field.press("Control+Enter")
    expect(noor.locator(".waiting .bubble")).to_have_text("We take seashels.")
    expect(field).to_have_value("")
    expect(noor.locator("[data-counts-to]")).to_be_visible()
    keep_picture(noor, "desk-undo")
    noor.locator("#talk-title").click()  # out of the field
    noor.keyboard.press("z")
    expect(field).to_have_value("We take seashels.")
    expect(field).to_be_focused()
    expect(noor.locator(".waiting li")).to_have_count(0)
    noor.reload()
    expect(field).to_have_value("We take seashels.")
    field.fill("We take seashells.")
    noor.get_by_role("button", name="Send", exact=True).click()
    expect(noor.locator(".waiting li")).to_have_count(1)
    noor.reload()  # it does not hang on the page
    expect(bubbles(customer, "ours").last).to_contain_text("We take seashells.")
    expect(said(noor).last).to_have_text("We take seashells.")
    expect(noor.locator(".waiting li")).to_have_count(0)
    assert "seashels" not in customer.content()


def test_undo_stands_in_a_notice_when_another_page_part_is_looked_at(house: House) -> None:
    noor, _ = held_by_noor(house, "Is the lantern loud?")
    opened = noor.url
    noor.get_by_label("Reply to the customer").fill("It is silent.")
    noor.get_by_role("button", name="Send", exact=True).click()
    expect(noor.locator(".waiting li")).to_have_count(1)
    expect(noor.locator(".toast-undo")).to_be_hidden()  # the reply itself is seen, with its button
    noor.get_by_label("Reply to the customer").evaluate("one => one.blur()")
    noor.keyboard.press("Escape")  # back to the list
    expect(noor.locator("#talk")).to_have_count(0)
    expect(noor.locator(".toast-undo")).to_be_visible()
    noor.keyboard.press("z")
    expect(noor.locator(".toast").last).to_have_text("Taken back: nothing was sent.")
    noor.goto(opened)
    expect(noor.get_by_label("Reply to the customer")).to_have_value("It is silent.")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_waits_breaks_no_rule(house: House, scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    noor, _ = held_by_noor(house, "May I bathe in a tent?", **look)
    noor.get_by_label("Reply to the customer").fill("Rather not, and here is a longer sentence about it.")
    noor.get_by_role("button", name="Send", exact=True).click()
    expect(noor.locator(".waiting li")).to_have_count(1)
    keep_picture(noor, f"waiting-{scheme}-{width}")
    assert broken(noor) == []
    assert noor.evaluate(WIDE) == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_a_reply_is_scheduled_moved_and_edited(house: House, scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    noor, _ = held_by_noor(house, "May I paint my tent?", **look)
    noor.get_by_label("Reply to the customer").fill("I have asked the maker, and write tomorrow.")
    noor.locator(".write [aria-label='Send later']").click()
    expect(noor.get_by_role("button", name="Tomorrow at 9")).to_be_visible()
    noor.wait_for_timeout(200)
    assert broken(noor) == []
    keep_picture(noor, f"later-{scheme}-{width}")
    noor.get_by_role("button", name="Tomorrow at 9").click()
    expect(noor.locator(".waiting .said-foot")).to_contain_text("09:00")
    expect(noor.get_by_role("button", name="Tomorrow at 9")).to_be_hidden()
    noor.get_by_text("Another time").click()
    noor.locator(".waiting input[type=datetime-local]").fill("2031-03-04T17:30")
    noor.locator(".waiting").get_by_role("button", name="Send then").click()
    expect(noor.locator(".waiting .said-foot")).to_contain_text("4 Mar 2031 17:30")
    assert broken(noor) == []
    keep_picture(noor, f"scheduled-{scheme}-{width}")
    noor.locator(".waiting").get_by_role("button", name="Edit").click()
    expect(noor.get_by_label("Reply to the customer")).to_have_value("I have asked the maker, and write tomorrow.")
    expect(noor.locator(".waiting li")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_a_phrase_is_found_and_put_in_by_keys_alone(house: House, scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    noor, _ = held_by_noor(house, "Is a yurt a tent?", **look)
    field, words = noor.get_by_label("Reply to the customer"), noor.get_by_role("combobox", name="Find a phrase")
    field.press_sequentially("and/or ")
    expect(words).to_be_hidden()
    field.press_sequentially("/")
    expect(words).to_be_focused()
    words.press_sequentially("order")
    chosen = noor.locator("#insert-list [aria-selected=true]")
    gapped = noor.locator("#insert-list [role=option]").filter(has=noor.locator(".badge")).first
    expect(gapped).to_be_visible()
    expect(chosen).to_have_count(1)
    assert broken(noor) == []
    assert noor.evaluate(WIDE) == 0
    keep_picture(noor, f"slash-{scheme}-{width}")
    for _step in range(20):
        if chosen.locator(".badge").count():
            break
        words.press("ArrowDown")
    expect(words).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    words.press("Enter")
    expect(field).to_be_focused()
    expect(noor.locator(".gap").first).to_be_visible()
    gap = field.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
    assert gap.startswith("{")
    assert gap.endswith("}")
    assert broken(noor) == []
    keep_picture(noor, f"gap-{scheme}-{width}")
    field.press("Control+Enter")
    expect(noor.locator(".toast").last).to_contain_text("Fill in first")
    expect(noor.locator(".waiting li")).to_have_count(0)
    while noor.locator(".gap").count():
        noor.locator(".gap").first.click()
        noor.keyboard.type("TF-1")
    field.press("Control+Enter")
    expect(noor.locator(".waiting li")).to_have_count(1)


BRING = """([place, kind, files]) => {
    const carried = new DataTransfer();
    for (const [name, type, content] of files) carried.items.add(new File([content], name, { type }));
    const more = { bubbles: true, cancelable: true };
    const target = document.querySelector(place);
    if (kind === "paste") return target.dispatchEvent(new ClipboardEvent(kind, { ...more, clipboardData: carried }));
    const steps = ["dragenter", "dragover", ...(kind === "drop" ? ["drop"] : [])];
    for (const step of steps) target.dispatchEvent(new DragEvent(step, { ...more, dataTransfer: carried }));
}"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_files_are_pasted_dropped_removed_and_sent(house: House, scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    noor, customer = held_by_noor(house, "How do I fold a yurt?", **look)
    lying = noor.locator("[id^=enclosures] li")
    noor.evaluate(BRING, ["#reply-text", "paste", [["picture.txt", "text/plain", "a picture in words"]]])
    expect(lying).to_have_count(1)
    noor.evaluate(BRING, ["#talk", "hover", [["a.txt", "text/plain", "a"]]])
    expect(noor.locator(".drop-here")).to_be_visible()
    keep_picture(noor, f"dropping-{scheme}-{width}")
    two = [["guide.txt", "text/plain", "fold it twice"], ["page.html", "text/html", "<script>alert(1)</script>"]]
    noor.evaluate(BRING, ["#talk", "drop", two])
    expect(lying).to_have_count(2)  # the third is no kind of file that is sent
    expect(noor.locator(".toast").last).to_contain_text("page.html cannot be sent")
    assert broken(noor) == []
    assert noor.evaluate(WIDE) == 0
    keep_picture(noor, f"files-{scheme}-{width}")
    noor.reload()
    expect(lying).to_have_count(2)
    noor.get_by_role("button", name="Remove picture.txt").click()
    expect(lying).to_have_count(1)
    noor.get_by_label("Reply to the customer").fill("Like this.")
    noor.get_by_label("Reply to the customer").press("Control+Enter")
    expect(lying).to_have_count(0)
    noor.get_by_role("button", name="Send now").click()
    expect(customer.locator(".message.ours").last).to_contain_text("guide.txt")
    assert "picture.txt" not in customer.content()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_how_it_ended_is_asked_when_a_conversation_is_closed(house: House, scheme: str, width: int) -> None:
    look = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    noor, _ = held_by_noor(house, "Can I wash a yurt?", **look)
    noor.locator("[id^=more-] summary").click()
    noor.get_by_label("How did it end?").select_option("answered")
    assert broken(noor) == []
    assert noor.evaluate(WIDE) == 0
    keep_picture(noor, f"wrap-up-{scheme}-{width}")
    noor.get_by_role("button", name="Close the conversation").click()
    expect(noor.locator(".talk-sub")).to_contain_text("Closed: Question answered")
    expect(noor.locator(".conversation-closed")).to_contain_text("Question answered")
