"""Tables: CSV pages whose cells all stay text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from types import MappingProxyType

from courtesy.pack.mistakes import Mistakes
from courtesy.pack.model import Place


def read_table(written: str, file: str, mistakes: Mistakes) -> tuple[Mapping[str, str], ...]:
    """Rows by column name. A row with too many or too few cells is a mistake with its line."""
    reader = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Mapping[str, str]] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        if not header or not all(header):
            mistakes.error(
                Place(file, 1), "the first line must name every column", "Write for example 'country,amount'."
            )
            return ()
        if len(set(header)) != len(header):
            mistakes.error(Place(file, 1), "two columns have the same name", "Rename one of them.")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                problem = f"the row has {len(cells)} cells, the header has {len(header)}"
                mistakes.error(
                    Place(file, reader.line_num), problem, "Put cells that contain commas into quotation marks."
                )
                continue
            rows.append(MappingProxyType(dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    except csv.Error as error:
        mistakes.error(Place(file, reader.line_num), f"this is not readable CSV: {error}", "Check quotation marks.")
    return tuple(rows)
