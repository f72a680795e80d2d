"""Reads the pages of law that are shipped, and says which rights and terms a country has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

from courtesy.pack.mistakes import Mistakes, PackError, suggest
from courtesy.pack.model import Place
from courtesy.pack.opening_hours import read_length
from courtesy.pack.pages.conditions import read_clauses, read_facts
from courtesy.pack.pages.forms import Form, Reader, Value, compose
from courtesy.pack.pages.policies import read_date
from courtesy.pack.vocabulary import ACTS
from courtesy.policy.rights.model import RIGHT_KINDS, TERM_KINDS, Case, Law, Reckoning, Right, Term

FOLDER = Path(__file__).resolve().parent / "law"

KEYS = ("law", "countries", "builds on", "note", "ordinary", "rights", "terms")
RIGHT_KEYS = (
    "right", "kind", "article", "in force from", "in force until", "protects", "when", "says", "examples",
)  # fmt: skip
TERM_KEYS = (
    "term", "kind", "article", "in force from", "in force until", "length", "counted from", "end moves",
    "saturdays count", "says", "examples",
)  # fmt: skip
UNITS = {"days": "days", "weeks": "weeks", "months": "months", "years": "years"}


@cache
def shipped(folder: Path = FOLDER) -> tuple[Law, ...]:
    """Every page of law. Raises PackError with all mistakes: a page that cannot be read is never left out silently."""
    mistakes = Mistakes()
    laws = [law for page in sorted(folder.glob("*.yaml")) if (law := _page(page, mistakes)) is not None]
    names = [law.name for law in laws]
    for law in laws:
        if law.builds_on and law.builds_on not in names:
            mistakes.error(law.place, f"there is no law '{law.builds_on}'", suggest(law.builds_on, names))
    if errors := mistakes.errors():
        raise PackError(errors)
    return tuple(laws)


@cache
def rights_of(country: str) -> tuple[Right, ...]:
    """The rights of customers in ``country`` (two letters); a right of the country's own page stands for one of the
    same name on the page it builds on. Empty when no page covers the country."""
    found: dict[str, Right] = {}
    for law in _pages_for(country):
        found |= {right.name: right for right in law.rights}
    return tuple(found.values())


@cache
def terms_of(country: str) -> tuple[Term, ...]:
    """The terms of ``country``, in the same way."""
    found: dict[str, Term] = {}
    for law in _pages_for(country):
        found |= {term.name: term for term in law.terms}
    return tuple(found.values())


def _pages_for(country: str) -> Iterator[Law]:
    """The most general page first."""
    laws = {law.name: law for law in shipped()}
    own = [law for law in laws.values() if country.upper() in law.countries]
    own.sort(key=lambda law: (law.builds_on is not None, law.name))
    yield from own


# --- one page -------------------------------------------------------------------------------------


def _page(page: Path, mistakes: Mistakes) -> Law | None:
    form = compose(page.read_text("utf-8"), f"law/{page.name}", mistakes)
    if form is None:
        return None
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a page of law")
    name = reader.text("law", needed=True)
    ordinary = read_facts(reader.sub_form("ordinary"), "", mistakes)
    return Law(
        name=name,
        countries=reader.texts("countries", needed=True),
        builds_on=reader.text("builds on") or None,
        note=reader.wording("note", "en"),
        rights=tuple(_right(one, name, ordinary) for one in _readers(reader, "rights", RIGHT_KEYS)),
        terms=tuple(_term(one, name) for one in _readers(reader, "terms", TERM_KEYS)),
        place=form.at("law"),
    )


def _readers(reader: Reader, key: str, known: Iterable[str]) -> Iterator[Reader]:
    for value in reader.listing(key):
        if not isinstance(value, Form):
            reader.mistakes.error(value.place, f"an entry of '{key}' must be a form", "")
            continue
        one = Reader(value, reader.mistakes)
        one.only(known, f"an entry of '{key}'")
        yield one


def _right(reader: Reader, law: str, ordinary: dict[str, object]) -> Right:
    when = reader.sub_form("when")
    acts = reader.scalars("protects", needed=True)
    for act in acts:
        if act.text not in ACTS:
            reader.mistakes.error(act.place, f"'{act.text}' is not an act", suggest(act.text, ACTS))
    return Right(
        name=reader.text("right", needed=True),
        kind=reader.choice("kind", RIGHT_KINDS, "withdrawal"),  # type: ignore[arg-type]
        article=reader.text("article", needed=True),
        law=law,
        in_force_from=_from(reader),
        in_force_until=read_date(reader, "in force until"),
        protects=tuple(act.text for act in acts),
        when=read_clauses(when, "", reader.mistakes) if when else (),
        says=reader.wording("says", "en"),
        ordinary=ordinary,
        examples=tuple(_case(value, reader.mistakes) for value in reader.listing("examples", needed=True)),
        place=reader.form.at("right"),
    )


def _from(reader: Reader) -> date:
    """The day a rule took force; the law does not rule without one."""
    if found := read_date(reader, "in force from"):
        return found
    reader.mistakes.error(reader.form.place, "'in force from' is missing", "Add the day the article took force.")
    return date.max


def _case(value: Value, mistakes: Mistakes) -> Case:
    if not isinstance(value, Form):
        mistakes.error(value.place, "an example must be a form", "Write '- {given: {…}, granted: yes}'.")
        return Case({}, False, value.place)
    reader = Reader(value, mistakes)
    reader.only(("given", "granted"), "an example of a right")
    return Case(read_facts(reader.sub_form("given"), "", mistakes), reader.yes("granted"), value.place)


def _term(reader: Reader, law: str) -> Term:
    length, unit = _length(reader)
    return Term(
        name=reader.text("term", needed=True),
        kind=reader.choice("kind", TERM_KINDS, "answer"),  # type: ignore[arg-type]
        article=reader.text("article", needed=True),
        law=law,
        in_force_from=_from(reader),
        in_force_until=read_date(reader, "in force until"),
        length=length,
        unit=unit,  # type: ignore[arg-type]
        counted_from=reader.text("counted from", needed=True),
        moves=reader.yes("end moves"),
        saturdays_work=reader.yes("saturdays count"),
        says=reader.wording("says", "en"),
        examples=tuple(_reckoning(one) for one in _readers(reader, "examples", ("from", "ends"))),
        place=reader.form.at("term"),
    )


def _length(reader: Reader) -> tuple[int, str]:
    written = reader.text("length", needed=True)
    try:
        length = read_length(written.replace("working", "business"))
    except ValueError as error:
        reader.mistakes.error(reader.form.at("length"), str(error), "Write '14 days' or '3 working days'.")
        return 0, "days"
    if length.unit not in UNITS:
        reader.mistakes.error(reader.form.at("length"), "a term is counted in days or longer", "")
        return 0, "days"
    return int(length.amount), "working days" if length.business else length.unit


def _reckoning(reader: Reader) -> Reckoning:
    place: Place = reader.form.place
    start, ends = read_date(reader, "from"), read_date(reader, "ends")
    if start is None or ends is None:
        reader.mistakes.error(place, "an example of a term needs 'from' and 'ends'", "Write both as dates.")
        return Reckoning(date.min, date.min, place)
    return Reckoning(start, ends, place)
