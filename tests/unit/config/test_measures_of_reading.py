"""The measures of reading: what they count, on files small enough to count by hand, and what they say of bad ones."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from courtesy.config.commands import (
    measure_entities,
    measure_feelings,
    measure_identification,
    measure_language,
    measure_replies,
    measure_retrieval,
)
from courtesy.config.measuring.spans import same
from courtesy.config.trouble import Trouble

Measured = Callable[..., dict[str, Any]]


@pytest.fixture
def measured(capsys: pytest.CaptureFixture[str]) -> Measured:
    def run(command: ModuleType, *words: str) -> dict[str, Any]:
        parser = ArgumentParser()
        command.add_arguments(parser)
        arguments = parser.parse_args(list(words))
        arguments.json = True
        assert command.run(arguments) == 0
        figures: dict[str, Any] = json.loads(capsys.readouterr().out)
        return figures

    return run


def written(file: Path, *rows: object) -> str:
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(file)


def test_entities_are_counted_by_place_and_by_value(measured: Measured, tmp_path: Path) -> None:
    file = written(
        tmp_path / "entities.jsonl",
        {"text": "it came in two days, on Friday", "lang": "en", "reference": "2026-03-18",
         "entities": [["date", 24, 30, "2026-03-13"]]},
        {"text": "I paid 12 euros", "lang": "en", "entities": [["money", 7, 15, "12.00 EUR"]]},
        {"text": "I paid 30 dollars", "lang": "en", "entities": [["money", 7, 17, "31.00 USD"]]},
    )  # fmt: skip
    figures = measured(measure_entities, file)
    assert figures["kinds"]["money"] == {
        "marked": 2, "found": 2, "precision": 1.0, "recall": 1.0, "f1": 1.0, "value_f1": 0.5, "value_accuracy": 0.5,
    }  # fmt: skip
    assert figures["kinds"]["date"]["marked"] == 1
    assert set(figures["kinds"]) == {"date", "money"}  # "two days" is found, but nobody marked lengths of time


def test_slots_and_columns_of_public_sets_are_read(measured: Measured, tmp_path: Path) -> None:
    slots = written(
        tmp_path / "slots.jsonl",
        {"text": "from the 20th of March", "intents": [],
         "slots": {"date_from": {"text": "20th of March", "span": [9, 22],
                                 "value": {"day": 20, "month": 3, "year": 2022}}}},
    )  # fmt: skip
    assert measured(measure_entities, slots)["kinds"]["date from"]["value_f1"] == 1.0
    columns = tmp_path / "columns.csv"
    columns.write_text(
        "text,entity_type,entity_value,start,end,lang\ncancel order 7730021,order_id,7730021,13,20,en\nhello,,,,,en\n"
    )
    assert measured(measure_entities, str(columns))["kinds"]["order number"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"text": "hello", "entities": [["date", 3, 99]]}, "no place 3–99"),
        ({"text": "hello", "entities": ["date"]}, "not \\[kind"),
        ({"text": "hello"}, "no entity is marked"),
        ({"entities": []}, "no text"),
    ],
)
def test_entities_that_cannot_be_used_are_named(row: object, says: str, tmp_path: Path, measured: Measured) -> None:
    with pytest.raises(Trouble, match=says):
        measured(measure_entities, written(tmp_path / "bad.jsonl", row))


def test_an_amount_without_a_currency_is_compared_by_its_figures() -> None:
    assert same("400.00", "400.00 EUR")
    assert not same("400.00 GBP", "400.00 EUR")


def test_languages_that_the_company_does_not_speak_must_be_turned_away(measured: Measured, tmp_path: Path) -> None:
    file = written(
        tmp_path / "texts.jsonl",
        {"text": "where is my parcel please", "lang": "en"},
        {"text": "wo ist denn bitte mein Paket", "lang": "de"},
    )
    assert measured(measure_language, file)["accuracy"] == 1.0
    figures = measured(measure_language, file, "--languages", "en,es")
    assert (figures["accuracy"], figures["other_languages_recognised"]) == (1.0, 1.0)


def test_feelings_are_counted_apart(measured: Measured, tmp_path: Path) -> None:
    file = written(
        tmp_path / "felt.jsonl",
        {"text": "I am furious", "feeling": "anger", "lang": "en"},
        {"text": "my lawyer will sue you", "feeling": "legal", "lang": "en"},
        {"text": "where is my order", "feeling": "calm", "lang": "en"},
    )
    figures = measured(measure_feelings, file)
    assert (figures["macro_f1"], figures["calm_left_calm"]) == (1.0, 1.0)
    with pytest.raises(Trouble, match="no feeling is named 'joy'"):
        measured(measure_feelings, written(tmp_path / "bad.jsonl", {"text": "x", "feeling": "joy"}))


def test_replies_are_compared_as_their_kind_says(measured: Measured, tmp_path: Path) -> None:
    body = "Size 42.\n\nBest regards,\nAna\n\nOn Mon, 2 Nov 2026 at 10:00 Robin <r@example.com> wrote:\n> Which?\n"
    file = written(
        tmp_path / "mails.jsonl",
        {"body": body, "expected": "Size 42. Best regards, Ana", "kind": "trimmed_text"},
        {"body": body, "expected": "Best regards,\nAna", "kind": "signature_text"},
        {"body": "<p>Yes.</p><blockquote>No?</blockquote>", "expected": "Yes.", "kind": "html_reply_text"},
        {"body": "Yes.", "expected": "Something else", "id": "wrong one"},
    )
    figures = measured(measure_replies, file, "--failed")
    assert (figures["exact"], figures["failed"], figures["empty_though_expected"]) == (0.75, "wrong one", 0)


def test_retrieval_tells_how_high_the_right_passage_stands(measured: Measured, tmp_path: Path, settings: Any) -> None:
    settings.COURTESY_ENCODER = "none"  # to meaning every passage is near; words alone leave one question unanswered
    written(
        tmp_path / "passages.jsonl",
        {"id": "a", "title": "Returns", "text": "Send boots back within thirty days."},
        {"id": "b", "title": "Delivery", "text": "Boots arrive in three days."},
    )
    written(tmp_path / "queries.jsonl", {"id": "1", "text": "when do boots arrive"}, {"id": "2", "text": "zebra"})
    (tmp_path / "relevant.tsv").write_text("query\tpassage\n1\tb\n2\ta\n")
    figures = measured(measure_retrieval, str(tmp_path))
    assert (figures["queries"], figures["recall_at_1"], figures["mrr_at_10"]) == (2, 0.5, 0.5)
    (tmp_path / "relevant.tsv").write_text("1\tb\n2\tnowhere\n")
    with pytest.raises(Trouble, match=r"relevant\.tsv:2"):
        measured(measure_retrieval, str(tmp_path))


def test_callers_are_counted_by_try_and_strangers_are_not_taken_for_them(measured: Measured, tmp_path: Path) -> None:
    (tmp_path / "records.csv").write_text(
        "scenario_id,postcode,name,dob\n"
        + "".join(f"p{n},N{n} {n % 9}QZ,Someone Else{n},19{n}-06-1{n % 9}\n" for n in range(10, 90))
        + "ana,WV1 7AN,Ana Sheppard,1970-05-14\n"
    )
    turns = ["dialogue_id\tscenario_id\titem\tnbest"]
    for attempt in ([], ["w v 1 7 a n"]):
        turns.append(f"call\tana\tpostcode\t{json.dumps(attempt)}")
    for item, said in (("name", "Anna Shepherd"), ("dob", "14th of May 1970")):
        turns += [f"call\tana\t{item}\t[]", f"call\tana\t{item}\t{json.dumps([said])}"]
    (tmp_path / "turns.tsv").write_text("\n".join(_quoted(line) for line in turns))
    figures = measured(measure_identification, str(tmp_path))
    assert (figures["calls"], figures["identified_by_try_1"], figures["identified_by_try_2"]) == (1, 0.0, 1.0)
    assert (figures["wrong_person_calls"], figures["stranger_calls_taken"]) == (0, 0)


def _quoted(line: str) -> str:
    """The last column as a table writes it, its quotation marks doubled."""
    *first, last = line.split("\t")
    return "\t".join([*first, '"' + last.replace('"', '""') + '"'])
