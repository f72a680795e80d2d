"""A company whose pack may be written: the sample pack, copied, with few rehearsals, in force in a state of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from courtesy.pack import editions

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("where-is-my-order-en.yaml", "a-person-please-en.yaml")


@pytest.fixture
def book(tmp_path: Path, settings: Any, at: Any, db: None) -> Any:
    """The folder of the company's own pack; nothing of what is taught here reaches another test."""
    folder = tmp_path / "packs" / "tarnfell"
    shutil.copytree(ROOT / "packs" / "tarnfell", folder)
    for page in (folder / "rehearsals").iterdir():
        if page.name not in KEPT:
            page.unlink()
    settings.COURTESY_PACK, settings.COURTESY_DATA = folder, tmp_path / "state"
    settings.COURTESY_DATA.mkdir()
    settings.COURTESY_ENCODER = "none"
    editions.configure(folder, settings.COURTESY_DATA)
    editions.publish(folder, settings.COURTESY_DATA, at)
    yield folder
    editions.configure(ROOT / "packs" / "tarnfell")
