"""How every command ends: 0 done, 1 the answer is no, 2 could not be done, each with a sentence that helps."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from courtesy.config.commandline import COMMANDS

HERE = Path(__file__).resolve().parents[3] / "courtesy" / "config" / "commands"
THERE = [name for name in COMMANDS if (HERE / f"{name}.py").is_file()]
Courtesy = Callable[..., Any]

pytestmark = pytest.mark.slow


def test_help_names_every_command_that_is_there(courtesy: Courtesy) -> None:
    done = courtesy("--help")
    assert (done.returncode, done.stderr) == (0, "")
    named = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("    ") and line.split()]
    assert [name for name in named if name in COMMANDS] == THERE


@pytest.mark.parametrize("name", THERE)
def test_every_command_explains_itself(courtesy: Courtesy, name: str) -> None:
    done = courtesy(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: courtesy {name}")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("no-such-command",), "invalid choice: 'no-such-command'"),
        ((), "the following arguments are required: COMMAND"),
        (("journal",), "the following arguments are required: ACT"),
        (("pack", "polish"), "invalid choice: 'polish'"),
        (("talk", "--loudly"), "unrecognized arguments: --loudly"),
        (("measure",), "the following arguments are required: MEASURE"),
        (("measure", "turns", "--at-once", "1,none"), "'none' is not a whole number from 1 up"),
        (("measure", "intake", "--mails", "0"), "'0' is not a whole number from 1 up"),
    ],
)
def test_words_that_are_no_command_end_with_two_and_the_usage(
    courtesy: Courtesy, words: tuple[str, ...], says: str
) -> None:
    done = courtesy(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage: courtesy" in done.stderr
    assert says in done.stderr


# --- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"COURTESY_LOG_LEVEL": "LOUD"}, "COURTESY_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not 'LOUD'."),
        ({"COURTESY_PORT": "http"}, "COURTESY_PORT must be a whole number, not 'http'."),
    ],
)
def test_a_setting_that_cannot_be_used_ends_with_two_and_its_name(
    courtesy: Courtesy, settings: dict[str, str], says: str
) -> None:
    done = courtesy("serve", "--no-mail", **settings)
    assert done.returncode == 2
    assert f"courtesy: {says}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_port_ends_with_two_before_anything_is_made(courtesy: Courtesy, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = courtesy("serve", "--no-mail", COURTESY_PORT=port, COURTESY_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"port {port} is taken by another program" in done.stderr
    assert not (tmp_path / "data" / "courtesy.sqlite3").exists()


def test_a_data_folder_that_is_a_file_ends_with_two(courtesy: Courtesy, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    done = courtesy("talk", COURTESY_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"the data folder {tmp_path / 'data'} cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pack_that_is_not_there_ends_with_two(courtesy: Courtesy, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere")
    done = courtesy("talk", COURTESY_PACK=nowhere, COURTESY_DATA=str(tmp_path / "data"))
    assert done.returncode == 2
    assert f"there is no pack in {nowhere}" in done.stderr


# --- pack ---------------------------------------------------------------------------------------


def test_a_broken_pack_is_told_with_file_and_line_and_ends_with_one(courtesy: Courtesy, tmp_path: Path) -> None:
    pack = tmp_path / "lark"
    assert courtesy("pack", "new", "Lark", "--folder", str(pack)).returncode == 0
    whole = courtesy("pack", "check", str(pack))
    assert whole.returncode == 0
    assert "Lark: nothing wrong" in whole.stdout
    page = pack / "company.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("currency: EUR", "currency: euro"), encoding="utf-8")
    broken = courtesy("pack", "check", str(pack))
    assert broken.returncode == 1
    assert "company.yaml:" in broken.stdout
    assert "'euro' is not a currency" in broken.stdout
    as_json = courtesy("pack", "check", str(pack), "--json")
    assert as_json.returncode == 1
    assert any(finding["severity"] == "error" for finding in json.loads(as_json.stdout))


def test_a_file_or_nothing_where_a_pack_is_named_ends_with_two(courtesy: Courtesy, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for named in (tmp_path / "file", tmp_path / "nothing"):
        done = courtesy("pack", "check", str(named))
        assert done.returncode == 2
        assert f"there is no pack in {named}" in done.stderr


# --- journal ------------------------------------------------------------------------------------


def test_a_journal_before_the_first_start_cannot_be_verified(courtesy: Courtesy, tmp_path: Path) -> None:
    done = courtesy("journal", "verify", COURTESY_DATA=str(tmp_path / "empty"))
    assert done.returncode == 2
    assert "there is no database yet" in done.stderr


@pytest.fixture(scope="module")
def talked(courtesy: Courtesy, installation: Path) -> Path:
    """The database after a short conversation, whose journal is whole."""
    assert courtesy("talk", stdin="hello\nthank you\n").returncode == 0
    assert courtesy("journal", "verify").returncode == 0
    return installation / "courtesy.sqlite3"


@pytest.fixture
def journal(talked: Path) -> Iterator[sqlite3.Connection]:
    """The database, put back as it was after the test."""
    with sqlite3.connect(talked) as database, sqlite3.connect(":memory:") as kept:
        database.backup(kept)
        yield database
        database.commit()
        kept.backup(database)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "UPDATE conversations_journalentry SET content = replace(content, 'hello', 'hallo') WHERE sequence = 2",
            "The journal is broken at line 2: entry 2 was changed",
        ),
        ("DELETE FROM conversations_journalentry WHERE sequence = 3", "at line 3: entry 3 is missing"),
        (
            "DELETE FROM conversations_journalentry WHERE sequence ="
            " (SELECT MAX(sequence) FROM conversations_journalentry)",
            "are missing at the end",
        ),
    ],
)
def test_a_changed_or_missing_journal_line_is_named_and_ends_with_one(
    courtesy: Courtesy, journal: sqlite3.Connection, change: str, says: str
) -> None:
    assert journal.execute(change).rowcount == 1
    journal.commit()
    done = courtesy("journal", "verify")
    assert done.returncode == 1
    assert says in done.stderr
    assert done.stdout == ""
