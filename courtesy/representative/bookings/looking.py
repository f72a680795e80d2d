"""Finding the appointment that is meant: by its number, or as the only one this customer has."""

from __future__ import annotations

import re
from typing import Any

from courtesy.commerce.bookings import finding
from courtesy.commerce.bookings.values import Booking
from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.representative import asking, identity, matching
from courtesy.representative.bookings.showing import moment_label, person, service_label
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

TRIES = 3
_NUMBER = re.compile(r"(?<![A-Za-z0-9])BK[\s-]?(\d{6})(?!\d)", re.IGNORECASE)


def numbers_in(text: str) -> list[str]:
    return [f"BK-{digits}" for digits in _NUMBER.findall(text)]


def look_up_booking(situation: Situation, task: Task) -> bool:
    """Find the appointment, and make sure that it belongs to the one who asks. False when the customer was asked."""
    if number := task.slots.get("booking") or next(iter(numbers_in(" . ".join(task.words))), ""):
        return _by_number(situation, task, str(number))
    if not situation.dialogue.shop_customer and identity.accepts_claims(situation):
        identity.match_customer(situation)
    coming = finding.coming(person(situation, task), situation.at)
    if len(coming) == 1:
        return _keep(situation, task, coming[0])
    if coming:
        choices = tuple(Choice(one.number, _label(situation, one)) for one in coming[: asking.SHOWN])
        options = "\n".join(f"• {choice.label}" for choice in choices)
        asking.ask(situation, task, Question("booking", "booking", choices), "which booking", options=options)
        return False
    asking.ask(situation, task, Question("booking", "booking"), "ask: booking number")
    return False


def _label(situation: Situation, booking: Booking) -> str:
    service = service_label(situation, booking.service)
    return f"{booking.number} · {service} · {moment_label(situation, booking.starts)} · {booking.place}"


def _by_number(situation: Situation, task: Task, number: str) -> bool:
    found = finding.booking(number)
    mine = person(situation, task)
    if found is not None and finding.is_theirs(found, mine, numbered=number):
        return _keep(situation, task, found)
    if not mine.email:
        task.slots["booking"] = number
        asking.ask(situation, task, Question("e-mail", "identity"), "ask: e-mail")
        return False
    return _not_found(situation, task)


def _not_found(situation: Situation, task: Task) -> bool:
    """Unknown, or somebody else's: the same words, and after some tries a person."""
    task.slots.pop("booking", None)
    task.words = [_NUMBER.sub(" ", text) for text in task.words]
    task.tries["booking"] = task.tries.get("booking", 0) + 1
    situation.say("booking not found")
    if task.tries["booking"] >= TRIES:
        asking.needs_person(situation, "the appointment could not be found or proven to be the customer's")
        return False
    asking.ask(situation, task, Question("booking", "booking"), "ask: booking number")
    return False


def _keep(situation: Situation, task: Task, found: Booking) -> bool:
    task.slots["booking"] = found.number
    task.looked["booking"] = found.number
    return True


def take_answer(
    situation: Situation, task: Task, question: Question, understanding: Understanding, text: str, chosen: Any
) -> bool:
    """The answer to "which appointment?": a button, a number, or words that point to one of those offered."""
    offered = [choice.value for choice in question.choices]
    move = understanding.first("chooses")
    for value in (chosen, move.value if move else None, *numbers_in(text)):
        if value is not None and (value in offered or numbers_in(str(value))):
            task.slots["booking"] = str(value)
            return True
    hits = matching.by_hint(text, question.choices)
    if len(hits) == 1:
        task.slots["booking"] = hits[0].value
        return True
    return False
