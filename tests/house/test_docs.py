"""The documents are true: they list what there is, their links lead somewhere, and their examples run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve

from courtesy.commerce.refusals import REFUSALS
from courtesy.config.commandline import parser
from courtesy.config.environment import SETTINGS
from courtesy.pack import editions
from courtesy.pack.checking import check
from courtesy.pack.starting import new
from courtesy.pack.vocabulary import ACTS, FACTS
from courtesy.policy.guard import run_examples
from courtesy.policy.models import Approval

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)#]*)(?:#[^)]*)?\)")
FENCED = re.compile(r"^( *)```(\S*) *(.*?)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\bCOURTESY_[A-Z][A-Z_]+\b")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """Examples of one language in a page: what stands beside the language, and the text."""
    written = (ROOT / page).read_text(encoding="utf-8")
    found = [
        (beside.strip(), re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
        for indent, kind, beside, text in FENCED.findall(written)
        if kind == language
    ]
    assert found, f"{page} has no example in {language}"
    return found


# --- what there is is listed ----------------------------------------------------------------------


def test_the_generated_pages_say_what_the_code_says() -> None:
    looked = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert looked.returncode == 0, looked.stdout + looked.stderr


def test_every_setting_act_and_fact_is_in_the_reference() -> None:
    written = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    pack = (ROOT / "docs/reference/pack.md").read_text(encoding="utf-8")
    assert [name for name in SETTINGS if f"| `{name}` |" not in written] == []
    assert [name for name in [*ACTS, *FACTS] if f"| `{name}`" not in pack] == []


def test_every_variable_that_code_or_scripts_read_is_in_the_reference() -> None:
    written = set(NAMED.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")))
    scripts = [ROOT / name for name in ("bin/serve", "bin/setup", "bin/test", ".ci/run", "tools/test-services")]
    read = {
        name.removesuffix("_FILE")
        for path in [*scripts, *ROOT.glob("courtesy/**/*.py"), ROOT / "tests/conftest.py"]
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
    }
    made_of_settings = {name for name in dir(settings) if name.startswith("COURTESY_")}
    assert len(read) > 20
    assert read - written - made_of_settings == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_names_only_settings_that_exist(page: Path) -> None:
    known = set(NAMED.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")))
    used = {name.removesuffix("_FILE") for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    assert used - known == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    assert [link for link in links if link and not (page.parent / link).exists()] == []


# --- examples run ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_of_a_page_is_one_that_the_command_line_takes(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    lines = [line.strip() for _, kind, _, text in FENCED.findall(written) if kind == "sh" for line in text.splitlines()]
    inline = re.findall(r"`((?:\.venv/bin/)?courtesy [a-z][^`]*)`", written)
    for line in [*lines, *inline]:
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
            words = words[1:]
        if words and words[0] in ("courtesy", ".venv/bin/courtesy") and "…" not in line:
            assert takes(words[1:]), f"{named(page)}: {line}"
        elif words and words[0].startswith("bin/"):
            assert (ROOT / words[0]).is_file(), f"{named(page)}: {line}"


def takes(words: list[str]) -> bool:
    """Whether the command line takes these words; a command that needs an act after it may be named without."""
    try:
        parser().parse_args(words)
    except SystemExit as refused:
        named_only = len(words) == 1 and not words[0].startswith("-")
        return refused.code == 0 or (named_only and words[0] in parser().format_help())
    return True


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_address_of_a_page_is_answered(page: Path) -> None:
    for path in re.findall(r"http://127\.0\.0\.1:8000(/[^\s>)`]*)", page.read_text(encoding="utf-8")):
        assert resolve(path)


def wrong_in(folder: Path) -> list[str]:
    return [str(finding) for finding in check(folder, run_examples, said_by_the_shop=REFUSALS)]


def play(chat: str, talk: Any) -> None:
    """Say what the example's customer says, and hear in each answer what the example says is answered."""
    for line in chat.strip().splitlines():
        who, _, words = line.partition(":")
        if who == "You":
            talk.say(words.strip())
        else:
            assert words.strip() in talk.said, f"{words.strip()!r} is not in {talk.said!r}"


def test_the_tutorial_changes_the_return_period(talk: Callable[..., Any], tmp_path: Path, at: datetime) -> None:
    page = "docs/tutorial/first-hour.md"
    chats = dict(blocks(page, "chat"))
    play(chats["before"], talk(language="en"))
    folder = tmp_path / "packs" / "tarnfell"
    shutil.copytree(ROOT / "packs" / "tarnfell", folder)
    policy = folder / "policies" / "return-period.yaml"
    policy.write_text(re.sub(r"(?<!\d)100(?!\d)", "180", policy.read_text(encoding="utf-8")), encoding="utf-8")
    assert blocks(page, "text")[0][1].splitlines()[0] in wrong_in(folder)
    policy.write_text(policy.read_text(encoding="utf-8").replace("101", "181"), encoding="utf-8")
    assert [one for one in wrong_in(folder) if "return-period.yaml" in one] == []
    editions.publish(folder, tmp_path, at)
    play(chats["after"], talk(language="en"))


