"""Approvals at the desk in a real Chromium: yes, no with its reason, and why the representative asked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from chat_page import ORDER, bubbles, write
from desk_page import House, keep_picture

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser]


def wants_a_refund(customer: Any, order: str, what: str, email: str = "tom.byrne@example.com") -> None:
    """Ask for a refund over the limit, and say yes to whatever is asked; the representative has said that it waits."""
    write(customer, f"I'd like to return {what} from {order}, I changed my mind. Refund to my paypal please. {email}")
    last = bubbles(customer, "ours").last
    waits, choice = last.filter(has_text="passed this on for approval"), customer.locator(".choice:enabled").first
    for _ in range(5):
        expect(waits.or_(choice)).to_be_visible()
        if waits.count():
            return
        count = bubbles(customer, "ours").count()
        choice.click()
        if (confirm := customer.locator(".choice.confirm:enabled")).count():
            confirm.click()
        expect(bubbles(customer, "ours")).to_have_count(count + 1)
    expect(waits).to_be_visible()


def test_a_refund_over_the_limit_is_approved_and_the_desk_says_why_it_was_asked(house: House) -> None:
    for words in ("我的订单TF-10011到哪了？我的邮箱是li.na@example.com", "Quiero hablar con una persona", ORDER):
        house.conversation(words)
    iker = house.colleague("Iker", "team lead", "")
    iker.goto(f"{house.server.url}/desk/approvals/")
    customer = house.customer()
    write(customer, "How do I wash a down jacket?")
    expect(bubbles(customer, "ours")).to_have_count(1)
    wants_a_refund(customer, "TF-10005", "the tent")
    card = iker.locator("[data-card]", has_text="TF-10005")  # it came by itself
    expect(card).to_contain_text("A team lead approves refunds over 100 EUR")
    expect(card).to_contain_text("Refund limits › Larger refunds need a second pair of eyes")
    expect(card.locator(".amount")).to_have_text("€249.00")
    card.get_by_role("link", name="Open the conversation").click()
    iker.get_by_role("tab", name="Why").click()
    why = iker.locator("#panel-why")
    expect(why.locator(".reason").first).to_contain_text("asks team lead")
    why.locator("summary", has_text=re.compile(r"\d+ facts")).first.click()
    expect(why.locator(".facts").first).to_contain_text("refunds in 12 months")
    expect(why.locator(".facts div", has_text="reason").first).to_contain_text("customer says")
    expect(why).to_contain_text("Passages it used")
    expect(why.get_by_role("link", name="How to wash a down jacket")).to_be_visible()
    keep_picture(iker, "desk")
    expect(iker.locator("ol.thread .theirs .choices")).to_have_count(0)
    iker.get_by_role("tab", name="Customer").click()
    expect(iker.locator("#panel-customer")).to_contain_text("Tom Byrne")

    iker.get_by_role("button", name="Decide").click()
    iker.get_by_role("dialog").get_by_role("button", name="Approve").click()
    expect(bubbles(customer, "ours").last).to_contain_text("249.00")
    expect(iker.locator("ol.thread")).to_contain_text("Iker approved it")
    iker.goto(f"{house.server.url}/desk/approvals/")
    expect(iker.locator("[data-card]", has_text="TF-10005")).to_have_count(0)


def test_a_no_needs_a_reason_and_the_customer_is_told_it(house: House) -> None:
    iker = house.colleague("Iker", "team lead", "")
    customer = house.customer()
    wants_a_refund(customer, "TF-10006", "the boots")
    iker.goto(f"{house.server.url}/desk/approvals/")
    card = iker.locator("[data-card]", has_text="TF-10006")
    card.get_by_role("button", name="Refuse").click()
    expect(iker.locator("#toasts")).to_contain_text("Write the reason")
    card.get_by_label("Reason").fill("The boots were worn for a month.")
    card.get_by_role("button", name="Refuse").click()
    expect(bubbles(customer, "ours").last).to_contain_text("The boots were worn for a month.")
    expect(iker.locator("[data-card]", has_text="TF-10006")).to_have_count(0)


def test_what_is_asked_of_a_team_lead_is_not_decided_by_others(house: House) -> None:
    customer = house.customer()
    wants_a_refund(customer, "TF-10015", "everything", "jonas.weber@example.net")
    noor = house.colleague("Noor")
    noor.goto(f"{house.server.url}/desk/approvals/")
    expect(noor.locator("#stage")).to_contain_text("Nothing waits for you")
