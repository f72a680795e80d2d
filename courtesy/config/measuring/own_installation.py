"""An installation of a measure's own, in this process: a fresh SQLite database in a folder that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from courtesy.config import starting
from courtesy.pack import editions


@contextmanager
def own_installation(folder: Path, pack: Path | None = None) -> Iterator[None]:
    """A database and data folder of this run's own, whatever the settings name; ``pack``: another company's book."""
    default = connections.databases["default"]
    before, data = dict(default), settings.COURTESY_DATA
    connections.close_all()
    sqlite = "sqlite" in default["ENGINE"]
    default.update({"ENGINE": "courtesy.foundation.sqlite", "NAME": str(folder / "courtesy.sqlite3")})
    if not sqlite:
        default["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;",
        }
    _forget_connection()
    settings.COURTESY_DATA = folder
    try:
        starting.make_folders(folder)
        starting.make_database(lambda _: None)
        editions.configure(pack or settings.COURTESY_PACK, folder)
        yield
    finally:
        connections.close_all()
        default.clear()
        default.update(before)
        _forget_connection()
        settings.COURTESY_DATA = data
        editions.configure(settings.COURTESY_PACK, data)


def _forget_connection() -> None:
    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        del connections["default"]
