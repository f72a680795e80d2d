"""The checker on guides: file, line, and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courtesy.pack.checking import check
from courtesy.pack.reading import read

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    shutil.copytree(PACKS / "tarnfell", tmp_path / "tarnfell")
    shutil.copytree(PACKS / "retail", tmp_path / "retail")
    return tmp_path / "tarnfell" / "guides" / "waterproof-boots.yaml"


def _problems(guide: Path, before: str, after: str) -> list[str]:
    written = guide.read_text(encoding="utf-8")
    assert before in written
    guide.write_text(written.replace(before, after, 1), encoding="utf-8")
    found = [one for one in check(guide.parents[1]) if one.place.file == "tarnfell/guides/waterproof-boots.yaml"]
    assert all(one.place.line >= 1 for one in found)
    return [one.problem for one in found]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("then: wash", "then: wax", "the step 'wash' is never reached"),
        ("{yes: continue with Repair an item, no: wax}", "{yes: wash, no: wax}", ""),
        ("{yes: solved, no: old leather}", "{yes: wax, no: wash}", "from the step 'brush' no way leads to an end"),
        ("then: wash", "then: wahs", "there is no step 'wahs'"),
        ("continue with Repair an item", "continue with Repairs", "there is no procedure 'Repairs'"),
        ("      zh: 洒一点水，水珠会滚落吗？\n", "", "'ask' of the step 'drops' is not written in 'zh'"),
        ("{yes: solved, no: old leather}", "{yes: solved}", "'drops' has one answer only"),
        ("    then: dry\n", "", "nothing comes after 'wax'"),
        (
            "    answers: {yes: solved, no: old leather}\n",
            "    then: old leather\n",
            "has no 'answers'",
        ),
        ("- step: wash", "- step: brush", "the step 'brush' is written twice"),
        (
            "guide: Waterproof leather boots",
            "guide: Waterproof leather boots\nhand over to: Cellar",
            "there is no team",
        ),
        ("Wash the leather", "Wash the {leather}", "nothing fills '{leather}'"),
        ("- step: wash", "- step: solved", "'solved' is an end, not a step"),
    ],
)
def test_a_mistake_in_a_guide_is_named_with_its_line(guide: Path, before: str, after: str, problem: str) -> None:
    problems = _problems(guide, before, after)
    assert any(problem in one for one in problems) if problem else not problems


@pytest.mark.parametrize(("asked", "in_order"), [("brush", True), ("wash", False)])
def test_a_deed_in_a_guide_needs_a_yes_in_its_own_step(guide: Path, asked: str, in_order: bool) -> None:
    """A confirmation that stands in another step of the guide lets nothing through."""
    deed = "      - do: cancel order\n        with: [order]\n"
    steps = {"brush": "    carry out:\n      - look up: order\n", "wash": "    carry out:\n"}
    steps[asked] += "      - confirm: cancellation\n"
    written = guide.read_text(encoding="utf-8")
    for name, lines in steps.items():
        body = lines + deed if name == "brush" else lines
        if body != "    carry out:\n":
            written = written.replace(f"  - step: {name}\n", f"  - step: {name}\n{body}", 1)
    guide.write_text(written, encoding="utf-8")
    errors = [one for one in check(guide.parents[1]) if "confirm" in str(one) and "guides" in one.place.file]
    assert bool(errors) is not in_order


def test_a_guide_belongs_to_the_edition_and_may_not_share_a_name(guide: Path) -> None:
    before = read(guide.parents[1])
    assert before.procedures["Waterproof leather boots"].guide is not None
    guide.write_text(guide.read_text(encoding="utf-8").replace("lukewarm", "cold"), encoding="utf-8")
    assert read(guide.parents[1]).edition != before.edition
    written = guide.read_text(encoding="utf-8").replace("guide: Waterproof leather boots", "guide: Repair an item")
    guide.write_text(written, encoding="utf-8")
    assert any("also declared in" in one.problem for one in check(guide.parents[1]))


THROUGH = """guide: Before the winter
title: {en: your boots, es: tus botas, zh: 靴子}
use when: Boots are made ready for snow.
customers say:
  en: [make my boots ready for snow, prepare boots for winter, winter care of boots, snow care, boots before snow]
  es: [preparar las botas para la nieve, botas para el invierno, cuidado de invierno, nieve y botas, botas de nieve]
  zh: [靴子过冬, 雪地靴子保养, 冬天靴子怎么保养, 准备雪地靴, 冬季靴子]
steps:
  - step: care
    through: Waterproof leather boots
    then: laces
  - step: laces
    do this: {en: Thread new laces., es: Pon cordones nuevos., zh: 换上新鞋带。}
    then: solved
"""


def _with_through(guide: Path, written: str = THROUGH) -> Path:
    (guide.parent / "before-the-winter.yaml").write_text(written, encoding="utf-8")
    return guide.parents[1]


def test_a_guide_has_the_steps_of_the_guide_that_it_goes_through(guide: Path) -> None:
    pack = read(_with_through(guide))
    made = pack.procedures["Before the winter"].guide
    assert made is not None
    assert made.through == {"Waterproof leather boots"}
    assert made.steps["care"].then == "care / brush"
    assert made.steps["care / wash"].then == "care / wax"
    solved = {one.value: one.then for one in made.steps["care / drops"].answers}
    assert solved == {"yes": "laces", "no": "care / old leather"}
    assert [one for one in check(guide.parents[1]) if one.place.file.endswith("before-the-winter.yaml")] == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("through: Waterproof leather boots", "through: Leather", "there is no guide 'Leather'"),
        ("through: Waterproof leather boots", "through: Repair an item", "there is no guide 'Repair an item'"),
        ("through: Waterproof leather boots", "through: Before the winter", "'Before the winter' goes through itself"),
        (
            "    through: Waterproof leather boots\n",
            "    through: Waterproof leather boots\n    ask: {en: Ready?, es: ¿Listo?, zh: 好了吗？}\n",
            "'care' asks and goes through a guide",
        ),
    ],
)
def test_a_mistake_in_going_through_is_named(guide: Path, before: str, after: str, problem: str) -> None:
    assert before in THROUGH
    findings = check(_with_through(guide, THROUGH.replace(before, after, 1)))
    assert any(problem in one.problem for one in findings), [one.problem for one in findings]
