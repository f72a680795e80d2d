"""Colleagues and customers of the desk's browser tests: how they come in, what they write and what they see."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from chat_page import WITHIN, kept, write
from chat_server import ROOT, Server, Visitor

expect = pytest.importorskip("playwright.sync_api").expect

PASSWORD = "tents and lanterns"
SCREEN = {"width": 1440, "height": 900}


@dataclass
class House:
    """The served company with a browser: colleagues sign in, customers open a chat."""

    server: Server
    chromium: Any
    contexts: list[Any] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)  # address → what its browser keeps when signed in

    def hire(self, name: str, grade: str, *teams: str) -> tuple[str, str]:
        """Add a colleague by the command line; their address and one-time password."""
        address = f"{name.lower()}@desk.example"
        words = [sys.executable, "-m", "courtesy", "user", "add", address, name, "--grade", grade]
        for team in teams:
            words += ["--team", team]
        own = {**os.environ, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings"}
        own["COURTESY_DATA"] = str(self.server.folder)
        told = subprocess.run(words, cwd=ROOT, env=own, capture_output=True, text=True, check=True, timeout=120).stdout
        return address, told.split("One-time password: ")[1].split()[0]

    def browser(self, **more: Any) -> Any:
        """A browser window of its own."""
        context = self.chromium.new_context(**{"locale": "en-GB", "viewport": SCREEN, **more})
        context.set_default_timeout(WITHIN)
        self.contexts.append(context)
        return context

    def colleague(self, name: str, grade: str = "senior", team: str = "Customer care", **more: Any) -> Any:
        """A page of the desk, signed in as this colleague, who is hired and chooses a password the first time."""
        if name not in self.known:
            address, once = self.hire(name, grade, *([team] if team else []))
            first = self.browser().new_page()
            sign_in(first, self.server, address, once)
            choose_password(first, once)
            self.known[name] = first.context.storage_state()
        page = self.browser(storage_state=self.known[name], **more).new_page()
        page.goto(f"{self.server.url}/desk/")
        expect(page.locator("#list-title")).to_be_visible()
        return page

    def customer(self, **more: Any) -> Any:
        """The hosted chat in a window of its own."""
        page = self.browser(**more).new_page()
        page.goto(f"{self.server.url}/chat/")
        expect(page.locator("#welcome h2")).to_be_visible()
        return page

    def conversation(self, *words: str) -> Visitor:
        """A customer without a browser says these things, each after the answer to the one before."""
        visitor = Visitor(self.server).open()
        for number, said in enumerate(words, start=1):
            visitor.say(said, f"said-{number}")
            visitor.heard(number)
        return visitor

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        self.contexts.clear()


def sign_in(page: Any, server: Server, address: str, password: str) -> None:
    page.goto(f"{server.url}/desk/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def choose_password(page: Any, given: str) -> None:
    page.get_by_label("The password you were given").fill(given)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator("#list-title")).to_be_visible()


def open_row(page: Any, customer: Any) -> None:
    """Open the conversation of this customer from the list, where it stands or appears by itself."""
    page.locator(f"#row-{kept(customer)['id']}").click()
    expect(page.locator("#talk")).to_be_visible()


def said(page: Any) -> Any:
    """The bubbles of the thread at the desk."""
    return page.locator("ol.thread li[data-author] .bubble")


def ask_for_a_person(customer: Any, words: str) -> None:
    """Say something, and ask for a person; the server has told that a colleague was asked."""
    write(customer, words)
    expect(customer.locator(".message.ours .bubble")).to_have_count(1)
    customer.get_by_role("button", name="Talk to a person").click()
    expect(customer.locator("#with")).to_be_visible()


def keep_picture(page: Any, name: str) -> None:
    """Save what is seen where ``COURTESY_PICTURES`` says: the pictures of the documents are made by the tests."""
    if folder := os.environ.get("COURTESY_PICTURES"):
        page.wait_for_timeout(300)  # what glides in has arrived
        page.screenshot(path=Path(folder) / f"{name}.png")
