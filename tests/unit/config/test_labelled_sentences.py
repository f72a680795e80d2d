"""Files of labelled sentences: how they are read, and what is said about those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtesy.config.commands.measure_understanding import read_rows
from courtesy.config.trouble import Trouble
from courtesy.language.measuring import Row

ROWS = [Row("hello, you", "greet", "en", True), Row("qué tal", "none", "en", False)]


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.csv", 'text,label,lang,split\n"hello, you",greet,en,train\nqué tal,oos,en,test\n'),
        ("rows.csv", 'split,text,label\r\ndev,"hello, you",greet\r\n\r\ntest,qué tal,oos\r\n'),
        (
            "rows.jsonl",
            '{"text": "hello, you", "label": "greet", "split": "train"}\n\n'
            '{"text": "qué tal", "label": "oos", "split": "held", "lang": null, "id": 7}\n',
        ),
        (
            "rows",
            '{"text": "hello, you", "label": "greet", "split": "dev", "lang": "en"}\r\n'
            '{"text": "qué tal", "label": "oos", "split": "x"}',
        ),
    ],
)
def test_csv_and_jsonl_are_read_with_or_without_byte_order_mark_and_language(
    tmp_path: Path, name: str, text: str, encoding: str
) -> None:
    assert read_rows(written(tmp_path, name, text, encoding)) == ROWS


def test_a_row_without_a_language_gets_the_one_that_is_given(tmp_path: Path) -> None:
    file = written(tmp_path, "rows.csv", "text,label,lang,split\nhola,greet,,train\n你好,greet,zh,test\n")
    assert [row.language for row in read_rows(file, "es")] == ["es", "zh"]


def test_a_line_of_csv_ends_where_csv_says(tmp_path: Path) -> None:
    text = "text,label,split\none\u2028two,a,train\nthree\x0bfour,a,train\nfive,a,test\n"
    assert [row.text for row in read_rows(written(tmp_path, "rows.csv", text))] == [
        "one\u2028two",
        "three\x0bfour",
        "five",
    ]


GOOD = "text,label,split\nhello,greet,train\nhi,greet,test\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("rows.csv", "", "rows.csv:1: the file is empty"),
        ("rows.csv", "text,lang\nhello,en\n", "rows.csv:1: no column label, split"),
        ("rows.csv", GOOD + "\n\nhello,,test\n", "rows.csv:6: label is empty"),
        ("rows.csv", GOOD + '"two\nlines",greet,test\nhello,greet\n', "rows.csv:6: no split"),
        ("rows.csv", GOOD + "hello, you,greet,test\n", "rows.csv:4: more fields than columns"),
        ("rows.csv", GOOD + '"never closed,greet,test\n', "rows.csv:4: not CSV"),
        ("rows.csv", GOOD + "hello,none,test\n", "rows.csv:4: label 'none' is kept for what was turned away; use oos"),
        ("rows.csv", "text,label,split\nhello,greet,train\n", "nothing to score"),
        ("rows.csv", "text,label,split\nhello,greet,test\n", "nothing to learn from"),
        ("rows.csv", "text,label,split\nhello,oos,train\nhi,greet,test\n", "nothing to learn from"),
        ("rows.jsonl", '{"text": "a", "label": "b", "split": "train"}\nhello\n', "rows.jsonl:2: not JSON"),
        ("rows.jsonl", "[1]\n", "rows.jsonl:1: not a JSON object"),
        ("rows.jsonl", '{"text": "a", "split": "train"}\n', "rows.jsonl:1: no label"),
        ("rows.jsonl", '{"text": "a", "label": 3, "split": "train"}\n', "rows.jsonl:1: label is not a text"),
        (
            "rows.jsonl",
            '{"text": "a", "label": "b", "split": "c", "lang": 3}\n',
            "rows.jsonl:1: lang is not a text",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_its_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(Trouble) as refused:
        read_rows(written(tmp_path, name, text))
    assert says in str(refused.value)


def test_words_that_are_not_utf_8_and_files_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"rows\.csv:3: not UTF-8"):
        read_rows(written(tmp_path, "rows.csv", "text,label,split\nhello,greet,train\ncafé,greet,test\n", "latin-1"))
    with pytest.raises(Trouble, match=r"nowhere\.csv: cannot be read \(No such file or directory\)"):
        read_rows(tmp_path / "nowhere.csv")


def test_many_faults_are_told_at_once_but_not_all(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as refused:
        read_rows(written(tmp_path, "rows.csv", GOOD + ",a,test\n" * 30))
    told = str(refused.value).splitlines()
    assert len(told) == 22
    assert told[-1] == "… and 10 more"
