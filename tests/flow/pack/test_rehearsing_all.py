"""``courtesy pack rehearse --all``: each company is played in processes of its own, and none keeps another from it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from courtesy.config.commands import pack as command
from courtesy.config.commands import pack_rehearse_all
from courtesy.config.trouble import Trouble
from courtesy.pack.reading import SHIPPED, read
from courtesy.pack.starting import new
from courtesy.representative import judging, rehearsing


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers(required=True))
    chosen = parser.parse_args(["pack", *words])
    return int(chosen.run(chosen))


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Two companies with one rehearsal each, and a pack that others build on."""
    for name in ("finch", "lark"):
        new(tmp_path / name, name.capitalize(), languages=["en"], country="ES", time_zone="", currency="",
            mail_address="", base="retail")  # fmt: skip
    base = tmp_path / "shared"
    base.mkdir()
    (base / "company.yaml").write_text("company: Shared\nbase: yes\n", encoding="utf-8")
    return tmp_path


def test_the_shipped_companies_are_those_that_are_no_base() -> None:
    names = {folder.name for folder in pack_rehearse_all.companies(SHIPPED)}
    assert names >= {"tarnfell", "marisma", "ondarea", "rivaluz"}
    assert not names & {"service", "retail", "bank", "telecom", "utility"}


@pytest.mark.slow
def test_every_company_is_played_each_time_in_a_process_of_its_own(packs: Path, capsys: Any) -> None:
    assert pack_rehearse_all.run(2, "", as_json=True, packs=packs) == 0
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    assert set(figures) == {"finch", "lark"}
    assert figures["lark"]["rehearsals"] == 1
    assert (figures["lark"]["passed^1"], figures["lark"]["passed^2"]) == (1.0, 1.0)
    assert figures["lark"]["acts"]["unpermitted"] == {}
    assert "lark: 1 rehearsals, round 2 of 2" in printed.err


@pytest.mark.slow
def test_a_company_that_fails_or_cannot_be_played_does_not_stop_the_others(packs: Path, capsys: Any) -> None:
    page = next((packs / "lark" / "rehearsals").glob("*.yaml"))
    page.write_text(page.read_text("utf-8").replace("handed over: any", "deed: refund"), encoding="utf-8")
    assert pack_rehearse_all.run(1, "", as_json=False, packs=packs) == 1
    printed = capsys.readouterr().out
    assert "lark: 1 rehearsals, 1 times each\n  passed^1 0.0%; passed^1 0.0% (0 of 1" in printed
    assert "passed 0 of 1: missing: deed: refund" in printed
    (packs / "finch" / "company.yaml").write_text("company: [", encoding="utf-8")
    assert pack_rehearse_all.run(1, "", as_json=True, packs=packs) == 2
    figures = json.loads(capsys.readouterr().out)
    assert "cannot be read" in figures["finch"]["trouble"]
    assert figures["lark"]["passed^1"] == 0.0


def test_a_process_that_dies_is_told_with_its_last_words(packs: Path, capsys: Any, monkeypatch: Any) -> None:
    dying = packs / "dying"
    dying.write_text("#!/bin/sh\necho 'first words' >&2\necho 'no space left' >&2\nexit 3\n", encoding="ascii")
    dying.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(dying))
    assert pack_rehearse_all.run(1, "", as_json=False, packs=packs) == 2
    printed = capsys.readouterr().out
    assert "finch: could not be played: no space left" in printed
    assert "lark: could not be played: no space left" in printed


@pytest.mark.parametrize("more", [["tarnfell"], ["--here"], ["--show"], ["--typos", "5"]])
def test_all_goes_with_nothing_that_means_one(more: list[str]) -> None:
    with pytest.raises(Trouble, match="--all"):
        run("rehearse", "--all", *more)


def test_a_name_that_no_rehearsal_bears_is_said(packs: Path) -> None:
    with pytest.raises(Trouble, match="no such rehearsal"):
        pack_rehearse_all.run(1, "nothing like this", as_json=False, packs=packs)


@pytest.mark.django_db
def test_an_act_that_no_verdict_permitted_fails_its_rehearsal(sample_shop: Any, at: Any, monkeypatch: Any) -> None:
    pack = read(SHIPPED / "tarnfell")
    wanted = next(one for one in pack.rehearsals if any(must.get("deed") == "cancel order" for must in one.must))
    honest = rehearsing.rehearse(pack, wanted, at)
    assert honest.passed
    assert "cancel order" in honest.acts.done
    assert honest.acts.unpermitted == ()
    monkeypatch.setattr(judging, "journal", SimpleNamespace(write=lambda *_, **__: None))
    played = rehearsing.rehearse(pack, wanted, at)
    assert "done, though nothing permitted it: cancel order" in played.failures
