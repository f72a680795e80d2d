"""A sample company's people and records, from the tables of its pack, so that everything can be tried at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from courtesy.commerce import generating
from courtesy.commerce.exchange.importing import import_books
from courtesy.connections.book.exchange import Taken, file_of, take
from courtesy.pack.model import Pack

TABLES = "records"  # the folder of sample records inside a pack's tables


def there_are(pack: Pack) -> bool:
    return any(name.startswith(f"{TABLES}/") for name in pack.tables)


def load(pack: Pack, at: datetime) -> list[Taken]:
    """Customers into the shop's book, records into the company's. Loading twice changes nothing on the same day."""
    folder = pack.folder / "tables" / TABLES
    if (folder / "customers.csv").is_file():
        import_books(folder)
    taken = []
    for kind in pack.book.in_order():
        rows = pack.tables.get(f"{TABLES}/{Path(file_of(kind)).stem}")
        if rows is not None:
            taken.append(
                take(pack.book, kind, list(enumerate(rows, 2)), at=at, today=at.date(), key=f"sample:{at.date()}")
            )
    return taken


def load_any(pack: Pack, at: datetime) -> None:
    """The pack's own sample, else the made shop."""
    if there_are(pack):
        load(pack, at)
    else:
        generating.load_sample(at)
