"""The tree as it is handed on: no machine's paths, no registry's addresses, and every file that is named exists."""

from __future__ import annotations

import hashlib
import re
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
LAST_TEXT = 2_000_000  # bytes; a file beyond it is no text of ours
# Written in halves, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:ro" r"ot|wo" r"rk|ho" r"me/[a-z]+|Us" r"ers/[a-z]+)/")
UNFINISHED = re.compile("|".join((r"\bTO" r"DO\b", r"\bFIX" r"ME\b")))
STATIC = re.compile(r"""\{%\s*static\s+['"]([^'"]+)['"]""")
INCLUDED = re.compile(r"""\{%\s*(?:include|extends)\s+['"]([^'"]+)['"]""")
RENDERED = re.compile(r"""['"]([a-z_]+/[a-z_/]+\.html)['"]""")  # in code, a name like this is a template's


def tracked() -> list[Path]:
    """Every file that is part of the project, whether committed already or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if len(content) < LAST_TEXT and b"\0" not in content:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", errors="replace")
    return found


def templates() -> list[Path]:
    return sorted(ROOT.glob("courtesy/*/templates/**/*.html"))


def template_name(path: Path) -> str:
    return path.relative_to(next(parent for parent in path.parents if parent.name == "templates")).as_posix()


@pytest.mark.parametrize("unwanted", [MACHINE_PATHS, UNFINISHED], ids=["a machine's path", "a note to finish it"])
def test_no_file_holds(unwanted: re.Pattern[str]) -> None:
    found = texts()
    lines = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in found.items()
        if not name.startswith(("requirements/", "bench/results/")) and "/vendor/" not in name
        for number, line in enumerate(text.splitlines(), 1)
        if unwanted.search(line)
    ]
    assert len(found) > 300
    assert lines == []


@pytest.mark.parametrize("name", ["core.txt", "postgres.txt", "redis.txt", "dev.txt"])
def test_a_lock_file_pins_everything_by_hash_and_names_no_host(name: str) -> None:
    written = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in written
    assert not re.search(r"^\s*(?:-i|--index|--extra-index|--find-links|--trusted-host)", written, re.MULTILINE)
    pinned = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._\[\],-]*)==([^ ;\\]+)(?s:.*?)(?=^\S|\Z)", written, re.MULTILINE)
    entries = re.split(r"^(?=[A-Za-z0-9])", written, flags=re.MULTILINE)[1:]
    assert len(pinned) == len(entries) > 20
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_that_is_named_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements" / "core.txt").read_text(encoding="utf-8")
    names = [re.split(r"[\[~><=!; ]", written)[0] for written in project["dependencies"]]
    assert len(names) > 10
    pinned = {line.split("==")[0].partition("[")[0].lower() for line in locked.splitlines() if "==" in line}
    assert [name for name in names if name.lower() not in pinned] == []


def test_the_licence_and_what_is_carried_along_are_there() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    carried = re.findall(r"courtesy/\S+", notice)
    assert len(carried) >= 2
    assert [name for name in carried if not (ROOT / name).exists()] == []
    assert (ROOT / "courtesy/commerce/fonts/OFL.txt").is_file()


def test_vendored_files_are_those_that_were_taken_in() -> None:
    folder = ROOT / "courtesy/desk/static/desk/vendor"
    kept = tomllib.loads((folder / "VENDORED.toml").read_text(encoding="utf-8"))["file"]
    assert kept
    for one in kept:
        assert hashlib.sha256((folder / one["path"]).read_bytes()).hexdigest() == one["sha256"], one["path"]
        assert (folder / one["path"]).with_name("LICENSE").is_file()


@pytest.mark.parametrize(
    "name",
    ["bin/serve", "bin/setup", "bin/test", ".ci/run", "tools/lock", "tools/test-services", "tools/write-reference"],
)
def test_a_script_can_be_run_and_is_plain_shell(name: str) -> None:
    path = ROOT / name
    assert path.stat().st_mode & stat.S_IXUSR
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.parametrize("path", templates(), ids=template_name)
def test_a_template_compiles(path: Path) -> None:
    get_template(template_name(path))


def test_every_template_that_code_renders_or_a_template_takes_in_exists() -> None:
    wanted = {
        name for path in ROOT.glob("courtesy/**/*.py") for name in RENDERED.findall(path.read_text(encoding="utf-8"))
    } | {name for path in templates() for name in INCLUDED.findall(path.read_text(encoding="utf-8"))}
    known = {template_name(path) for path in templates()}
    own = {name for name in wanted if not name.startswith("django/")}
    assert len(own) >= 4
    assert own - known == set()
    assert engines["django"] is not None


def test_every_static_file_that_a_template_names_exists() -> None:
    wanted = {name for path in templates() for name in STATIC.findall(path.read_text(encoding="utf-8"))}
    assert wanted
    assert {name for name in wanted if finders.find(name) is None} == set()


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
