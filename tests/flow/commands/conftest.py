"""Runs the command line as a person does: in a process of its own, in an installation of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from chat_server import bring_learned, keep_learned

ROOT = Path(__file__).resolve().parents[3]
Ran = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that is not there yet; what one test leaves in it, the next finds."""
    return tmp_path_factory.mktemp("own") / "installation"


@pytest.fixture(scope="module")
def courtesy(installation: Path) -> Callable[..., Ran]:
    """Run a command: ``courtesy("journal", "verify", stdin="", COURTESY_PACK=…)``."""

    def run(*words: str, stdin: str | bytes = "", **settings: str) -> Ran:
        bare = {name: value for name, value in os.environ.items() if not name.startswith(("COURTESY_", "DJANGO_"))}
        own = {"COURTESY_DATA": str(installation), "PYTHONUTF8": "1", "COLUMNS": "160", **settings}
        folder = Path(own["COURTESY_DATA"])
        if words[:1] == ("talk",) and not folder.is_file():
            bring_learned(folder)
        done = subprocess.run(
            [sys.executable, "-m", "courtesy", *words],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=ROOT,
            env={**bare, **own},
            timeout=300,
            check=False,
        )
        if words[:1] == ("talk",) and "COURTESY_PACK" not in settings:
            keep_learned(folder)
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
