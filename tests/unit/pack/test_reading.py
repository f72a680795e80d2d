"""Reading packs: text stays text, mistakes have their line, base packs lie below, nothing leads out of the folder."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.foundation.money import Money
from courtesy.pack.mistakes import Mistakes, PackError
from courtesy.pack.model import Ask, Do, If, Outcome
from courtesy.pack.pages.forms import compose
from courtesy.pack.pages.words import read_article, read_phrases
from courtesy.pack.reading import lineage_of, pages_of, read, read_with

PACKS = Path(__file__).resolve().parents[3] / "packs"


def problems(folder: Path) -> list[str]:
    mistakes = Mistakes()
    read_with(folder, mistakes)
    return [str(finding) for finding in mistakes.sorted()]


def test_a_pack_is_read_into_typed_values(small: Any) -> None:
    pack = read(small.folder)
    assert pack.company.name == "Anvil Tools"
    assert pack.company.languages == ("en", "es")
    assert [day.spans for day in pack.company.hours][4:] == [((time(9), time(17)),), (), ()]
    procedure = pack.procedures["Return an item"]
    assert isinstance(procedure.steps[2], Ask)
    assert procedure.steps[2].choices == ("faulty", "changed my mind")
    assert isinstance(procedure.steps[3], If)
    assert isinstance(procedure.steps[5], Do)
    policy = pack.policies["Return period"]
    assert policy.rules[0].when[0].values == (Decimal(30),)
    assert policy.otherwise == Outcome("ask", "Returns")
    assert policy.in_force_from == date(2026, 1, 1)


def test_scalars_that_look_like_something_else_stay_text(small: Any) -> None:
    small.change("company.yaml", "name: Anvil Tools", "name: no\nrepresentative: 007")
    small.write("tables/codes.csv", "code,price\n007,1.10\nno,1e3\n")
    pack = read(small.folder)
    assert (pack.company.name, pack.company.representative_name) == ("no", "007")
    assert pack.tables["codes"] == ({"code": "007", "price": "1.10"}, {"code": "no", "price": "1e3"})


def test_a_doubled_key_is_a_mistake_on_its_line(small: Any) -> None:
    small.change("company.yaml", "country: ES", "country: ES\ncountry: PT")
    (one,) = problems(small.folder)
    assert one.startswith("anvil/company.yaml:4: error: 'country' is written twice (first on line 3)")


def test_all_mistakes_are_told_at_once(small: Any) -> None:
    small.change("company.yaml", "currency: EUR", "currency: euro")
    small.change("policies/return-period.yaml", "then: allow", "then: alow")
    small.change("procedures/hours.yaml", "kind: question", "kind: qestion")
    with pytest.raises(PackError) as caught:
        read(small.folder)
    files = {finding.place.file for finding in caught.value.findings}
    assert files == {"anvil/company.yaml", "anvil/policies/return-period.yaml", "anvil/procedures/hours.yaml"}


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a: [1, 2", "not readable YAML"),
        ("a: b: c", "Put text that contains ': ' into quotation marks"),
        ("- a\n- b", "empty or not a form"),
        ("a: &x {b: c}\nd: *x", "an alias"),
        ("? [a]\n: b", "a key must be text"),
        ("", "empty or not a form"),
        ("a: " + "[" * 300, "not readable YAML"),
    ],
)
def test_yaml_that_a_form_does_not_need_is_refused(written: str, problem: str) -> None:
    mistakes = Mistakes()
    compose(written, "p/x.yaml", mistakes)
    assert any(problem in str(finding) for finding in mistakes.sorted())


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_but_never_breaks_the_reader(written: str) -> None:
    mistakes = Mistakes()
    form = compose(written, "p/x.yaml", mistakes)
    assert form is not None or mistakes.errors()
    read_phrases(written, "p/x.md", "en", mistakes)
    read_article(f"---\ntitle: T\n---\n{written}", "p/x.md", "en", "x", mistakes)


def test_a_companys_pages_lie_over_those_of_its_base_pack() -> None:
    base, own = read(PACKS / "retail"), read(PACKS / "tarnfell")
    assert own.company.name == "Tarnfell Outdoor"
    assert set(base.procedures) < set(own.procedures)
    assert "Repair an item" in own.procedures
    assert own.policies["Return period"].rules[0].when != base.policies["Return period"].rules[0].when
    assert [folder.name for folder in lineage_of(PACKS / "tarnfell")] == ["service", "retail", "tarnfell"]
    assert own.policies["Refund limits"].rules[0].when[0].values == (Money.parse("100 EUR"),)


def test_packs_that_build_on_each_other_in_a_circle_are_refused(small: Any) -> None:
    small.change("company.yaml", "name: Anvil Tools", "name: Anvil Tools\nbuilds on: copper")
    other = small.folder.parent / "copper"
    other.mkdir()
    (other / "company.yaml").write_text("name: Copper\nbuilds on: anvil\n", encoding="utf-8")
    assert any("'anvil' builds on itself" in one for one in problems(small.folder))


@pytest.mark.parametrize("name", ["../elsewhere", "/etc", ".hidden", "nowhere"])
def test_a_base_pack_is_found_beside_or_not_at_all(small: Any, name: str) -> None:
    small.change("company.yaml", "name: Anvil Tools", f"name: Anvil Tools\nbuilds on: {name}")
    assert any(f"there is no pack '{name}' to build on" in one for one in problems(small.folder))


def test_links_out_of_the_folder_and_hidden_files_are_left_alone(small: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\n---\ntext", encoding="utf-8")
    (small.folder / "articles" / "en" / "secret.md").symlink_to(tmp_path / "secret.md")
    small.write("articles/en/.draft.md", "---\ntitle: Draft\n---\ntext")
    assert {article.title for article in read(small.folder).articles} == {"Our hours", "Horario"}
    assert all("secret" not in page.name for page in pages_of(small.folder))


def test_a_page_that_is_not_utf_8_is_told_with_its_line(small: Any) -> None:
    (small.folder / "articles" / "en" / "hours.md").write_bytes(b"---\ntitle: T\n---\nOpen at \xff")
    assert any("anvil/articles/en/hours.md:4: error: the page is not UTF-8" in one for one in problems(small.folder))


def test_the_edition_changes_with_any_page_and_only_then(small: Any) -> None:
    before = read(small.folder).edition
    small.write("notes.txt", "not a page")
    assert read(small.folder).edition == before
    small.change("phrases/en/all.md", "Nine to five.", "Nine to six.")
    assert read(small.folder).edition != before


def test_phrases_keep_their_bullets_as_other_ways_to_say_it() -> None:
    mistakes = Mistakes()
    written = "# Choices\n\n## choice: faulty\nIt is faulty\n- broken\n- does not work\n\n## list\nTwo:\n- not\nend\n"
    first, second = read_phrases(written, "p/x.md", "en", mistakes)
    assert (first.name, first.text, first.also) == ("choice: faulty", "It is faulty", ("broken", "does not work"))
    assert (second.text, second.also) == ("Two:\n- not\nend", ())
    assert mistakes.errors() == ()
