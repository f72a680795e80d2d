"""``courtesy talk`` through a pipe: a whole conversation in a terminal, kept like any other chat."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ORDER = "where is my order TF-10002? My e-mail is ana.ruiz@example.com"
Courtesy = Callable[..., Any]

pytestmark = pytest.mark.slow


def rows(installation: Path, question: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(installation / "courtesy.sqlite3") as database:
        return database.execute(question).fetchall()


def test_an_empty_folder_gets_the_sample_company_and_the_record_answers(courtesy: Courtesy, tmp_path: Path) -> None:
    fresh = tmp_path / "installation"
    done = courtesy("talk", stdin=f"Hi, {ORDER}\n", COURTESY_DATA=str(fresh))
    assert done.returncode == 0, done.stderr
    assert f"You: Hi, {ORDER}" in done.stdout
    assert re.search(r"Robin: .*automatic.*\n(.*\n)*.*TF-10002", done.stdout)
    assert "CX100021ES" in done.stdout
    assert "loading the sample shop" in done.stderr
    assert rows(fresh, "SELECT channel, line FROM conversations_conversation") == [("chat", "chat")]
    assert rows(fresh, "SELECT COUNT(*) FROM workforce_colleague") == [(0,)], "the first sign-in is for serve"


def test_a_second_talk_is_quiet_about_setting_up_and_is_a_conversation_of_its_own(
    courtesy: Courtesy, installation: Path
) -> None:
    courtesy("talk", stdin="hello\n")  # the first one, when this is the first test
    before = rows(installation, "SELECT COUNT(*) FROM conversations_conversation")[0][0]
    done = courtesy("talk", stdin="hello\n")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Robin: Hello" in done.stdout
    assert rows(installation, "SELECT COUNT(*) FROM conversations_conversation") == [(before + 1,)]


def test_nothing_is_said_after_quit(courtesy: Courtesy, installation: Path) -> None:
    done = courtesy("talk", stdin="/quit\nthis is never said\n")
    assert done.returncode == 0
    assert "never said" not in done.stdout
    assert rows(installation, "SELECT COUNT(*) FROM conversations_message WHERE text LIKE '%never said%'") == [(0,)]


def test_reasons_are_shown_only_when_asked_for(courtesy: Courtesy) -> None:
    told = courtesy("talk", "--why", stdin=f"{ORDER}\n").stdout
    assert re.search(r"understood \(en\): .*wants Where is my order \d+ %", told)
    assert "understood" not in courtesy("talk", stdin=f"{ORDER}\n").stdout


def test_a_number_takes_the_offered_answer_and_a_deed_waits_for_the_yes(courtesy: Courtesy, installation: Path) -> None:
    opening = "I want to return the jacket of order TF-10001. My e-mail is ana.ruiz@example.com\n"
    asked = courtesy("talk", stdin=opening).stdout
    place = re.search(r"^   (\d+)\. It does not fit$", asked, re.MULTILINE)
    assert place, asked
    done = courtesy("talk", "--why", stdin=f"{opening}{place[1]}\nrefund\n")
    assert done.returncode == 0
    assert "deed:" not in done.stdout
    chosen = rows(installation, "SELECT text, choices FROM conversations_message WHERE author = 'customer'")
    assert ("It does not fit", [{"chosen": _value_behind("It does not fit", installation)}]) in [
        (text, json.loads(written)) for text, written in chosen
    ]


def _value_behind(label: str, installation: Path) -> Any:
    offered = rows(installation, "SELECT choices FROM conversations_message WHERE author = 'representative'")
    every = [choice for (choices,) in offered for choice in json.loads(choices)]
    return next(choice["value"] for choice in every if choice["label"] == label)


def test_a_deed_is_told_with_the_policy_and_the_rule_that_allowed_it(courtesy: Courtesy, installation: Path) -> None:
    said = "I want to cancel order TF-10003, ordered by mistake. My e-mail is ana.ruiz@example.com\nyes\n"
    done = courtesy("talk", "--why", stdin=said)
    assert done.returncode == 0, done.stderr
    before_the_yes, _, after = done.stdout.partition("You: yes")
    assert "deed:" not in before_the_yes
    assert re.search(r"verdict: cancel order: allow \[policy .+, rule .+\]", after), done.stdout
    assert "own order = yes (record)" in after
    assert re.search(r"deed: cancel order, CN-\d+, 107\.50 EUR", after), after
    assert rows(installation, "SELECT status FROM commerce_order WHERE number = 'TF-10003'") == [("cancelled",)]


def test_an_answer_from_an_article_names_its_source(courtesy: Courtesy, tmp_path: Path) -> None:
    pack, data = tmp_path / "lark", str(tmp_path / "data")
    assert courtesy("pack", "new", "Lark Lamps", "--folder", str(pack)).returncode == 0
    page = pack / "articles" / "en" / "battery.md"
    page.write_text(
        "---\ntitle: Changing the battery of a lamp\nvalid from: 2026-01-01\n"
        "questions: [how do I replace the battery]\n---\nUnscrew the base and take the old battery out.\n",
        encoding="utf-8",
    )
    settings = {"COURTESY_PACK": str(pack), "COURTESY_DATA": data}
    done = courtesy("talk", "--why", stdin="how do I replace the battery?\n", **settings)
    assert "Unscrew the base" in done.stdout
    assert "   source: Changing the battery of a lamp" in done.stdout, done.stdout
    assert "Lark Lamps" in done.stdout


def test_a_person_takes_over_and_it_is_told(courtesy: Courtesy, installation: Path) -> None:
    done = courtesy("talk", stdin="hello\n/person\n")
    assert done.returncode == 0
    assert "(the conversation is with " in done.stdout
    last = "SELECT speaker FROM conversations_conversation ORDER BY opened_at DESC LIMIT 1"
    assert rows(installation, last) == [("colleague",)]


def test_the_language_may_be_chosen_and_an_unknown_one_is_refused_with_what_there_is(courtesy: Courtesy) -> None:
    assert "Hola" in courtesy("talk", "--language", "es", stdin="hola\n").stdout
    refused = courtesy("talk", "--language", "xx", stdin="hello\n")
    assert refused.returncode == 2
    assert "does not speak 'xx'. It speaks: en, es, zh." in refused.stderr
    assert refused.stdout == ""


def test_words_that_are_not_utf_8_are_refused_with_their_line_and_what_came_before_is_answered(
    courtesy: Courtesy,
) -> None:
    refused = courtesy("talk", stdin=b"hello\ncaf\xe9\n")
    assert refused.returncode == 2
    assert "Robin: Hello" in refused.stdout
    assert "standard input, line 2: not UTF-8" in refused.stderr


def test_the_journal_of_all_these_talks_is_whole(courtesy: Courtesy) -> None:
    courtesy("talk", stdin="hello\n")  # the first one, when this is the first test
    done = courtesy("journal", "verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The journal is whole" in done.stdout
