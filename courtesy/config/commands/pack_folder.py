"""Which pack a command means."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from courtesy.config.trouble import Trouble
from courtesy.pack.reading import SHIPPED


def folder_of(named: str | None) -> Path:
    """The pack's folder: a path, else the name of a shipped pack, else the company's own."""
    if not named:
        folder = Path(settings.COURTESY_PACK)
    else:
        folder = Path(named) if Path(named).is_dir() or "/" in named else SHIPPED / named
    if not (folder / "company.yaml").is_file():
        raise Trouble(f"there is no pack in {folder}: it has no company.yaml. 'courtesy pack new' starts one.")
    return folder.resolve()
