"""Authority pages: what each grade, and the automatic representative, may decide alone."""

from __future__ import annotations

from collections.abc import Mapping

from courtesy.foundation.money import Money
from courtesy.pack.authority import AUTOMATIC, Authority, Limits
from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.opening_hours import read_length
from courtesy.pack.pages.forms import Form, Reader, Scalar, Value
from courtesy.pack.pages.policies import read_date
from courtesy.pack.place import Place
from courtesy.pack.vocabulary import GRADES

KEYS = (
    "authority", "owner", "in force from", "in force until", "acts", "because", "limits", "undo within",
)  # fmt: skip
HOLDERS = (AUTOMATIC, *GRADES)
AMOUNTS = ("each", "per customer a day", "a day")
COUNTS = ("times per customer a day", "times a day")
LIMIT_KEYS = (*AMOUNTS, *COUNTS)
NOTHING, NO_LIMIT = "nothing", "no limit"


def read_authority(form: Form, currency: str, default_language: str, mistakes: Mistakes) -> Authority | None:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "a page of authority")
    name = reader.text("authority", needed=True)
    if not name:
        return None
    undo = reader.sub_form("undo within")
    return Authority(
        name=name,
        owner=reader.text("owner"),
        in_force_from=read_date(reader, "in force from"),
        in_force_until=read_date(reader, "in force until"),
        acts=reader.texts("acts", needed=True),
        because=reader.wording("because", default_language),
        limits=_limits(reader, currency),
        place=form.at("authority"),
        undo_within=_lengths(undo, mistakes),
        undo_places={act: undo.at(act) for act in undo} if undo is not None else {},
    )


def _limits(reader: Reader, currency: str) -> dict[str, Limits]:
    form = reader.sub_form("limits")
    if form is None:
        if "limits" not in reader.form:
            reader.mistakes.error(reader.form.place, "'limits' is missing", "Add 'limits:' with a line for each grade.")
        return {}
    found: dict[str, Limits] = {}
    for holder in form:
        if holder not in HOLDERS:
            reader.mistakes.error(form.at(holder), f"'{holder}' is not a grade", suggest(holder, HOLDERS))
            continue
        value = form.get(holder)
        if value is not None:
            found[holder] = _one(value, form.at(holder), currency, reader.mistakes)
    return found


def _one(value: Value, place: Place, currency: str, mistakes: Mistakes) -> Limits:
    """The limits of one line; what cannot be read permits nothing."""
    if isinstance(value, Scalar) and value.text == NO_LIMIT:
        return Limits(place)
    if isinstance(value, Scalar) and value.text == NOTHING:
        return Limits(place, may=False)
    if not isinstance(value, Form) or not tuple(value):
        mistakes.error(
            place, "a grade's limits must be a form", f"Write '{{each: 50 {currency}}}', '{NOTHING}' or '{NO_LIMIT}'."
        )
        return Limits(place, may=False)
    reader = Reader(value, mistakes)
    reader.only(LIMIT_KEYS, "a grade's limits")
    before = len(mistakes.errors())
    money = {key: _amount(reader, key, currency) for key in AMOUNTS}
    counts = {key: _count(reader, key) for key in COUNTS}
    return Limits(
        place=place,
        may=len(mistakes.errors()) == before,
        each=money["each"],
        customer_day=money["per customer a day"],
        day=money["a day"],
        customer_times=counts["times per customer a day"],
        times=counts["times a day"],
    )


def _amount(reader: Reader, key: str, currency: str) -> Money | None:
    written = reader.text(key)
    if not written:
        return None
    try:
        amount = Money.parse(written)
    except ValueError as error:
        reader.mistakes.error(reader.form.at(key), str(error), f"Write for example '{key}: 50 {currency}'.")
        return None
    if amount.amount < 0:
        reader.mistakes.error(reader.form.at(key), f"'{key}' is below zero", f"Write 0 {amount.currency} or more.")
    return amount


def _count(reader: Reader, key: str) -> int | None:
    written = reader.text(key)
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= 6):
        reader.mistakes.error(
            reader.form.at(key), f"'{key}' must be a whole number, not '{written}'", f"Write for example '{key}: 3'."
        )
        return None
    return int(written)


def _lengths(form: Form | None, mistakes: Mistakes) -> Mapping[str, str]:
    if form is None:
        return {}
    reader, found = Reader(form, mistakes), {}
    for act in form:
        written = reader.text(act, needed=True)
        try:
            read_length(written)
        except ValueError as error:
            mistakes.error(form.at(act), str(error), "Write for example '30 minutes' or '2 business hours'.")
            continue
        found[act] = written
    return found
