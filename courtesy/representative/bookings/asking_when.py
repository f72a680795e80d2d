"""What, where and when: the service, the place and the time of an appointment, read from what was said."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from courtesy.commerce.bookings.values import Slot
from courtesy.language.entities.when.windows import Window, window
from courtesy.language.understanding import Choice
from courtesy.pack.model import Ask
from courtesy.representative import asking, matching
from courtesy.representative.bookings import times
from courtesy.representative.bookings.showing import (
    ANY_PLACE,
    WAITING,
    booking_of,
    diary,
    moment_label,
    read,
    service_label,
    service_of,
    slot_label,
    written,
)
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation, context_of
from courtesy.representative.slots import Found, Words

WISHED = "wished time"  # kept with the task: what was said of the time so far


def read_service(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    choices = asking.pack_choices(situation, tuple(diary(situation).services))
    if len(choices) == 1:
        return Found(choices[0].value, automatic=True, choices=choices)
    return Found(_one(choices, words), choices=choices)


def read_place(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    service = service_of(situation, task)
    there = diary(situation).places(service) if service else ()
    choices = asking.pack_choices(situation, there)
    if len(there) == 1:
        return Found(there[0], automatic=True, choices=choices)
    return Found(_one((*choices, *asking.pack_choices(situation, step.choices)), words), choices=choices)


def _one(choices: tuple[Choice, ...], words: Words) -> Any:
    if picked := words.picked([choice.value for choice in choices]):
        return picked[0]
    if hits := matching.by_phrase(words.all, choices):
        return hits[0].value
    if words.asked and len(hinted := matching.by_hint(words.all, choices)) == 1:
        return hinted[0].value
    return None


def choose(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button of a service or place."""
    known = (*diary(situation).services, *(one.place for one in diary(situation).resources), *step.choices)
    if value not in known:
        return False
    task.slots[step.slot] = value
    return True


# --- the time -------------------------------------------------------------------------------------


def read_appointment(situation: Situation, task: Task, step: Ask, words: Words) -> Found:
    """A free time. What was said of day and hour is remembered until one is chosen."""
    revised = not words.asked and step.slot in task.slots
    if words.asked:
        task.partial.pop(step.slot, None)
    service = service_of(situation, task)
    if service is None:
        return Found()
    if waits := _waits(situation, step, words):
        return Found(waits)
    offered = _offered(situation, step) if words.asked else []
    if picked := words.picked([written(slot) for slot in offered]):
        return Found(picked[0])
    said = _said(situation, words.texts)
    if words.asked and said is not None:
        task.partial[step.slot] = "said"  # this much was understood, whatever comes of it
        if len(fits := times.among(diary(situation), offered, said)) == 1:
            return Found(written(fits[0]))
    if revised and said is None:
        return Found()
    wish = _wish(task, words, said)
    return _settle(situation, task, step, wish, revised=revised)


def _settle(situation: Situation, task: Task, step: Ask, wish: Window, *, revised: bool) -> Found:
    """The one time that is meant, or what to offer instead."""
    book, service = diary(situation), service_of(situation, task)
    assert service is not None
    booked = booking_of(task)
    place = _place(situation, task)
    besides = booked.number if booked else ""
    fits = times.fitting(book, service, place, wish, situation.at, besides)
    if booked is not None:
        fits = [slot for slot in fits if (slot.starts, slot.place) != (booked.starts, booked.place)]
    exactly = wish.exact is not None and wish.first is not None and wish.first == wish.last
    if fits and (exactly or (wish.soonest and not wish.says_day)):
        return Found(written(fits[0]))
    label = service_label(situation, service.name)
    if fits:
        return Found(choices=_choices(situation, step, times.spread(book, fits), place, waiting=False), reopen=revised)
    near = times.nearest(book, service, place, wish, situation.at, besides)
    problem = "diary: nothing free" if not near else "diary: taken" if exactly else "diary: nothing then"
    fields = {"service": label}
    if exactly and wish.first is not None and wish.exact is not None:
        moment, _ = times.bounds(book, service, wish, situation.at)
        local = moment.astimezone(book.zone).replace(hour=wish.exact.hour, minute=wish.exact.minute)
        fields["wanted"] = moment_label(situation, local)
    choices = _choices(situation, step, near, place, waiting=True)
    return Found(choices=choices, problem=problem, fields=fields, reopen=revised)


def _choices(situation: Situation, step: Ask, slots: list[Slot], place: str, *, waiting: bool) -> tuple[Choice, ...]:
    made = [
        Choice(written(slot), label := slot_label(situation, slot, with_place=not place), (label,)) for slot in slots
    ]
    return (*made, *asking.pack_choices(situation, step.choices)) if waiting else tuple(made)


def _place(situation: Situation, task: Task) -> str:
    """Where it shall be; "" when any place will do."""
    chosen = task.slots.get("place")
    if chosen == ANY_PLACE:
        return ""
    booked = booking_of(task)
    if chosen or booked is None:
        return str(chosen or "")
    said = _one(asking.pack_choices(situation, diary(situation).places_of(booked.service)), Words(tuple(task.words)))
    return str(said or booked.place)


def _waits(situation: Situation, step: Ask, words: Words) -> str:
    if WAITING not in step.choices:
        return ""
    choices = asking.pack_choices(situation, (WAITING,))
    return WAITING if words.picked([WAITING]) or matching.by_phrase(words.all, choices) else ""


def _offered(situation: Situation, step: Ask) -> list[Slot]:
    """The times that the open question offers."""
    stored = situation.dialogue.question or {}
    if stored.get("slot") != step.slot:
        return []
    kept = [read(choice["value"]) for choice in stored.get("choices", ())]
    return [Slot(one[0], one[0], one[1]) for one in kept if one is not None]


def choose_appointment(situation: Situation, task: Task, step: Ask, value: Any) -> bool:
    """A button: one of the times, or the waiting list."""
    if value != WAITING and read(value) is None:
        return False
    task.slots[step.slot] = value
    return True


# --- what was wished for --------------------------------------------------------------------------


def _said(situation: Situation, texts: tuple[str, ...]) -> Window | None:
    """The wish of these texts, the later over the earlier."""
    context = context_of(situation)
    wish: Window | None = None
    for text in texts:
        if (one := window(text, context)) is not None:
            wish = one if wish is None else one.over(wish)
    return wish


def _wish(task: Task, words: Words, said: Window | None) -> Window:
    """What is wished for by now; kept with the task."""
    before = wished(task)
    if before is not None and not words.asked and "appointment" not in task.slots:
        return before  # the words were read when they were said
    wish = (said.over(before) if before else said) if said is not None else before or Window()
    if said is not None:
        task.partial[WISHED] = _kept(wish)
    return wish


def wished(task: Task) -> Window | None:
    """The time that was wished for in this matter, as far as it was said."""
    kept = task.partial.get(WISHED)
    if not isinstance(kept, dict):
        return None

    def day(name: str) -> date | None:
        return date.fromisoformat(kept[name]) if kept.get(name) else None

    def clock(name: str) -> time | None:
        return time.fromisoformat(kept[name]) if kept.get(name) else None

    soonest = bool(kept.get("soonest"))
    return Window(day("first"), day("last"), clock("earliest"), clock("latest"), clock("exact"), soonest)


def _kept(wish: Window) -> dict[str, str]:
    named = {
        name: value.isoformat()
        for name in ("first", "last", "earliest", "latest", "exact")
        if (value := getattr(wish, name)) is not None
    }
    return named | ({"soonest": "yes"} if wish.soonest else {})
