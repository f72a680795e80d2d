"""The one door to the word index: put a text on a shelf, take it off, look for terms.

A shelf holds keys (the id of a message, of a customer) with the terms they are found by. Terms are made by the caller
(``language.search_terms``); both kinds of database keep them as they come, so both find the same. All of it is part of
the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from courtesy.foundation.models import Indexed
from courtesy.foundation.prepared import Question, insert
from courtesy.foundation.search import postgresql, sqlite

MESSAGES, PEOPLE = "messages", "people"
SHELVES = (MESSAGES, PEOPLE)
NEWEST = 2**62

Wanted = Sequence[Sequence[str]]
"""All of these, each by any of its alternatives; an alternative that ends in ``*`` stands for every beginning."""


class Keeper(Protocol):
    """What a kind of database does for the index."""

    def make(self, shelf: str) -> list[str]: ...
    def put(self, shelf: str, number: int, terms: Iterable[str]) -> None: ...
    def put_many(self, shelf: str, texts: Iterable[tuple[int, str]]) -> None: ...
    def take_out(self, shelf: str, number: int) -> None: ...
    def look(self, shelf: str, wanted: Wanted, before: int, most: int) -> list[tuple[int, str]]: ...


@dataclass(frozen=True, slots=True)
class Hit:
    number: int  # grows with every text that is put on a shelf: newest first, and the cursor
    key: str


_known = Question[Indexed](lambda shelf, key: Indexed.objects.filter(shelf=shelf, key=key)[:1], shelf="", key="")


def keeper(vendor: str = "") -> Keeper:
    return postgresql.PostgreSQL() if (vendor or connection.vendor) == "postgresql" else sqlite.SQLite()


def make_shelves(vendor: str, execute: Callable[[str], object]) -> None:
    """Make the tables; once, when the database is made."""
    for shelf in SHELVES:
        for statement in keeper(vendor).make(shelf):
            execute(statement)


def put(shelf: str, key: str, terms: Iterable[str], *, new: bool = False) -> None:
    """Let the key be found by these terms, and no longer by those it had. ``new``: it was never put there before."""
    row = None if new else _known.first(shelf=shelf, key=key)
    if row is None:
        row = Indexed(shelf=shelf, key=key)
        insert(row)
    keeper().put(shelf, row.pk, terms)


def take_out(shelf: str, key: str) -> None:
    row = _known.first(shelf=shelf, key=key)
    if row is not None:
        keeper().take_out(shelf, row.pk)
        Indexed.objects.filter(pk=row.pk).delete()


def look(shelf: str, wanted: Wanted, *, before: int = NEWEST, most: int = 50) -> list[Hit]:
    """What holds all of this, newest first, from the cursor on; nothing when nothing is wanted."""
    if not wanted:
        return []
    return [Hit(number, key) for number, key in keeper().look(shelf, wanted, before, most)]
