"""Colleagues are added, listed, given a new password and let go from the command line."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from courtesy.config.commands import user
from courtesy.config.trouble import Trouble
from courtesy.workforce.models import Colleague


@pytest.fixture
def courtesy(db: None, company: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run ``courtesy user …`` and return its exit code."""
    from courtesy.workforce.teams import sync_teams

    sync_teams(company.company.teams)
    monkeypatch.setattr(user, "require_database", lambda: None)
    whole = argparse.ArgumentParser()
    user.add(whole.add_subparsers())

    def run(*words: str) -> int:
        arguments = whole.parse_args(["user", *words])
        return int(arguments.run(arguments))

    return run


def test_a_new_colleague_gets_a_password_for_one_use(courtesy: Any, capsys: Any) -> None:
    assert courtesy("add", "mei@tarnfell.example", "Mei Lin", "--grade", "senior", "--team", "returns") == 0
    told = capsys.readouterr().out
    password = told.partition("One-time password: ")[2].split()[0]
    mei = Colleague.objects.get(email="mei@tarnfell.example")
    assert mei.check_password(password)
    assert mei.must_change_password
    assert [team.name for team in mei.teams.all()] == ["Returns"]
    assert courtesy("list") == 0
    assert "Mei Lin" in capsys.readouterr().out


def test_wrong_words_are_told_and_nobody_is_added(courtesy: Any) -> None:
    with pytest.raises(Trouble, match="not an e-mail address"):
        courtesy("add", "mei", "Mei")
    with pytest.raises(Trouble, match="no team 'Sales'"):
        courtesy("add", "mei@tarnfell.example", "Mei", "--team", "Sales")
    assert not Colleague.objects.exists()
    courtesy("add", "mei@tarnfell.example", "Mei")
    with pytest.raises(Trouble, match="a colleague already"):
        courtesy("add", "mei@tarnfell.example", "Mei")


def test_a_forgotten_password_is_replaced_and_a_leaver_is_shut_out(courtesy: Any, capsys: Any) -> None:
    courtesy("add", "mei@tarnfell.example", "Mei")
    first = capsys.readouterr().out.partition("One-time password: ")[2].split()[0]
    courtesy("password", "mei@tarnfell.example")
    second = capsys.readouterr().out.rpartition(": ")[2].strip()
    mei = Colleague.objects.get()
    assert mei.check_password(second)
    assert not mei.check_password(first)
    courtesy("leave", "mei@tarnfell.example")
    assert not Colleague.objects.get().is_active
    with pytest.raises(Trouble, match="there is no colleague"):
        courtesy("leave", "nobody@tarnfell.example")
