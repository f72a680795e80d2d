"""Lessons: what people taught stands on a page of its own and is added to what procedures and articles know."""

from __future__ import annotations

from typing import Any

import pytest

from courtesy.pack.checking import check
from courtesy.pack.mistakes import PackError
from courtesy.pack.reading import read
from courtesy.pack.writing import UnwritableError, with_item, without_item

PAGE = """\
lessons: en
# what the winter of 2026 taught us
customers say:
  Return an item:
    - it bounced off the anvil, have it back   # heard in the shop
customers ask:
  hours: [can I come by after lunch]
none of these:
  - do you shoe horses
not answered by:
  hours:
    - how long does the forge burn
"""


def test_lessons_are_added_to_what_the_own_pages_say(small: Any) -> None:
    small.write("lessons/en.yaml", PAGE)
    pack = read(small.folder)
    examples = pack.procedures["Return an item"].examples
    assert examples["en"][0] == "return this"
    assert examples["en"][-1] == "it bounced off the anvil, have it back"
    assert len(examples["es"]) == 5
    (hours,) = [one for one in pack.articles if one.language == "en"]
    assert hours.questions == ("when is it open", "can I come by after lunch")
    assert hours.not_for == ("how long does the forge burn",)
    assert pack.off_topic == {"en": ("do you shoe horses",)}


def test_a_lesson_for_a_procedure_of_the_base_pack_is_added_to_it(small: Any, tmp_path: Any) -> None:
    small.write("company.yaml", (small.folder / "company.yaml").read_text() + "base: yes\n")
    upper = tmp_path / "upper"
    (upper / "lessons").mkdir(parents=True)
    (upper / "company.yaml").write_text("name: Upper Anvil\nbuilds on: anvil\n")
    (upper / "lessons" / "en.yaml").write_text("lessons: en\ncustomers say: {Return an item: [have it back]}\n")
    examples = read(upper).procedures["Return an item"].examples["en"]
    assert "return this" in examples
    assert examples[-1] == "have it back"
    assert "have it back" not in read(small.folder).procedures["Return an item"].examples["en"]


def test_a_lesson_for_what_is_not_there_is_a_mistake_with_its_line(small: Any) -> None:
    small.write("lessons/en.yaml", PAGE.replace("Return an item", "Return an itm"))
    with pytest.raises(PackError, match=r"lessons/en.yaml:5: error: there is no procedure 'Return an itm'"):
        read(small.folder)


def test_a_sentence_that_is_both_somebodys_and_nobodys_business_is_an_error(small: Any) -> None:
    small.write("lessons/en.yaml", "lessons: en\nnone of these: [Return this!]\n")
    found = [str(one) for one in check(small.folder) if one.severity == "error"]
    assert any("'Return this!' is both 'none of these' and what customers say" in one for one in found)


# --- writing ------------------------------------------------------------------------------------------


def test_an_entry_is_put_in_and_nothing_else_changes() -> None:
    path = ("customers say", "Return an item")
    written = with_item(PAGE, path, 'take "it" back: please', "taught by Ana")
    new = '    - "take \\"it\\" back: please"  # taught by Ana'
    assert [line for line in written.splitlines() if line not in PAGE.splitlines()] == [new]
    assert written.splitlines().index(new) == PAGE.splitlines().index("customers ask:")
    assert without_item(written, path, 'take "it" back: please') == PAGE
    assert with_item(written, path, 'take "it" back: please') == written


@pytest.mark.parametrize(
    ("path", "below"),
    [
        (("customers say", "Opening hours"), '  Opening hours:\n    - "new"\ncustomers ask'),
        (("none of these",), '  - do you shoe horses\n  - "new"\nnot answered'),
        (("not answered by", "delivery/late"), '  delivery/late:\n    - "new"\n'),
        (("customers ask", "hours"), '  hours: [can I come by after lunch, "new"]\n'),
    ],
)
def test_missing_keys_are_made_and_every_form_of_list_is_written_into(path: tuple[str, ...], below: str) -> None:
    written = with_item(PAGE, path, "new")
    assert below in written
    assert "# heard in the shop" in written


def test_a_page_begins_with_its_first_entry_and_ends_without_its_last() -> None:
    begun = with_item("lessons: es\n", ("customers say", "no"), "¿y si no?")
    assert begun == 'lessons: es\ncustomers say:\n  "no":\n    - "¿y si no?"\n'
    assert without_item(begun, ("customers say", "no"), "¿y si no?") == "lessons: es\n"


def test_an_empty_key_is_filled() -> None:
    assert (
        with_item("lessons: en\nnone of these:\n", ("none of these",), "x") == 'lessons: en\nnone of these:\n  - "x"\n'
    )


def test_what_cannot_be_changed_line_by_line_says_what_to_do() -> None:
    with pytest.raises(UnwritableError, match="Write it as one, each entry after '- '"):
        with_item("customers say: {Return an item: [a]}\n", ("customers say", "Opening hours"), "x")
    with pytest.raises(UnwritableError, match="not readable YAML"):
        with_item("a: [", ("a",), "x")
    with pytest.raises(ValueError, match="does not stand there"):
        without_item(PAGE, ("none of these",), "never written")
