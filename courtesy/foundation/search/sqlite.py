"""The word index on SQLite: FTS5, one table a shelf, terms parted by blanks, without places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection


class SQLite:
    """The tokenizer "ascii" takes every character beyond ASCII as part of a word: terms stay as they were put."""

    def make(self, shelf: str) -> list[str]:
        return [
            f"CREATE VIRTUAL TABLE IF NOT EXISTS found_{shelf} USING fts5(terms, detail=none, columnsize=0, "
            "tokenize=\"ascii tokenchars '~_'\")"
        ]

    def put(self, shelf: str, number: int, terms: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            sql = f"INSERT OR REPLACE INTO found_{shelf} (rowid, terms) VALUES (%s, %s)"  # noqa: S608
            cursor.execute(sql, [number, " ".join(terms)])

    def put_many(self, shelf: str, texts: Iterable[tuple[int, str]]) -> None:
        """New texts by the thousand: (number, terms parted by blanks)."""
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO found_{shelf} (rowid, terms) VALUES (%s, %s)", list(texts))  # noqa: S608

    def take_out(self, shelf: str, number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM found_{shelf} WHERE rowid = %s", [number])  # noqa: S608

    def look(self, shelf: str, wanted: Sequence[Sequence[str]], before: int, most: int) -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT f.rowid, i.key FROM found_{shelf} f CROSS JOIN foundation_indexed i ON i.id = f.rowid "  # noqa: S608
                f"WHERE found_{shelf} MATCH %s AND f.rowid < %s ORDER BY f.rowid DESC LIMIT %s",
                [" AND ".join(_any(group) for group in wanted), before, most],
            )
            return [(int(number), str(key)) for number, key in cursor.fetchall()]


def _any(group: Sequence[str]) -> str:
    return "(" + " OR ".join(f'"{term[:-1]}"*' if term.endswith("*") else f'"{term}"' for term in group) + ")"
