"""Everybody can use it: accessibility rules on every page, keys alone for the main path, and the width of a phone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_rules import broken
from chat_page import PHONE, WIDE, bubbles, kept, write
from chat_server import Server
from desk_page import PASSWORD, House, ask_for_a_person, keep_picture, open_row, said

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]

DESK = ("?view=all", "find/?q=order", "approvals/", "questions/", "proposals/", "gaps/", "quarantine/", "myself/")
HELP = ("/help/en/", "/help/es/company/gift-wrapping/", "/help/zh/?q=退货", "/help/en/no-such-page/")
IS_SEEN = """() => {
    const at = document.activeElement;
    const seen = (one) => one && one !== document.body && (
        getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none");
    return seen(at) || seen(at.closest(".field, .write, .search, .find")) || at.id === "stage";
}"""


@pytest.fixture(params=["light", "dark"])
def scheme(request: Any) -> str:
    return str(request.param)


@pytest.fixture(params=[1440, 390])
def width(request: Any) -> int:
    return int(request.param)


@pytest.fixture
def look(scheme: str, width: int) -> dict[str, Any]:
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}


def test_the_chat_breaks_no_rule(house: House, look: dict[str, Any]) -> None:
    customer = house.customer(**look)
    assert broken(customer) == []
    write(customer, "I want to cancel order TF-10003, ana.ruiz@example.com")
    expect(customer.locator(".choice").first).to_be_visible()
    customer.locator("#menu-button").click()
    assert broken(customer) == []
    assert customer.evaluate(WIDE) == 0


def test_the_help_centre_breaks_no_rule(house: House, look: dict[str, Any]) -> None:
    page = house.browser(**look).new_page()
    for address in HELP:
        page.goto(house.server.url + address)
        assert broken(page) == [], address
        assert page.evaluate(WIDE) == 0, address


def test_the_desk_breaks_no_rule(house: House, look: dict[str, Any]) -> None:
    door = house.browser(**look).new_page()
    door.goto(f"{house.server.url}/desk/")
    assert broken(door) == []
    house.conversation(
        "I'd like to return the tent from TF-10005, I changed my mind. Refund to my paypal please. "
        "tom.byrne@example.com",
        "yes",
    )
    iker = house.colleague("Iker", "team lead", "", **look)
    for page in DESK:
        iker.goto(f"{house.server.url}/desk/{page}")
        assert broken(iker) == [], page
        assert iker.evaluate(WIDE) == 0, page


def test_a_conversation_breaks_no_rule(house: House, look: dict[str, Any], width: int) -> None:
    customer = house.customer()
    ask_for_a_person(customer, "How do I clean my boots?")
    noor = house.colleague("Noor", **look)
    noor.goto(f"{house.server.url}/desk/?view=unassigned")
    open_row(noor, customer)
    assert broken(noor) == []
    noor.get_by_role("button", name="Take over").click()
    noor.get_by_label("Reply to the customer").fill("With water.")
    assert broken(noor) == []
    if width == PHONE["width"]:
        noor.get_by_role("button", name="Customer and reasons").click()
    noor.get_by_role("tab", name="Why").click()
    expect(noor.locator("#panel-why")).to_be_visible()
    assert broken(noor) == []
    assert noor.evaluate(WIDE) == 0


def test_on_a_phone_a_customer_is_served_without_scrolling_sideways(house: House) -> None:
    customer = house.customer()
    ask_for_a_person(customer, "Is there a tent for two dogs?")
    noor = house.colleague("Noor", viewport=PHONE, has_touch=True)
    noor.get_by_role("button", name="Menu").click()
    noor.get_by_role("link", name="Unassigned").click()
    expect(noor.locator("#list-title")).to_have_text("Unassigned")
    open_row(noor, customer)
    expect(noor.locator("#list")).to_be_hidden()
    noor.get_by_role("button", name="Take over").click()
    noor.get_by_label("Reply to the customer").fill("Donaudampfschifffahrt" * 12)
    noor.get_by_role("button", name="Send").click()
    expect(bubbles(customer, "ours").last).to_contain_text("Donaudampfschifffahrt")
    expect(said(noor).last).to_contain_text("Donaudampfschifffahrt")
    assert noor.evaluate(WIDE) == 0
    scroll = noor.locator("#scroll")
    assert scroll.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    noor.get_by_role("button", name="Customer and reasons").click()
    expect(noor.locator("#side")).to_be_in_viewport(ratio=0.99)
    keep_picture(noor, "desk-on-a-phone")
    noor.get_by_role("button", name="Back to the conversation").click()
    expect(noor.locator("#side")).to_be_hidden()
    noor.get_by_role("link", name="Back to the list").click()
    expect(noor.locator("#list")).to_be_visible()


def test_from_the_sign_in_to_the_answer_by_keys_alone(house: House, server: Server) -> None:
    house.colleague("Noor")
    customer = house.customer()
    ask_for_a_person(customer, "Does the tent have a cellar?")
    noor = house.browser().new_page()
    noor.goto(f"{server.url}/desk/")
    keys = noor.keyboard
    expect(noor.get_by_label("E-mail address")).to_be_focused()
    keys.type("noor@desk.example")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(noor.locator("#list-title")).to_have_text("Mine")
    noor.wait_for_load_state()
    keys.press("g")
    keys.press("u")
    expect(noor.locator("#list-title")).to_have_text("Unassigned")
    noor.wait_for_load_state()
    keys.press("/")
    keys.type("no such thing")
    expect(noor.locator("#rows")).to_contain_text("Nothing found")
    for _ in "no such thing":
        keys.press("Backspace")
    row = f"row-{kept(customer)['id']}"
    expect(noor.locator(f"#{row}")).to_be_visible()
    keys.press("Escape")
    for _ in range(noor.locator("#rows a.row").count()):
        keys.press("j")
        if noor.evaluate("document.activeElement.id") == row:
            break
    assert noor.evaluate(IS_SEEN)
    keys.press("Enter")
    expect(noor.locator("#talk")).to_be_visible()
    keys.press("t")
    expect(customer.locator("#with")).to_have_text("Noor is with you")
    expect(noor.locator("#reply-form")).to_be_visible()
    keys.press("n")
    keys.type("A strange question.")
    keys.press("Control+Enter")
    expect(said(noor).last).to_have_text("A strange question.")
    keys.press("Escape")
    keys.press("r")
    keys.type("It has none.")
    keys.press("Control+Enter")
    expect(bubbles(customer, "ours").last).to_contain_text("It has none.")
    keys.press("Escape")
    keys.press("w")
    expect(noor.locator("#panel-why")).to_be_visible()
    assert noor.evaluate("document.activeElement.id") == "tab-why"


@pytest.mark.parametrize("address", ["/desk/", "/chat/", "/help/en/"])
def test_whoever_walks_by_tab_sees_where_they_are(house: House, address: str) -> None:
    page = house.colleague("Noor") if address == "/desk/" else house.browser().new_page()
    page.goto(house.server.url + address)
    page.wait_for_load_state("networkidle") if address == "/help/en/" else page.wait_for_timeout(500)
    walked = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        if name.startswith("<body"):
            break
        assert page.evaluate(IS_SEEN), name
        walked.add(name)
    assert len(walked) >= 5
