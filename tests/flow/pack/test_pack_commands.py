"""``courtesy pack`` from the terminal: what is printed and with which exit code it ends."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courtesy.config.commands import pack as command
from courtesy.config.trouble import Trouble
from courtesy.pack import editions


@pytest.fixture
def courtesy(monkeypatch: Any, tmp_path: Path) -> Callable[..., int]:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        command.add(parser.add_subparsers(required=True))
        chosen = parser.parse_args(["pack", *words])
        return int(chosen.run(chosen))

    return run


def test_a_new_pack_is_made_checked_and_can_be_checked_again(courtesy: Any, capsys: Any, tmp_path: Path) -> None:
    assert courtesy("new", "Lark Bikes", "--languages", "en", "--country", "DE") == 0
    assert "A pack for Lark Bikes is in" in capsys.readouterr().out
    assert (tmp_path / "packs" / "lark-bikes" / "company.yaml").is_file()
    assert courtesy("check", "packs/lark-bikes", "--strict") == 0
    told = capsys.readouterr().out
    assert re.search(r"Lark Bikes: nothing wrong in \d{2} procedures", told), told


BASES = ("bank", "hospitality-and-clinic", "insurer", "service", "software", "telecom", "utility")


@pytest.mark.parametrize("base", BASES)
def test_a_new_pack_on_any_base_passes_the_check(courtesy: Any, capsys: Any, base: str) -> None:
    assert courtesy("new", "Lark", "--languages", "en,es,zh", "--base", base) == 0
    assert courtesy("check", "packs/lark", "--strict") == 0, capsys.readouterr().out


def test_a_pack_is_never_written_over(courtesy: Any) -> None:
    courtesy("new", "Lark")
    with pytest.raises(Trouble, match="choose another folder"):
        courtesy("new", "Lark")


def test_a_broken_pack_ends_with_one_and_names_file_and_line(courtesy: Any, capsys: Any, tmp_path: Path) -> None:
    courtesy("new", "Lark", "--folder", "lark")
    page = tmp_path / "lark" / "company.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("currency: EUR", "currency: euro"), encoding="utf-8")
    capsys.readouterr()
    assert courtesy("check", "lark/") == 1
    printed = capsys.readouterr().out
    assert "lark/company.yaml:" in printed
    assert "'euro' is not a currency" in printed
    assert printed.rstrip().endswith("0 warnings.")
    assert courtesy("check", "lark/", "--json") == 1
    (first, *_) = json.loads(capsys.readouterr().out)
    assert (first["file"], first["severity"]) == ("lark/company.yaml", "error")


def test_warnings_fail_only_a_strict_check(courtesy: Any, tmp_path: Path) -> None:
    courtesy("new", "Lark", "--folder", "lark")
    (tmp_path / "lark" / "articles" / "en" / "empty.md").write_text("---\ntitle: T\n---\nText.\n", encoding="utf-8")
    assert courtesy("check", "lark/") == 0
    assert courtesy("check", "lark/", "--strict") == 1


def test_what_is_not_a_pack_is_said(courtesy: Any) -> None:
    with pytest.raises(Trouble, match=r"it has no company\.yaml"):
        courtesy("check", "nowhere")


def test_schemas_are_written_for_every_kind_of_page(courtesy: Any, capsys: Any, tmp_path: Path) -> None:
    assert courtesy("schemas", "made") == 0
    prose = {"article", "company", "guide", "lessons", "policy", "procedure", "rehearsal"}
    kinds = prose | {"authority", "complaints", "escalation", "protocol", "synonyms"}
    assert {path.name.partition(".")[0] for path in (tmp_path / "made").iterdir()} == kinds
    capsys.readouterr()
    assert courtesy("schemas") == 0
    assert set(json.loads(capsys.readouterr().out)) == kinds


@pytest.fixture
def own_pack(settings: Any, tmp_path: Path) -> Any:
    """What the command puts in force is taken back after the test."""
    before = settings.COURTESY_PACK, settings.COURTESY_DATA
    settings.COURTESY_PACK, settings.COURTESY_DATA = tmp_path / "lark", tmp_path / "state"
    yield
    editions.configure(*before)


@pytest.mark.django_db
def test_rehearsals_pass_or_fail_honestly(
    courtesy: Any, capsys: Any, tmp_path: Path, sample_shop: Any, own_pack: Any
) -> None:
    courtesy("new", "Lark", "--folder", "lark")
    capsys.readouterr()
    assert courtesy("rehearse", "lark/", "--here") == 0
    assert "1 of 1 rehearsals passed." in capsys.readouterr().out
    page = tmp_path / "lark" / "rehearsals" / "a-person-please.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("handed over: any", "deed: refund"), encoding="utf-8")
    assert courtesy("rehearse", "lark/", "--here") == 1
    printed = capsys.readouterr().out
    assert "lark/rehearsals/a-person-please.yaml:2: missing: deed: refund" in printed
    assert "customer: I want to talk to a person" in printed
    with pytest.raises(Trouble, match="no such rehearsal"):
        courtesy("rehearse", "lark/", "--here", "--only", "nothing like this")


@pytest.mark.django_db
def test_only_a_pack_without_errors_is_published(courtesy: Any, capsys: Any, tmp_path: Path, own_pack: Any) -> None:
    courtesy("new", "Lark", "--folder", "lark")
    editions.configure(tmp_path / "lark", tmp_path / "state")
    capsys.readouterr()
    assert courtesy("publish", "--note", "first") == 0
    assert "is in force" in capsys.readouterr().out
    assert [line.note for line in editions.editions()] == ["first"]
    assert courtesy("publish") == 0
    assert "nothing to publish" in capsys.readouterr().out
    (tmp_path / "lark" / "tables" / "shipping.csv").unlink()
    assert courtesy("publish") == 1
    assert len(editions.editions()) == 1


def test_a_pack_that_refuses_what_the_law_gives_fails_its_check_with_rule_and_example(
    courtesy: Any, capsys: Any, tmp_path: Path
) -> None:
    courtesy("new", "Lark", "--country", "ES", "--folder", "packs/lark")
    page = tmp_path / "packs" / "lark" / "policies" / "mean.yaml"
    page.parent.mkdir(exist_ok=True)
    page.write_text(
        "policy: Ten days\ngoverns: [open return]\nowner: Sales\nin force from: 2026-01-01\nrules:\n"
        "  - name: Only ten days\n    when: {days since delivery: over 10}\n    then: refuse\n"
        "    because: {en: we take things back for ten days}\n"
        "otherwise: ask\nordinary: {days since delivery: 5}\n"
        "examples:\n  - {given: {days since delivery: 11}, expect: refuse}\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    assert courtesy("check", "packs/lark") == 1
    printed = capsys.readouterr().out
    assert re.search(r"lark/policies/mean\.yaml:6: error: 'Only ten days' refuses 'open return' in ES", printed), (
        printed
    )
    assert "Withdrawal: RDL 1/2007, Art. 102, 103 and 104" in printed
    assert re.search(r"days since delivery: 14 \(law/es\.yaml:\d+\)", printed), printed


@pytest.mark.parametrize("country", ["ES", "DE", "FR", "GB", "US"])
def test_the_base_pack_gives_no_less_than_the_law_in_any_country_it_knows(
    courtesy: Any, capsys: Any, country: str
) -> None:
    more = ("--languages", "en", "--country", country, "--currency", "EUR", "--folder", f"packs/{country}")
    assert courtesy("new", "Lark", *more) == 0
    assert "refuses" not in capsys.readouterr().out
