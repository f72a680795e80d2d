"""The word index on PostgreSQL: a tsvector made of our own terms, and a GIN index on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection


class PostgreSQL:
    """Terms go in and are asked for as they are: no dictionary of the database has a say."""

    def make(self, shelf: str) -> list[str]:
        return [
            f"CREATE TABLE IF NOT EXISTS found_{shelf} (id bigint PRIMARY KEY, terms tsvector NOT NULL)",
            f"CREATE INDEX IF NOT EXISTS found_{shelf}_terms ON found_{shelf} USING gin (terms)",
        ]

    def put(self, shelf: str, number: int, terms: Iterable[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO found_{shelf} (id, terms) VALUES (%s, array_to_tsvector(%s::text[])) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms",
                [number, sorted(set(terms))],
            )

    def put_many(self, shelf: str, texts: Iterable[tuple[int, str]]) -> None:
        """New texts by the thousand: (number, terms parted by blanks)."""
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO found_{shelf} (id, terms) VALUES (%s, array_to_tsvector(%s::text[]))",  # noqa: S608
                [(number, sorted(set(words.split()))) for number, words in texts],
            )

    def take_out(self, shelf: str, number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM found_{shelf} WHERE id = %s", [number])  # noqa: S608

    def look(self, shelf: str, wanted: Sequence[Sequence[str]], before: int, most: int) -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT f.id, i.key FROM found_{shelf} f JOIN foundation_indexed i ON i.id = f.id "  # noqa: S608
                "WHERE f.terms @@ %s::tsquery AND f.id < %s ORDER BY f.id DESC LIMIT %s",
                [" & ".join(_any(group) for group in wanted), before, most],
            )
            return [(int(number), str(key)) for number, key in cursor.fetchall()]


def _any(group: Sequence[str]) -> str:
    return "(" + " | ".join(f"{_quoted(term[:-1])}:*" if term.endswith("*") else _quoted(term) for term in group) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
