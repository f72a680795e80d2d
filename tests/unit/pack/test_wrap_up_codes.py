"""Wrap-up codes of the company page: named in every language, and none is needed where there are none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courtesy.pack.checks.company import check_company
from courtesy.pack.mistakes import Mistakes
from courtesy.pack.reading import read_with

ROOT = Path(__file__).resolve().parents[3] / "packs"


def company(tmp_path: Path, more: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    """What is wrong with the sample company's page when this stands in place of its codes, and the codes."""
    shutil.copytree(ROOT, tmp_path / "packs")
    page = tmp_path / "packs/tarnfell/company.yaml"
    text = page.read_text()
    start, end = text.index("wrap-up codes:"), text.index("order numbers:")
    page.write_text(text[:start] + more + text[end:])
    mistakes = Mistakes()
    pack = read_with(page.parent, mistakes)
    assert pack is not None
    check_company(pack, mistakes)
    codes = {code: dict(name) for code, name in pack.company.wrap_up_codes.items()}
    return [one.problem for one in mistakes.sorted() if "rap-up" in one.problem], codes


def test_codes_are_read_with_their_names(tmp_path: Path) -> None:
    names = "wrap-up codes:\n  done:\n    en: Done\n    es: Hecho\n    zh: 完成\nwrap-up needed: yes\n"
    assert company(tmp_path, names) == ([], {"done": {"en": "Done", "es": "Hecho", "zh": "完成"}})


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("wrap-up codes: [done]\n", "no list of names"),
        ("wrap-up needed: yes\n", "without 'wrap-up codes'"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, written: str, problem: str) -> None:
    found, _ = company(tmp_path, written)
    assert [one for one in found if problem in one]
