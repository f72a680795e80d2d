"""Prepared statements: the SQL of what every turn asks is built once, because building it costs more than asking.

Django builds the SQL of a queryset anew each time, ten times as long as SQLite then needs to answer. Here a queryset
is built once for each kind of database, with sample values; where two samples give different parameters, the
caller's values go. What comes back is what the queryset itself would have given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row")
Reader = Callable[[tuple[Any, ...]], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """One statement for one kind of database: ``places`` says which parameter is which of the caller's values."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    read: Reader

    def filled(self, values: dict[str, Any]) -> list[Any]:
        params = list(self.params)
        for place, name in self.places:
            params[place] = _as_stored(values[name])
        return params


class Question(Generic[Row]):
    """A query with named values: ``Question(lambda id: Message.objects.filter(pk=id), id="")``, then ``all(id=…)``.

    Each named argument gives a sample of its type: text, a whole number, a date with time. None and lists (``IN``)
    are no values, and nothing is prefetched."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **samples: Any) -> None:
        self._build, self._samples = build, samples
        self._made: dict[str, _Made] = {}

    def all(self, **values: Any) -> list[Row]:
        """Every row, as the queryset gives it: objects, or tuples of a ``values_list``."""
        vendor = connection.vendor
        made = self._made.get(vendor)
        if made is None:
            made = self._made[vendor] = _made(self._build, self._samples, _asked, _reader)
        with connection.cursor() as cursor:
            cursor.execute(made.sql, made.filled(values))
            return [made.read(row) for row in cursor.fetchall()]

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. A query that may find many should be built with ``[:1]``."""
        rows = self.all(**values)
        return rows[0] if rows else None


class Change:
    """An update with named values, by a function that gives the queryset and what to set in it."""

    def __init__(self, build: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]], **samples: Any) -> None:
        self._build, self._samples = build, samples
        self._made: dict[str, _Made] = {}

    def make(self, **values: Any) -> int:
        """Make the change; returns how many rows it met."""
        vendor = connection.vendor
        made = self._made.get(vendor)
        if made is None:
            made = self._made[vendor] = _made(self._build, self._samples, _changed, lambda _: tuple)
        with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(made.sql, made.filled(values))
            return int(cursor.rowcount)


_inserts: dict[tuple[type[Model], str, bool], tuple[str, list[Any], bool]] = {}


def insert(row: Model, *, unless_there: bool = False) -> bool:
    """Store a new row, as ``save(force_insert=True)`` does, without signals.

    ``unless_there``: False comes back, and nothing was stored, when a unique constraint holds such a row already."""
    key = (type(row), connection.vendor, unless_there)
    if key not in _inserts:
        _inserts[key] = _insert_of(type(row), unless_there)
    sql, fields, numbered = _inserts[key]
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(sql, values)
        if unless_there and not cursor.rowcount:
            return False
        if numbered:
            row.pk = cursor.fetchone()[0] if connection.vendor == "postgresql" else cursor.lastrowid
    row._state.adding, row._state.db = False, connection.alias
    return True


def _insert_of(model: type[Model], unless_there: bool) -> tuple[str, list[Any], bool]:
    meta, quote = model._meta, connection.ops.quote_name
    numbered = bool(getattr(meta.auto_field, "primary_key", False))
    fields = [field for field in meta.concrete_fields if not (numbered and field is meta.auto_field)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    sql = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    if unless_there:
        sql += " ON CONFLICT DO NOTHING"
    if numbered and connection.vendor == "postgresql":
        sql += f" RETURNING {quote(str(meta.pk.column))}"
    return sql, fields, numbered


# --- making ------------------------------------------------------------------------------------


def _made(
    build: Callable[..., Any],
    samples: dict[str, Any],
    compile_: Callable[[Any], tuple[str, tuple[Any, ...], Any]],
    reader: Callable[[Any], Reader],
) -> _Made:
    """Build with samples, then with one of them changed at a time: the parameters that change are that value's."""
    sql, params, made_by = compile_(build(**samples))
    places = []
    for name, sample in samples.items():
        other_sql, other, _ = compile_(build(**{**samples, name: _another(sample)}))
        found = [place for place, (one, two) in enumerate(zip(params, other, strict=True)) if _bare(one) != _bare(two)]
        if other_sql != sql or not found:
            raise ValueError(f"the value {name!r} is no plain parameter of: {sql}")
        places += [(place, name) for place in found]
    return _Made(sql, params, tuple(places), reader(made_by))


def _asked(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...], Any]:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    return sql, tuple(params), (compiler, issubclass(queryset._iterable_class, ModelIterable))


def _changed(change: tuple[QuerySet[Any, Any], dict[str, Any]]) -> tuple[str, tuple[Any, ...], Any]:
    queryset, values = change
    query = queryset.query.chain(UpdateQuery)
    query.add_update_values(values)  # type: ignore[attr-defined]
    sql, params = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params), None


def _another(sample: Any) -> Any:
    """A value that differs from the sample and is of its type."""
    if isinstance(sample, datetime):
        return sample + timedelta(days=1)
    if isinstance(sample, str):
        return sample + "~"
    if isinstance(sample, (dict, list)):
        return ["another"]
    return sample + 1


def _bare(param: Any) -> Any:
    return getattr(param, "obj", param)  # PostgreSQL's JSON comes wrapped, and two wrappings are never equal


def _as_stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, (dict, list)):
        return connection.ops.adapt_json_value(value, None)
    return value


def _reader(made_by: tuple[Any, bool]) -> Reader:
    """What turns a row of the database into what the queryset would give."""
    compiler, of_objects = made_by
    select = compiler.select
    converters = list(compiler.get_converters([column[0] for column in select]).items())

    def converted(row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, (functions, expression) in converters:
            for convert in functions:
                values[place] = convert(values[place], expression, connection)
        return values

    if not of_objects:
        return lambda row: tuple(converted(row))
    model, own = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = own[0], own[-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    related = get_related_populators(compiler.klass_info, select, connection.alias)  # type: ignore[call-arg]

    def read(row: tuple[Any, ...]) -> Any:
        values = converted(row)
        found = model.from_db(connection.alias, names, values[start:end])
        for populator in related:
            populator.populate(values, found)
        return found

    return read
