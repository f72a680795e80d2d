"""The desk in a real Chromium, beside the customer's chat: sign-in, take over, reply, note, hand back, one speaker."""

from __future__ import annotations

from typing import Any

import pytest
from chat_page import ORDER, bubbles, same_visitor, write
from desk_page import PASSWORD, House, ask_for_a_person, choose_password, open_row, said, sign_in

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]


def authors(page: Any, house: House) -> list[str]:
    """Who said something in the customer's conversation, in order; notes of the system are nobody's words."""
    spoken = [message["author"] for message in same_visitor(page, house.server).messages()]
    return [author for author in spoken if author != "system"]


def mark(page: Any) -> None:
    """So that a reload would be noticed."""
    page.evaluate("window.neverReloaded = true")


def was_never_reloaded(page: Any) -> bool:
    return bool(page.evaluate("window.neverReloaded === true"))


def test_who_is_new_signs_in_and_chooses_a_password_before_seeing_anything(house: House) -> None:
    address, once = house.hire("Ines", "representative", "Customer care")
    page = house.browser().new_page()
    sign_in(page, house.server, address, "a wrong password")
    expect(page.get_by_role("alert")).to_have_text("The address or the password is not right.")
    expect(page.get_by_label("E-mail address")).to_have_value(address)
    sign_in(page, house.server, address, once)
    page.goto(f"{house.server.url}/desk/approvals/")
    expect(page.locator("h1")).to_have_text("Choose a password")
    choose_password(page, once)
    page.goto(f"{house.server.url}/desk/myself/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    sign_in(page, house.server, address, PASSWORD)
    expect(page.locator("#list-title")).to_have_text("Mine")


def test_a_customer_is_served_by_a_person_and_given_back_and_only_one_speaks_at_a_time(house: House) -> None:
    noor, iker = house.colleague("Noor"), house.colleague("Iker", "team lead", "")
    noor.goto(f"{house.server.url}/desk/?view=unassigned")
    mark(noor)
    customer = house.customer()
    ask_for_a_person(customer, "Do your sleeping bags smell of lavender?")
    open_row(noor, customer)
    iker.goto(noor.url)
    noor.get_by_role("button", name="Take over").click()
    expect(customer.locator("#with")).to_have_text("Noor is with you")
    expect(iker.locator(".talk-sub")).to_contain_text("Noor answers")
    expect(iker.locator("#reply-form")).to_have_count(0)  # somebody else is speaking
    before = len(authors(customer, house))

    write(customer, "Where is my order TF-10002?")
    expect(said(noor).last).to_have_text("Where is my order TF-10002?")
    noor.get_by_label("Reply to the customer").type("I am looking for your parcel.")
    expect(customer.locator("#typing")).to_contain_text("Noor is typing")
    noor.get_by_role("button", name="Send").click()
    expect(bubbles(customer, "ours").last).to_contain_text("I am looking for your parcel.")
    expect(customer.locator(".message.ours .name b").last).to_have_text("Noor")
    expect(said(iker).last).to_have_text("I am looking for your parcel.")
    expect(noor.locator("#reply-text")).to_have_value("")

    noor.get_by_role("button", name="Hand back").click()
    expect(noor.locator(".talk-sub")).to_contain_text("The assistant answers")
    expect(noor.locator("#reply-form")).to_have_count(0)
    expect(customer.get_by_role("button", name="Talk to a person")).to_be_visible()
    write(customer, ORDER)
    expect(bubbles(customer, "ours").last).to_contain_text("CX100021ES")
    assert authors(customer, house)[before:] == ["customer", "colleague", "customer", "representative"]
    assert was_never_reloaded(noor)


def test_of_two_who_reach_for_one_conversation_the_first_holds_it(house: House) -> None:
    noor, iker = house.colleague("Noor"), house.colleague("Iker", "team lead", "")
    customer = house.customer()
    ask_for_a_person(customer, "Can a tent be lent to a friend?")
    for page in (noor, iker):
        page.goto(f"{house.server.url}/desk/?view=unassigned")
        open_row(page, customer)
    iker.route("**/desk/stream*", lambda route: route.abort())
    iker.route("**/news/*", lambda route: route.abort())  # Iker's screen still says that nobody holds it
    noor.get_by_role("button", name="Take over").click()
    expect(noor.locator("#reply-form")).to_be_visible()
    iker.get_by_role("button", name="Take over").click()
    expect(iker.locator(".talk-sub")).to_contain_text("Noor answers")
    expect(iker.locator("#reply-form")).to_have_count(0)
    expect(customer.locator("#with")).to_have_text("Noor is with you")


def test_a_note_is_read_by_colleagues_and_never_by_the_customer(house: House) -> None:
    noor, iker = house.colleague("Noor"), house.colleague("Iker", "team lead", "")
    customer = house.customer()
    ask_for_a_person(customer, "Can I pay in seashells?")
    noor.goto(f"{house.server.url}/desk/?view=unassigned")
    open_row(noor, customer)
    iker.goto(noor.url)
    noor.get_by_label("Internal note").fill("She means vouchers, I think.")
    noor.get_by_role("button", name="Save the note").click()
    expect(said(iker).last).to_have_text("She means vouchers, I think.")
    expect(iker.locator("li.note").last).to_contain_text("Noor, internal note")
    noor.get_by_role("button", name="Take over").click()
    noor.get_by_label("Reply to the customer").fill("We take vouchers.")
    noor.get_by_role("button", name="Send").click()
    expect(bubbles(customer, "ours").last).to_contain_text("We take vouchers.")
    customer.reload()
    expect(bubbles(customer, "ours").last).to_contain_text("We take vouchers.")
    assert "She means vouchers" not in customer.content()
    assert all("She means" not in message["text"] for message in same_visitor(customer, house.server).messages())


def test_a_draft_waits_for_whoever_wrote_it(house: House) -> None:
    noor = house.colleague("Noor")
    customer = house.customer()
    ask_for_a_person(customer, "Do you sell maps of the moon?")
    noor.goto(f"{house.server.url}/desk/?view=unassigned")
    open_row(noor, customer)
    noor.get_by_role("button", name="Take over").click()
    with noor.expect_response("**/draft/"):
        noor.get_by_label("Reply to the customer").fill("Not of the moon, but")
    noor.reload()
    expect(noor.get_by_label("Reply to the customer")).to_have_value("Not of the moon, but")


def test_several_are_closed_by_keys_and_undone_and_the_palette_goes_anywhere(house: House) -> None:
    lea = house.colleague("Lea", "team lead", "")
    for words in ("Is the kettle blue? I want to talk to a person", "Is the pan flat? I want to talk to a person"):
        house.conversation(words)
    lea.goto(f"{house.server.url}/desk/?view=unassigned")
    keys, rows = lea.keyboard, lea.locator("#rows a.row")
    expect(rows.nth(1)).to_be_visible()
    before = rows.count()
    for _ in range(2):
        keys.press("j")
        keys.press("x")
    expect(lea.locator("[data-bulk-count]")).to_have_text("2")
    lea.locator("#bulk summary", has_text="Close").click()
    lea.locator("#bulk").get_by_role("button", name="Close", exact=True).click()
    expect(rows).to_have_count(before - 2)
    expect(lea.locator("#bulk")).to_be_hidden()
    lea.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(before)
    keys.press("Control+k")
    keys.type("kettle")
    expect(lea.locator("#palette-found mark")).to_have_text("kettle")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(said(lea).first).to_contain_text("Is the kettle blue?")
    keys.press("Control+k")
    keys.type("quarantine")
    keys.press("Enter")
    expect(lea.locator("h1")).to_have_text("Quarantine")
