"""The company page: who we are, when we are open, in which languages and money we work."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import holidays as public_holidays

from courtesy.pack.mistakes import Mistakes, suggest
from courtesy.pack.model import Company, DeliveryNotices, Hours, Place, Text
from courtesy.pack.pages.forms import Form, Listing, Reader, Scalar, Value
from courtesy.pack.vocabulary.delivery import DELIVERY_TROUBLES

KEYS = (
    "name", "builds on", "base", "about", "country", "time zone", "languages", "currency", "hours", "holidays", "teams",
    "order numbers", "response times", "contact", "colours", "representative", "mail address", "identity",
    "departments", "questions to", "other languages", "delivery notices", "wrap-up codes", "wrap-up needed",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
YEARS = range(2020, 2046)  # for which public holidays are worked out

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}|[a-z]{3,30}|(rgb|hsl|oklch)\([0-9., %/]{1,60}\)")


def overlay(forms: Iterable[Form]) -> Form | None:
    """The company page over those of its base packs: later forms win, key by key."""
    entries: dict[str, Value] = {}
    places: dict[str, Place] = {}
    place: Place | None = None
    for form in forms:
        inherited = ("base", "builds on")  # say something about one pack, not about those built on it
        entries = {key: value for key, value in entries.items() if key not in inherited} | dict(form.entries)
        places |= form.places
        place = form.place
    return Form(entries, places, place) if place else None


def read_company(form: Form, mistakes: Mistakes) -> Company:
    reader = Reader(form, mistakes)
    reader.only(KEYS, "company.yaml")
    needed = not reader.yes("base")  # a base pack leaves to the company what only the company can know
    languages = _languages(reader, needed=needed)
    country = reader.text("country", needed=needed).upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        mistakes.error(form.at("country"), f"'{country}' is not a country code", "Write two letters, for example ES.")
    return Company(
        name=reader.text("name", "Unnamed", needed=True),
        about=reader.wording("about", languages[0]),
        country=country,
        time_zone=_time_zone(reader, needed=needed),
        languages=languages,
        currency=_currency(reader, needed=needed),
        hours=_hours(reader, mistakes, needed=needed),
        holidays=_holidays(reader, country, mistakes),
        teams=reader.texts("teams", needed=needed) or ("Customer service",),
        order_number_pattern=_order_numbers(reader),
        response_times=_response_times(reader, mistakes),
        contact=reader.mapping("contact"),
        colours=_colours(reader, mistakes),
        representative_name=reader.text("representative", "Robin"),
        mail_address=reader.text("mail address", needed=needed),
        identity=reader.mapping("identity"),
        departments=reader.mapping("departments"),
        other_languages=reader.mapping("other languages"),
        questions_to=reader.text("questions to"),
        delivery_notices=_delivery_notices(reader, mistakes),
        wrap_up_codes=_wrap_up_codes(reader, mistakes, languages[0]),
        wrap_up_needed=reader.yes("wrap-up needed"),
    )


def _wrap_up_codes(reader: Reader, mistakes: Mistakes, language: str) -> dict[str, Text]:
    written = reader.form.entries.get("wrap-up codes")
    if written is None:
        return {}
    if not isinstance(written, Form):
        mistakes.error(
            reader.form.at("wrap-up codes"),
            "'wrap-up codes' is no list of names",
            "Write for example 'solved: Solved'.",
        )
        return {}
    codes = Reader(written, mistakes)
    return {code: codes.wording(code, language) for code in written.entries}


def _languages(reader: Reader, *, needed: bool) -> tuple[str, ...]:
    languages = reader.scalars("languages", needed=needed)
    for language in languages:
        if not _LANGUAGE.fullmatch(language.text):
            reader.mistakes.error(
                language.place, f"'{language.text}' is not a language code", "Write for example en, es, zh."
            )
    return tuple(dict.fromkeys(language.text for language in languages)) or ("en",)


def _time_zone(reader: Reader, *, needed: bool) -> str:
    name = reader.text("time zone", "UTC", needed=needed)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        reader.mistakes.error(
            reader.form.at("time zone"), f"'{name}' is not a time zone", "Write for example Europe/Madrid."
        )
        return "UTC"
    return name


def _currency(reader: Reader, *, needed: bool) -> str:
    currency = reader.text("currency", "EUR", needed=needed)
    if not re.fullmatch(r"[A-Z]{3}", currency):
        reader.mistakes.error(
            reader.form.at("currency"),
            f"'{currency}' is not a currency",
            "Write three capital letters, for example EUR.",
        )
        return "EUR"
    return currency


def _order_numbers(reader: Reader) -> str:
    pattern = reader.text("order numbers", "######")
    if pattern.count("#") < 3:
        reader.mistakes.error(
            reader.form.at("order numbers"),
            f"'{pattern}' has fewer than three digits",
            'Write # for a digit and @ for a letter: "TF-#####".',
        )
    return pattern


def _colours(reader: Reader, mistakes: Mistakes) -> dict[str, str]:
    colours = reader.mapping("colours")
    form = reader.sub_form("colours")
    for name, colour in tuple(colours.items()):
        if form is not None and not _COLOUR.fullmatch(colour):
            mistakes.error(form.at(name), f"'{colour}' is not a colour", 'Write it in quotation marks: "#1f6f54".')
            del colours[name]
    return colours


def _hours(reader: Reader, mistakes: Mistakes, *, needed: bool) -> tuple[Hours, ...]:
    form = reader.sub_form("hours")
    if form is None:
        if needed:
            mistakes.error(reader.form.place, "'hours' is missing", "Add 'hours: {monday to friday: 09:00-18:00}'.")
        return ()
    spans: dict[int, tuple[tuple[time, time], ...]] = {}
    days_reader = Reader(form, mistakes)
    for key in form:
        first, _, last = key.casefold().partition(" to ")
        if first not in WEEKDAYS or (last and last not in WEEKDAYS):
            mistakes.error(form.at(key), f"'{key}' is not a weekday", suggest(key, WEEKDAYS))
            continue
        opened = _spans(days_reader.text(key), form.at(key), mistakes)
        start = WEEKDAYS.index(first)
        for day in range(start, WEEKDAYS.index(last or first) + 1):
            spans[day] = opened
    return tuple(Hours(day, spans.get(day, ())) for day in range(7))


def _spans(written: str, place: Place, mistakes: Mistakes) -> tuple[tuple[time, time], ...]:
    if written.casefold() in ("closed", ""):
        return ()
    spans: list[tuple[time, time]] = []
    for part in written.split(","):
        found = _SPAN.fullmatch(part.strip())
        try:
            if not found:
                raise ValueError
            start = time(int(found[1]), int(found[2]))
            end = time(int(found[3]) % 24, int(found[4]))  # 24:00 is kept as 00:00: the end of the day
        except ValueError:
            mistakes.error(place, f"'{part.strip()}' is not a span of hours", "Write 09:00-18:00, or closed.")
            continue
        if (end <= start and end != time(0)) or (spans and (spans[-1][1] == time(0) or start < spans[-1][1])):
            mistakes.error(
                place,
                f"'{part.strip()}' ends before it begins or overlaps another span",
                "Write spans in order, each within one day.",
            )
            continue
        spans.append((start, end))
    return tuple(spans)


def _holidays(reader: Reader, country: str, mistakes: Mistakes) -> tuple[date, ...]:
    """A list of dates, or ``{public: yes, region: PV, dates: [...]}``; "public" asks for the country's own."""
    days: set[date] = set()
    public, region = False, ""
    value = reader.form.get("holidays")
    items: list[Value] = list(value.items) if isinstance(value, Listing) else [value] if value is not None else []
    while items:
        item = items.pop()
        if isinstance(item, Form):
            entry = Reader(item, mistakes)
            entry.only(("public", "region", "dates"), "'holidays'")
            public, region = public or entry.yes("public"), entry.text("region") or region
            items += entry.listing("dates")
        elif isinstance(item, Scalar) and item.text == "public":
            public = True
        elif isinstance(item, Scalar) and item.text:
            try:
                days.add(date.fromisoformat(item.text))
            except ValueError:
                mistakes.error(item.place, f"'{item.text}' is not a date", "Write it as 2026-12-25.")
    if public:
        days |= _public(country, region, reader.form.at("holidays"), mistakes)
    return tuple(sorted(days))


