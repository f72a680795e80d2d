"""The sample company for many tests: its pack is read once, its shop made once, and both are laid out as they were."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

_rows: list[tuple[str, str, list[tuple[Any, ...]]]] = []  # of each table of the shop: its name, columns, and rows
_KEPT = "kept_sample"  # on SQLite: the file beside the database that holds the same rows
_editions: dict[str, Any] = {}  # the folder it was published into, and the pack as it was read


def publish(sample: Path, folder: Path, at: datetime) -> None:
    """Put the sample pack into force in ``folder``, published 400 days before ``at``."""
    from courtesy.pack import editions

    if not _editions:
        kept = folder.parent / f"{folder.name}-published"
        editions.publish(sample, kept, at - timedelta(days=400))
        editions.configure(sample, kept)
        _editions.update(folder=_kept_for_the_run(kept), pack=editions.in_force())
    shutil.copytree(_editions["folder"] / editions.FOLDER, folder / editions.FOLDER)
    editions.configure(sample, folder)
    editions._packs[_editions["pack"].edition] = _editions["pack"]


def _kept_for_the_run(folder: Path) -> Path:
    """pytest clears the folders of single tests away; this one stays with the state of the run."""
    kept = Path(settings.COURTESY_DATA) / "sample"
    shutil.copytree(folder, kept)
    return kept


def load_shop(at: datetime) -> None:
    """The sample shop as it stood at ``at``, always the same time: made by its generator once, then copied in."""
    from courtesy.commerce import generating

    if not _rows:
        generating.load_sample(at)
        _rows.extend(_table(model) for model in _tables())
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _beside(cursor)
        for table, columns, rows in _rows:
            if not rows:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {_KEPT}.{table}")
                continue
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:  # many times faster than one INSERT a row
                for row in rows:
                    copy.write_row(row)


def _beside(cursor: Any) -> None:
    """Open the file with the kept rows on this connection; it is written at the first need of the run."""
    cursor.execute("SELECT 1 FROM pragma_database_list WHERE name = %s", [_KEPT])
    if cursor.fetchone():
        return
    path = Path(settings.COURTESY_DATA) / f"{_KEPT}.sqlite3"
    if not path.exists():
        with contextlib.closing(sqlite3.connect(path)) as kept:
            for table, columns, rows in _rows:
                kept.execute(f"CREATE TABLE {table} ({columns})")
                if rows:
                    kept.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            kept.commit()
    cursor.execute(f"ATTACH DATABASE %s AS {_KEPT}", [str(path)])


def _tables() -> list[Any]:
    """Those that are referred to stand before those that refer to them."""
    order = ["Product", "Variant", "Stock", "Customer", "PaymentMeans", "BalanceEntry", "Order"]
    models = {model.__name__: model for model in apps.get_app_config("commerce").get_models()}
    return [models.pop(name) for name in order] + list(models.values())


def _table(model: Any) -> tuple[str, str, list[tuple[Any, ...]]]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.concrete_fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table}")
        return table, columns, cursor.fetchall()