def test_the_tutorial_teaches_two_sentences(talk: Callable[..., Any], tmp_path: Path, at: datetime) -> None:
    page = "docs/tutorial/how-it-understands.md"
    chats = dict(blocks(page, "chat"))
    play(chats["before"], talk(language="en"))
    folder = tmp_path / "packs" / "tarnfell"
    shutil.copytree(ROOT / "packs" / "tarnfell", folder)
    procedure = folder / "procedures" / "book-an-appointment.yaml"
    ((_, taught),) = blocks(page, "yaml")
    written = procedure.read_text(encoding="utf-8")
    procedure.write_text(written.replace("  en:\n", f"  en:\n{taught}", 1), encoding="utf-8")
    assert wrong_in(folder) == []
    editions.publish(folder, tmp_path, at)
    play(chats["after"], talk(language="en"))


def test_the_rule_that_the_tutorial_shows_stands_in_the_pack() -> None:
    ((_, shown),) = blocks("docs/tutorial/first-hour.md", "yaml")
    assert shown in (ROOT / "packs/tarnfell/policies/return-period.yaml").read_text(encoding="utf-8")


def test_the_approval_that_the_guide_shows_is_asked_for(talk: Callable[..., Any]) -> None:
    ((_, chat),) = blocks("docs/how-to/approve-at-the-desk.md", "chat")
    one = talk(language="en")
    play(chat, one)
    waiting = Approval.objects.get(conversation=one.id)
    assert (waiting.act, waiting.asked_of, waiting.status) == ("refund", "team lead", "waiting")
    assert "refund" not in one.deeds()


def test_the_procedure_that_the_guide_writes_is_checked_and_rehearsed(tmp_path: Path) -> None:
    page = "docs/how-to/write-a-procedure.md"
    folder = new(tmp_path / "harbour-books", "Harbour Books", country="IE", mail_address="service@harbour.example")
    company = folder / "company.yaml"
    written = re.sub(r'order numbers: ".*"', 'order numbers: "TF-#####"', company.read_text(encoding="utf-8"))
    assert "TF-#####" in written
    company.write_text(written, encoding="utf-8")
    for path, text in [*blocks(page, "yaml"), *blocks(page, "markdown")]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assert wrong_in(folder) == []
    played = subprocess.run(
        [sys.executable, "-m", "courtesy", "pack", "rehearse", str(folder), "--only", "birthday"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert played.returncode == 0, played.stdout + played.stderr
    assert "1 of 1 rehearsals passed" in played.stdout


def test_a_backup_made_as_the_guide_says_can_be_restored(tmp_path: Path) -> None:
    if shutil.which("sqlite3") is None:
        pytest.skip("no sqlite3 program")
    runs = {beside: text for beside, text in blocks("docs/how-to/back-up-and-restore.md", "sh") if beside}
    first, second, backup = tmp_path / "first", tmp_path / "second", tmp_path / "backup"
    for folder in (second, backup):
        folder.mkdir()
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}

    def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
        own = plain | {"COURTESY_DATA": str(folder), "BACKUP": str(backup), "COURTESY_SMTP_PORT": "0"}
        script = script.replace(".venv/bin/courtesy", f"{shlex.quote(sys.executable)} -m courtesy")
        command = ["sh", "-eu", "-c", script]
        return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)

    made = run(f"{shlex.quote(sys.executable)} -c {shlex.quote(MAKE)}", first)
    assert made.returncode == 0, made.stderr
    saved = run(runs["run backup"], first)
    assert saved.returncode == 0, saved.stderr
    restored = run(runs["run restore"], second)
    assert restored.returncode == 0, restored.stderr
    assert "The journal is whole: 1 lines" in restored.stdout
    assert (second / "secret.key").read_bytes() == (first / "secret.key").read_bytes()
    assert (second / "editions" / "editions.json").is_file()


MAKE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "courtesy.config.settings"
import django
django.setup()
from django.utils import timezone
from courtesy.config import starting
from courtesy.conversations import journal
starting.prepare(timezone.now())
journal.write("note", actor="system", at=timezone.now(), content={"what": "kept"})
"""


def test_what_the_page_of_duties_names_is_there() -> None:
    rows = [
        line.strip("|").split("|")
        for line in (ROOT / "docs/reference/duties.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| duty")
    ]
    assert len(rows) > 40
    for duty, *cells, missing in rows:
        done_by, held_by, seen_at = (cell.strip(" `") for cell in cells)
        for place in filter(None, (done_by, held_by)):
            assert any((root / place).exists() for root in (ROOT, ROOT / "packs")), f"{duty}: {place}"
        assert bool(done_by) == bool(held_by), f"{duty}: what is done is tested"
        assert done_by or missing.strip(), f"{duty}: neither done nor said to be missing"
        if seen_at:
            resolve(seen_at)
