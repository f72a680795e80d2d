"""Reading CSV files row by row: each good row as values, each bad one as file, line and reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courtesy.commerce.exchange.columns import FILES, STOCK, Column, count

LONGEST_CELL = 2000


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not taken."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    file: str
    line: int
    values: dict[str, Any]
    stock: dict[str, int] = field(default_factory=dict)

    def problem(self, reason: str) -> Problem:
        return Problem(self.file, self.line, reason)


def rows_of(folder: Path, file: str) -> Iterator[Row | Problem]:
    """The rows of one file in order. A file that is not there has none."""
    path = folder / file
    if not path.is_file():
        return
    columns = {column.name: column for column in FILES[file]}
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            header = next(reader, None)
            wrong = _wrong_header(header, columns, file)
            if header is None or wrong:
                yield Problem(file, 1, wrong)
                return
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield _row(file, reader.line_num, header, cells, columns)
    except UnicodeDecodeError:
        yield Problem(file, 1, "the file is not UTF-8; save it as CSV UTF-8")
    except csv.Error as error:
        yield Problem(file, reader.line_num, f"the row cannot be read: {error}")


def _wrong_header(header: list[str] | None, columns: dict[str, Column], file: str) -> str:
    if not header:
        return "the file is empty; its first line names the columns"
    missing = [column.name for column in columns.values() if column.required and column.name not in header]
    if missing:
        return f"the column {missing[0]!r} is missing"
    may_have_stock = file == "variants.csv"
    unknown = [name for name in header if name not in columns and not (may_have_stock and name.startswith(STOCK))]
    if unknown:
        return f"there is no column {unknown[0]!r}; there are: {', '.join(columns)}"
    twice = [name for name in header if header.count(name) > 1]
    return f"the column {twice[0]!r} is there twice" if twice else ""


def _row(file: str, line: int, header: list[str], cells: list[str], columns: dict[str, Column]) -> Row | Problem:
    if len(cells) != len(header):
        return Problem(file, line, f"the row has {len(cells)} cells, the header {len(header)}")
    written = dict(zip(header, (cell.strip() for cell in cells), strict=True))
    if any(len(cell) > LONGEST_CELL for cell in written.values()):
        return Problem(file, line, f"a cell is longer than {LONGEST_CELL} characters")
    values: dict[str, Any] = {}
    stock: dict[str, int] = {}
    for name, column in columns.items():
        cell = written.get(name, "")
        try:
            if not cell and column.required:
                raise ValueError("is empty")
            values[name] = column.read(cell) if cell else column.default
        except ValueError as error:
            return Problem(file, line, f"{name}: {error}")
    for name, cell in written.items():
        if name.startswith(STOCK) and cell:
            try:
                stock[name.removeprefix(STOCK)] = count(cell)
            except ValueError as error:
                return Problem(file, line, f"{name}: {error}")
    return Row(file, line, values, stock)
