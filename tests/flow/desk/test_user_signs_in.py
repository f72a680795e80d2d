"""Who is added by ``courtesy user`` can sign in at the desk: with the one-time password, in their language, once."""

from __future__ import annotations

import argparse
from typing import Any

import pytest
from django.test import Client

from courtesy.config.commands import user
from courtesy.config.trouble import Trouble
from courtesy.workforce.models import Colleague
from courtesy.workforce.teams import sync_teams

OWN = "a sentence of my own"


@pytest.fixture
def courtesy(db: None, company: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run ``courtesy user …``."""
    sync_teams(company.company.teams)
    monkeypatch.setattr(user, "require_database", lambda: None)
    whole = argparse.ArgumentParser()
    user.add(whole.add_subparsers())

    def run(*words: str) -> int:
        arguments = whole.parse_args(["user", *words])
        return int(arguments.run(arguments))

    return run


def signed_in_with(password: str) -> Client:
    browser = Client()
    browser.post("/desk/sign-in/", {"email": "mei@tarnfell.example", "password": password})
    return browser


def one_time_password(told: str) -> str:
    """The password in what the command printed: four groups of four."""
    return next(word for word in told.split() if word.count("-") == 3 and len(word) == 19)


def test_the_one_time_password_opens_only_the_page_where_it_is_changed(courtesy: Any, capsys: Any) -> None:
    courtesy("add", "mei@tarnfell.example", "Mei Lin", "--team", "Returns", "--team", "delivery", "--language", "zh")
    given = one_time_password(capsys.readouterr().out)
    browser = signed_in_with(given)
    assert browser.get("/desk/").headers["Location"] == "/desk/password/"
    browser.post("/desk/password/", {"old": given, "new": OWN, "again": OWN})
    page = browser.get("/desk/")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "zh-hans"
    mei = Colleague.objects.get(email="mei@tarnfell.example")
    assert sorted(mei.teams.values_list("name", flat=True)) == ["Delivery", "Returns"]
    assert mei.grade == "representative"


def test_a_reset_password_ends_the_old_one_and_the_open_session(courtesy: Any, capsys: Any) -> None:
    courtesy("add", "mei@tarnfell.example", "Mei Lin")
    first = one_time_password(capsys.readouterr().out)
    browser = signed_in_with(first)
    browser.post("/desk/password/", {"old": first, "new": OWN, "again": OWN})
    assert browser.get("/desk/").status_code == 200
    courtesy("reset-password", "MEI@tarnfell.example")
    second = one_time_password(capsys.readouterr().out)
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in/")
    assert signed_in_with(OWN).get("/desk/").headers["Location"].startswith("/desk/sign-in/")
    assert signed_in_with(second).get("/desk/").headers["Location"] == "/desk/password/"


def test_a_leaver_is_shut_out_of_the_desk(courtesy: Any, capsys: Any) -> None:
    courtesy("add", "mei@tarnfell.example", "Mei Lin")
    first = one_time_password(capsys.readouterr().out)
    browser = signed_in_with(first)
    courtesy("leave", "mei@tarnfell.example")
    assert browser.get("/desk/").headers["Location"].startswith("/desk/sign-in/")
    assert signed_in_with(first).get("/desk/").headers["Location"].startswith("/desk/sign-in/")


def test_nobody_is_added_to_a_team_that_does_not_exist(courtesy: Any) -> None:
    with pytest.raises(Trouble, match="no team 'Sales'"):
        courtesy("add", "mei@tarnfell.example", "Mei Lin", "--team", "Sales")
    with pytest.raises(Trouble, match="no colleague"):
        courtesy("reset-password", "mei@tarnfell.example")
    assert not Colleague.objects.exists()