def _public(country: str, region: str, place: Place, mistakes: Mistakes) -> set[date]:
    try:
        return set(public_holidays.country_holidays(country, subdiv=region or None, years=YEARS))
    except (NotImplementedError, KeyError, ValueError):
        where = f"{country}, {region}" if region else country
        mistakes.error(place, f"the public holidays of '{where}' are not known", "Write the dates yourself.")
        return set()


def _delivery_notices(reader: Reader, mistakes: Mistakes) -> DeliveryNotices:
    """``{about: [late, delayed, lost, returned to sender], late after: 1 days}``; without it nobody is told."""
    form = reader.sub_form("delivery notices")
    if form is None:
        return DeliveryNotices()
    own = Reader(form, mistakes)
    own.only(("about", "late after"), "'delivery notices'")
    about = own.scalars("about")
    for one in about:
        if one.text not in DELIVERY_TROUBLES:
            mistakes.error(one.place, f"'{one.text}' is nothing to tell", suggest(one.text, DELIVERY_TROUBLES))
    found = re.fullmatch(r"(\d{1,2}) days?", own.text("late after", "1 days"))
    if found is None:
        mistakes.error(form.at("late after"), "'late after' is not a number of days", "Write for example '1 days'.")
    return DeliveryNotices(tuple(one.text for one in about), int(found[1]) if found else 1)


def _response_times(reader: Reader, mistakes: Mistakes) -> dict[str, Decimal]:
    """Channel → hours; written "8 hours", "15 minutes"."""
    times = {}
    form = reader.sub_form("response times")
    for channel, written in reader.mapping("response times").items():
        found = re.fullmatch(r"(\d{1,4}(?:\.\d{1,3})?)\s*(hours?|minutes?)", written)
        if not found:
            place = form.at(channel) if form else reader.form.place
            mistakes.error(
                place, f"'{written}' is not a length of time", "Write for example '8 hours' or '15 minutes'."
            )
            continue
        times[channel] = Decimal(found[1]) / (60 if found[2].startswith("minute") else 1)
    return times
