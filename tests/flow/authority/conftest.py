"""Colleagues of every grade, and a customer whose refund waits for one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from courtesy.policy.models import Approval
from courtesy.workforce.colleagues import add_colleague
from courtesy.workforce.teams import sync_teams

OVER_THE_LIMIT = (
    "I'd like to return the tent from TF-10005, I changed my mind. Refund to my paypal please. tom.byrne@example.com"
)


@pytest.fixture
def person(db: None, company: Any) -> Callable[..., Any]:
    """``person("Lea", "team lead")``: a colleague."""
    sync_teams(company.company.teams)

    def made(name: str, grade: str = "representative", language: str = "en") -> Any:
        address = f"{name.lower()}@desk.example"
        return add_colleague(address, name, grade=grade, language=language, password="a long password 3")[0]

    return made


@pytest.fixture
def waiting(talk: Any) -> Any:
    """A refund of 249 EUR that waits for a team lead; ``.approval`` is what is asked."""
    opened = talk()
    opened.say(OVER_THE_LIMIT)
    opened.say("yes")
    opened.approval = Approval.objects.get(conversation=opened.id)
    return opened
