"""Complaint pages: clocks with their law, categories, and who decides when the customer is not content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from courtesy.pack.matters import Category, ClockRule, ComplaintRules, EndsWith, Recourse
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.opening_hours import read_length
from courtesy.pack.pages.forms import Form, Reader
from courtesy.pack.pages.policies import read_date

KEYS = (
    "complaints", "owner", "team", "categories", "clocks", "recourse", "follow up after", "reopened within",
    "alternatives",
)  # fmt: skip
CLOCK_KEYS = (
    "name", "within", "until", "countries", "categories", "article", "source", "warn before", "extended to",
    "pauses for", "in force from", "in force until",
)  # fmt: skip
CATEGORY_KEYS = ("name", "title", "words", "severity", "team")
RECOURSE_KEYS = ("name", "how", "url", "countries", "categories")
ENDS = ("acknowledged", "answered", "closed")
SEVERITIES = ("low", "medium", "high")

Made = TypeVar("Made")


def read_complaints(form: Form, default_language: str, mistakes: Mistakes) -> ComplaintRules | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a page of complaints")
    name = reader.text("complaints", needed=True)
    if not name:
        return None
    return ComplaintRules(
        name=name,
        owner=reader.text("owner"),
        team=reader.text("team"),
        categories=entries(reader, "categories", CATEGORY_KEYS, lambda one: _category(one, default_language)),
        clocks=entries(reader, "clocks", CLOCK_KEYS, _clock),
        recourse=entries(reader, "recourse", RECOURSE_KEYS, lambda one: _recourse(one, default_language)),
        follow_up_after=length(reader, "follow up after"),
        reopened_within=length(reader, "reopened within"),
        alternatives=_number(reader, "alternatives"),
        place=form.at("complaints"),
    )


def entries(
    reader: Reader, key: str, known: tuple[str, ...], make: Callable[[Reader], Made | None]
) -> tuple[Made, ...]:
    """The forms of a list, each made into a value; what is not a form is noted."""

    def made() -> Iterator[Made]:
        for value in reader.listing(key):
            if not isinstance(value, Form):
                reader.mistakes.error(
                    value.place, f"an entry of '{key}' must be a form", f"Write '- {{{known[0]}: …}}'."
                )
                continue
            entry = Reader(value, reader.mistakes)
            entry.only(known, f"'{key}'")
            one = make(entry)
            if one is not None:
                yield one

    return tuple(made())


def length(reader: Reader, key: str, *, needed: bool = False) -> str:
    """A length of time as written, "" when there is none or it cannot be read."""
    written = reader.text(key, needed=needed)
    if not written:
        return ""
    try:
        read_length(written)
    except ValueError as error:
        reader.mistakes.error(reader.form.at(key), str(error), "Write for example '15 business days' or '8 weeks'.")
        return ""
    return written


def words_of(reader: Reader, key: str) -> dict[str, tuple[str, ...]]:
    """Language → texts."""
    form = reader.sub_form(key)
    if form is None:
        return {}
    inner = Reader(form, reader.mistakes)
    return {language: inner.texts(language) for language in form}


def _clock(reader: Reader) -> ClockRule | None:
    name, within = reader.text("name", needed=True), length(reader, "within", needed=True)
    ends = reader.choice("until", ENDS, "answered")
    if not name or not within:
        return None
    return ClockRule(
        name=name,
        within=within,
        ends_with=cast(EndsWith, ends),
        countries=_countries(reader),
        categories=reader.texts("categories"),
        article=reader.text("article"),
        source=reader.text("source"),
        warn_before=length(reader, "warn before"),
        extended_to=length(reader, "extended to"),
        pauses_for=reader.texts("pauses for"),
        in_force_from=read_date(reader, "in force from"),
        in_force_until=read_date(reader, "in force until"),
        place=reader.form.at("name"),
    )


def _category(reader: Reader, default_language: str) -> Category | None:
    name = reader.text("name", needed=True)
    severity = reader.choice("severity", SEVERITIES, "medium")
    if not name:
        return None
    return Category(
        name=name,
        title=reader.wording("title", default_language),
        words=words_of(reader, "words"),
        severity="low" if severity == "low" else "high" if severity == "high" else "medium",
        team=reader.text("team"),
        place=reader.form.at("name"),
    )


def _recourse(reader: Reader, default_language: str) -> Recourse | None:
    name = reader.text("name", needed=True)
    if not name:
        return None
    return Recourse(
        name=name,
        how=reader.wording("how", default_language),
        url=reader.text("url"),
        countries=_countries(reader),
        categories=reader.texts("categories"),
        place=reader.form.at("name"),
    )


def _countries(reader: Reader) -> tuple[str, ...]:
    countries = reader.scalars("countries")
    for country in countries:
        if len(country.text) != 2 or not country.text.isalpha():
            reader.mistakes.error(
                country.place, f"'{country.text}' is not a country code", "Write two letters, for example ES."
            )
    return tuple(country.text.upper() for country in countries)


def _number(reader: Reader, key: str) -> int:
    written = reader.text(key, "0")
    if not written.isdigit() or int(written) > 5:
        reader.mistakes.error(
            reader.form.at(key), f"'{key}' must be a number from 0 to 5, not '{written}'", suggest(written, ["1"])
        )
        return 0
    return int(written)
