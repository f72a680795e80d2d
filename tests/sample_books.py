"""The sample company for many tests: its pack is read once, its shop made once, and both are laid out as they were."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

_rows: list[tuple[str, str, list[tuple[Any, ...]]]] = []  # of each table of the shop: its name, columns, and rows
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
    from django.conf import settings

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
    for table, columns, rows in _rows:
        if rows:
            _lay_out(table, columns, rows)


def _lay_out(table: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # many times faster there than one INSERT a row
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


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
