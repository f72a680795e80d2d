"""Colleagues signed in at the desk, and conversations for them to find there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courtesy.workforce.colleagues import add_colleague
from courtesy.workforce.teams import join, sync_teams

FRAGMENT = {"HX-Request": "true"}
OVER_THE_LIMIT = (
    "I'd like to return the tent from TF-10005, I changed my mind. Refund to my paypal please. tom.byrne@example.com"
)


class Desk:
    """One colleague's browser."""

    def __init__(self, colleague: Any) -> None:
        self.colleague = colleague
        self.browser = Client()
        self.browser.force_login(colleague)

    def page(self, address: str, **query: Any) -> Any:
        return self.browser.get(f"/desk/{address}", query)

    def part(self, address: str, target: str = "", **query: Any) -> Any:
        """A part of a page, as the script asks for it."""
        return self.browser.get(f"/desk/{address}", query, headers=FRAGMENT | ({"HX-Target": target} if target else {}))

    def do(self, address: str, **fields: Any) -> Any:
        return self.browser.post(f"/desk/{address}", fields, headers=FRAGMENT)

    def seen(self, conversation: Any) -> dict[str, Any]:
        """What the page that is open now sends along: how far it has read, and which version it shows."""
        context = self.page(f"c/{conversation.pk}/").context
        shown = {"version": context["conversation"].version, "gate": context["gate"]}
        return {**context["seen"], **shown}


@pytest.fixture
def desk(db: None, company: Any) -> Callable[..., Desk]:
    """``desk("Mei", grade="senior", teams=("Returns",))``: a colleague who is signed in."""
    sync_teams(company.company.teams)

    def sign_in(name: str, grade: str = "representative", teams: tuple[str, ...] = (), language: str = "en") -> Desk:
        address = f"{name.split()[0].lower()}@desk.example"
        colleague, _ = add_colleague(address, name, grade=grade, language=language, password="a long password 3")
        for team in teams:
            join(colleague, team)
        return Desk(colleague)

    return sign_in


@pytest.fixture
def handed_over(talk: Any) -> Any:
    """A customer who asked for a person; the conversation waits for Customer care."""
    opened = talk()
    opened.say("I want to talk to a person")
    return opened


@pytest.fixture
def over_the_limit(talk: Any) -> Any:
    """A refund that waits for the team lead."""
    opened = talk()
    opened.say(OVER_THE_LIMIT)
    opened.say("yes")
    return opened
