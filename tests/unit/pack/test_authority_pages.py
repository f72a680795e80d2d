"""Authority pages: what is wrong is said with its line; the shipped ones are right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courtesy.pack.checking import check
from courtesy.pack.reading import read

ROOT = Path(__file__).resolve().parents[3]
PAGE = """authority: Gifts
acts: [goodwill credit]
limits:
  automatic representative: {each: 5 EUR}
  trainee: nothing
  representative: {each: 10 EUR, per customer a day: 20 EUR, times a day: 9}
  senior: {each: 20 EUR, per customer a day: 40 EUR}
  team lead: {each: 100 EUR}
  manager: no limit
undo within: {goodwill credit: 30 minutes}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("packs")
    for name in ("retail", "tarnfell"):
        shutil.copytree(ROOT / "packs" / name, made / name)
    (made / "tarnfell" / "authority").mkdir()
    return made / "tarnfell"


def found(folder: Path, page: str) -> list[str]:
    (folder / "authority" / "gifts.yaml").write_text(page, encoding="utf-8")
    return [str(one) for one in check(folder) if "authority/" in one.place.file]


def test_a_page_says_what_each_grade_may(folder: Path) -> None:
    assert found(folder, PAGE) == []
    page = read(folder).authority["Gifts"]
    assert str(page.limits["representative"].customer_day) == "20.00 EUR"
    assert page.limits["representative"].times == 9
    assert not page.limits["trainee"].may
    assert page.limits["manager"].each is None
    assert page.undo_within == {"goodwill credit": "30 minutes"}
    assert "Money given to customers" in read(folder).authority, "the base pack's own page binds as well"


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("each: 5 EUR", "each: five", "4: error: write an amount as '12.50 EUR'"),
        ("each: 5 EUR", "each: -5 EUR", "4: error: 'each' is below zero"),
        ("times a day: 9", "times a day: often", "6: error: 'times a day' must be a whole number"),
        ("  trainee: nothing\n", "", "1: error: 'Gifts' does not say what the trainee may"),
        ("trainee:", "apprentice:", "5: error: 'apprentice' is not a grade"),
        ("senior: {each: 20 EUR", "senior: {each: 9 EUR", "7: error: the senior has less 'each' than the represent"),
        ("manager: no limit", "manager: nothing", "9: error: the manager may nothing"),
        ("manager: no limit", "manager: {each: 500 EUR, times a day: 9}", "9: warning: nobody may decide more"),
        ("[goodwill credit]", "[good will]", "1: error: 'good will' is not an act"),
        ("30 minutes", "soon", "10: error: 'soon' is not a length of time"),
        ("[goodwill credit]", "[refund]", "10: error: 'goodwill credit' is not among the acts"),
        ("undo within: {goodwill", "undo: {goodwill", "10: error: 'undo' is not known"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(folder: Path, right: str, wrong: str, says: str) -> None:
    assert right in PAGE
    said = found(folder, PAGE.replace(right, wrong))
    assert any(says in one for one in said), said


def test_what_cannot_be_undone_has_no_window(folder: Path) -> None:
    page = PAGE.replace("[goodwill credit]", "[goodwill credit, refund]").replace("{goodwill credit: 30", "{refund: 30")
    assert any("'refund' cannot be undone" in one for one in found(folder, page))


def test_a_limit_that_cannot_be_read_permits_nothing(folder: Path) -> None:
    from courtesy.pack.mistakes import Mistakes
    from courtesy.pack.reading import read_with

    (folder / "authority" / "gifts.yaml").write_text(PAGE.replace("each: 5 EUR", "each: 5"), encoding="utf-8")
    pack = read_with(folder, Mistakes())
    assert pack is not None
    assert not pack.authority["Gifts"].limits["automatic representative"].may
