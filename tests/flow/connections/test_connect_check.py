"""``courtesy connect check``: reaches the systems, tries look-ups with given values, and never carries out an act."""

from __future__ import annotations

from pathlib import Path

import pytest
from company_system import CompanySystem

from courtesy.config.commandline import parser

LUMEN = Path(__file__).parent / "lumen"


def check(*words: str) -> int:
    arguments = parser("connect").parse_args(["connect", "check", str(LUMEN), *words])
    return int(arguments.run(arguments))


def test_look_ups_are_tried_and_acts_are_not(system: CompanySystem, capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--with", "account number=A100") == 0
    said = capsys.readouterr().out
    assert "Billing: reached" in said
    assert "account: fits: holder: Ada Sanz" in said
    assert "account lines: 2" in said
    assert "top up data: an act, not tried" in said
    assert {method for method, _ in system.requests} == {"HEAD", "GET"}
    assert "s3cret" not in said


def test_without_values_it_says_which_are_needed(system: CompanySystem, capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == 0
    assert "account: not tried, give --with 'account number=…'" in capsys.readouterr().out


def test_an_answer_that_does_not_fit_is_a_no(system: CompanySystem, capsys: pytest.CaptureFixture[str]) -> None:
    system.trouble["GET"] = "nonsense"
    assert check("--with", "account number=A100") == 1
    assert "account: FAILED: 'holder' is missing in the answer, at 'name'" in capsys.readouterr().out


def test_a_missing_variable_is_named(
    system: CompanySystem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CONNECTION_BILLING_TOKEN")
    assert check() == 1
    assert "the variable CONNECTION_BILLING_TOKEN is not set" in capsys.readouterr().out
