"""The time somebody wishes for, said in words: "next Tuesday after 3", "el viernes por la tarde", "下周二三点以后".

Days, periods and times come from the other readers of this folder; here the words around them say whether they are
meant exactly, as the earliest or as the latest. Hours from one to seven without morning or afternoon are taken for the
afternoon, since nobody is received at night.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from courtesy.language.entities.when.finding import when
from courtesy.language.text import Heard, hear
from courtesy.language.understanding import Context, Entity, Period

MOST_LETTERS = 2_000  # of a message in which a wished time is looked for


@dataclass(frozen=True, slots=True)
class Window:
    """Days, both included, and times of day; None where nothing was said. ``exact``: this time and no other.
    ``soonest``: as early as possible."""

    first: date | None = None
    last: date | None = None
    earliest: time | None = None
    latest: time | None = None
    exact: time | None = None
    soonest: bool = False

    @property
    def says_time(self) -> bool:
        return (self.earliest, self.latest, self.exact) != (None, None, None)

    @property
    def says_day(self) -> bool:
        return (self.first, self.last) != (None, None)

    def over(self, before: Window) -> Window:
        """What is said now over what was said before: a new day keeps the time wished for, a new time the day."""
        day = self if self.says_day else before
        clock = self if self.says_time else before
        return Window(
            day.first, day.last, clock.earliest, clock.latest, clock.exact, self.soonest and not self.says_day
        )


_PARTS: tuple[tuple[str, time | None, time | None], ...] = (
    (r"\bmornings?\b|\bbefore noon\b|por la manana|de la manana|上午|早上|早晨", None, time(12)),
    (r"\bat (?:noon|midday|lunchtime)\b|a(?:l)? mediodia|中午", time(12), time(14)),
    (r"\bafternoons?\b|por la tarde|de la tarde|下午", time(12), time(20)),
    (r"\bevenings?\b|\bafter work\b|por la noche|despues del trabajo|傍晚|晚上|下班后", time(17), None),
)
_PARTS_RE = tuple((re.compile(words), earliest, latest) for words, earliest, latest in _PARTS)
_AFTER = re.compile(
    r"(?:\b(?:after|from|past|later than|not before|no earlier than|starting(?: at)?|a partir de|despues de|desde|"
    r"mas tarde de|pasadas)(?: (?:the|las?|el|los|del))?) ?$|(?:从|晚于) ?$"
)
_BEFORE = re.compile(
    r"(?:\b(?:before|until|till|by|up to|earlier than|no later than|antes de|hasta)(?: (?:the|las?|el|los|del))?) ?$"
    r"|(?:早于) ?$"
)
_AFTERWARDS = re.compile(r"^ ?(?:以后|之后|过后|后|起|or later|onwards?|o mas tarde|en adelante)")
_BEFOREHAND = re.compile(r"^ ?(?:以前|之前|前|or earlier|o antes)")
_UNTIL = re.compile(
    r"^ ?(?:and|to|till|until|-|–|y(?: las?)?|a(?: las?)?|hasta(?: las?)?|到|至) ?(\d{1,2})(?::(\d{2}))?(?: ?(pm|am))?"
)
_SOONEST = re.compile(
    r"\b(?:as soon as possible|asap|soonest|earliest|first (?:available|free|possible)|next available|whenever|"
    r"any ?time|"
    r"cuanto antes|lo antes posible|primer hueco|la primera(?: cita)?(?: libre| disponible)?|cuando sea)\b"
    r"|最早|尽快|随时|什么时候都"
)
_MORNING_SAID = re.compile(r"\ba\.?m\b|morning|manana|上午|早|凌晨")
_EXPLICIT = re.compile(r"\b0\d|\d{2}:\d{2}|\bh\b|a\.?m|p\.?m|morning|manana|tarde|noche|上午|早|凌晨|下午|晚")
_AFTERNOON_SAID = re.compile(r"afternoon|evening|tonight|tarde|noche|下午|晚")


def window(text: str, context: Context) -> Window | None:
    """The time that a text wishes for, or None when it names none. ``context.today`` must be known."""
    if not context.today:
        return None
    heard = hear(text[:MOST_LETTERS])
    today = date.fromisoformat(context.today)
    found = list(when(heard, context))
    first, last = _days(heard, [one for one in found if one.kind in ("date", "period")], today)
    earliest, latest, exact = _times(heard, [one for one in found if one.kind == "time"])
    wished = Window(first, last, earliest, latest, exact, bool(_SOONEST.search(heard.flat)))
    return wished if wished.says_day or wished.says_time or wished.soonest else None


# --- days -----------------------------------------------------------------------------------------


def _days(heard: Heard, entities: Iterable[Entity], today: date) -> tuple[date | None, date | None]:
    first: date | None = None
    last: date | None = None
    named: list[date] = []
    for entity in entities:
        if isinstance(entity.value, Period):
            first = entity.value.first or first
            last = entity.value.last or last
            continue
        day = entity.value
        if not isinstance(day, date) or day < today:
            continue
        before, after = _around(heard, entity)
        if _AFTER.search(before) or _AFTERWARDS.search(after):
            first = day
        elif _BEFORE.search(before) or _BEFOREHAND.search(after):
            last = day
        else:
            named.append(day)
    if named:
        return min(named), max(named)
    if first is not None and first < today:
        first = today
    return first, last if last is None or last >= today else None


def _around(heard: Heard, entity: Entity) -> tuple[str, str]:
    """The flat text shortly before and after an entity."""
    start, end = _flat_span(heard, entity.span)
    return heard.flat[max(0, start - 30) : start], heard.flat[end : end + 30]


def _flat_span(heard: Heard, span: tuple[int, int]) -> tuple[int, int]:
    received = [heard.origin[clean] for clean in heard.flat_origin]
    start = next((place for place, origin in enumerate(received) if origin >= span[0]), len(received))
    end = next((place for place, origin in enumerate(received) if origin >= span[1]), len(received))
    return start, end


# --- times of day ---------------------------------------------------------------------------------


def _times(heard: Heard, entities: list[Entity]) -> tuple[time | None, time | None, time | None]:
    earliest, latest = _part_of_day(heard.flat)
    exact: time | None = None
    for entity in entities:
        if not isinstance(entity.value, time):
            continue
        clock = _by_day(entity.value, _own_words(heard, entity), heard.flat)
        before, after = _around(heard, entity)
        if entity.role == "from" or _AFTER.search(before) or _AFTERWARDS.search(after):
            earliest = clock
            if end := _until(after, clock):
                latest = end
        elif (entity.role == "to" and earliest is not None) or _BEFORE.search(before) or _BEFOREHAND.search(after):
            latest = clock
        elif end := _until(after, clock):
            earliest, latest = clock, end
        else:
            exact = clock
    return (None, None, exact) if exact is not None else (earliest, latest, None)


def _part_of_day(flat: str) -> tuple[time | None, time | None]:
    for words, earliest, latest in _PARTS_RE:
        if words.search(flat):
            return earliest, latest
    return None, None


def _own_words(heard: Heard, entity: Entity) -> str:
    start, end = _flat_span(heard, entity.span)
    return heard.flat[start:end]


def _by_day(clock: time, own: str, flat: str) -> time:
    """An hour that could be night or afternoon is the afternoon, unless the morning was said."""
    if clock.hour == 0 or clock.hour >= 12 or (_EXPLICIT.search(own) and not _AFTERNOON_SAID.search(own)):
        return clock
    if _AFTERNOON_SAID.search(flat) or (clock.hour <= 7 and not _MORNING_SAID.search(flat)):
        return clock.replace(hour=clock.hour + 12)
    return clock


def _until(after: str, begin: time) -> time | None:
    """The end of "4 to 6", "las 4 y las 6", "3点到5点", later than its beginning."""
    found = _UNTIL.match(after)
    if not found or int(found[1]) > 23:
        return None
    end = time(int(found[1]), int(found[2] or 0))
    if end <= begin and end.hour < 12:
        end = end.replace(hour=end.hour + 12)
    return end if end > begin else None
