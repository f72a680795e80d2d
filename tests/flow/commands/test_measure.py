"""``courtesy measure``: tables for people, exactly one JSON object for programs, and honest words about bad files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Courtesy = Callable[..., Any]
UNDERSTANDING = {
    "accuracy", "macro_f1", "oos_recall", "oos_precision", "mcc", "train_seconds", "microseconds_per_message",
}  # fmt: skip

pytestmark = pytest.mark.slow


def sentences(folder: Path) -> Path:
    """Two labels that share no word, and a sentence that nobody's label is about."""
    parcel = ["where is my parcel", "my parcel is late", "track the parcel please", "has the parcel left"]
    refund = ["i want money back", "give me a refund", "refund this purchase", "money back for this purchase"]
    rows = [(text, label, "train") for label, texts in (("track", parcel), ("refund", refund)) for text in texts]
    rows += [("where is the parcel", "track", "test"), ("a refund for this purchase", "refund", "test")]
    rows += [("zebras paint violins", "oos", "test")]
    file = folder / "sentences.csv"
    file.write_text("text,label,split\n" + "".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    return file


def test_understanding_as_one_json_object(courtesy: Courtesy, tmp_path: Path) -> None:
    done = courtesy("measure", "understanding", str(sentences(tmp_path)), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout)
    assert set(figures) >= UNDERSTANDING
    assert (figures["trained"], figures["scored"], figures["labels"]) == (8, 3, 2)
    assert (figures["accuracy"], figures["oos_recall"]) == (1.0, 1.0)


def test_understanding_as_a_table(courtesy: Courtesy, tmp_path: Path) -> None:
    done = courtesy("measure", "understanding", str(sentences(tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")
    assert "out of scope found" in done.stdout
    assert "{" not in done.stdout


def test_a_file_that_cannot_be_used_is_named_with_the_line_and_the_reason(courtesy: Courtesy, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("text,label,split\nhello,greet,train\n,greet,test\n", encoding="utf-8")
    done = courtesy("measure", "understanding", str(file), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{file}:3: text is empty" in done.stderr


def test_turns_are_driven_through_a_server_of_their_own(courtesy: Courtesy, installation: Path) -> None:
    done = courtesy("measure", "turns", "--at-once", "1,3", "--turns", "12", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert [step["at_once"] for step in figures["steps"]] == [1, 3]
    for step in figures["steps"]:
        assert (step["turns"], step["lost"], step["doubled"], step["conversations"]) == (12, 0, 0, 3)
        assert 0 < step["p50_ms"] <= step["p95_ms"] <= step["p99_ms"]
        assert step["p50_in_healthz"] > 0
    assert figures["reference_loop_ms"] > 0
    assert figures["machine"]["cores"] >= 1
    assert not installation.exists(), "the installation itself is left alone"


def test_mails_are_all_stored_once_and_the_installation_is_left_alone(courtesy: Courtesy, installation: Path) -> None:
    done = courtesy("measure", "intake", "--mails", "24", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert (figures["mails"], figures["lost"], figures["doubled"]) == (24, 0, 0)
    assert figures["reference_bare_listener_per_second"] > 0
    assert not (installation / "courtesy.sqlite3").exists()
