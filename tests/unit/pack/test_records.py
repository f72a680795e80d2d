"""Record pages and the book's look-ups and acts: what is written wrongly is told with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from courtesy.pack.checking import check

NORTHWAY = Path(__file__).resolve().parents[2] / "flow" / "connections" / "northway"


def wrong_with(tmp_path: Path, page: str, old: str, new: str) -> str:
    folder = tmp_path / "northway"
    shutil.copytree(NORTHWAY, folder)
    path = folder / page
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return "\n".join(str(one) for one in check(folder))


@pytest.mark.parametrize(
    ("page", "old", "new", "said"),
    [
        ("records/bill.yaml", "of: contract", "of: contracts", "'bill' belongs to 'contracts', which there is not"),
        ("records/bill.yaml", "total: money", "total: cash", "'cash' is not a kind of field"),
        ("records/bill.yaml", "dated: issued", "dated: total", "'dated: total' is no date of 'bill'"),
        ("records/bill.yaml", '"B-######"', '"B-#"', "fewer than four '#'"),
        (
            "connections/core.yaml",
            "find: {record: contract,",
            "find: {record: contrat,",
            "finds no kind of record there is",
        ),
        (
            "connections/core.yaml",
            "with: {customer: text}",
            "with: {area: text}",
            "reaches customers' records for nobody",
        ),
        ("connections/core.yaml", "compare: bill line", "compare: reading", "'reading' are no lines of 'bill'"),
        ("connections/core.yaml", "place: place,", "place: key_word,", "'place' is private in the book"),
        (
            "connections/core.yaml",
            '        otherwise: "refusal: reading too low"\n',
            "",
            "nothing says what the customer hears",
        ),
        ("connections/core.yaml", 'value: "{reading}"', 'valu: "{reading}"', "a reading has no 'valu'"),
        ("connections/core.yaml", 'value: "{reading}"', 'value: "{redding}"', "'redding' is not known to this effect"),
        ("connections/core.yaml", "set: {state: disputed}", "set: {state: disputd}", "a bill is never 'disputd'"),
        ("tables/records/bill.csv", "61.15", "61,15", "the row has 6 cells"),
        ("tables/records/bill.csv", "61.15", "61.155", "total: '61.155' is no amount"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, page: str, old: str, new: str, said: str) -> None:
    assert said in wrong_with(tmp_path, page, old, new)
