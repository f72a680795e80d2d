"""The deeds of the diary, done for a task, with the calendar invitation that belongs to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from courtesy.commerce.bookings import deeds, finding, waiting
from courtesy.commerce.bookings.refusals import refuse
from courtesy.commerce.papers import invitations
from courtesy.commerce.papers.invitations import Invitation
from courtesy.commerce.port import Receipt, Refusal
from courtesy.representative.bookings import times
from courtesy.representative.bookings.asking_when import wished
from courtesy.representative.bookings.showing import ANY_PLACE, diary, fields_of_booking, person, read, service_of
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation
from courtesy.representative.wording import fill, phrase_of


def book(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    service, chosen = service_of(situation, task), read(task.slots.get("appointment"))
    if service is None or chosen is None:
        return refuse(deeds.BOOK, "unknown service")
    note = str(task.slots.get("note") or "")
    answer = deeds.book(
        diary(situation), service.name, chosen[1], chosen[0], person(situation, task), note=note, key=key,
        at=situation.at,
    )  # fmt: skip
    return _invited(situation, answer, "REQUEST")


def change(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    chosen = read(task.slots.get("appointment"))
    if chosen is None:
        return refuse(deeds.CHANGE, "unknown booking")
    number = task.looked.get("booking", "")
    answer = deeds.move(diary(situation), number, chosen[1], chosen[0], key=key, at=situation.at)
    return _invited(situation, answer, "REQUEST")


def cancel(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    reason = str(task.slots.get("cancel reason") or "")
    answer = deeds.cancel(diary(situation), task.looked.get("booking", ""), reason, key=key, at=situation.at)
    return _invited(situation, answer, "CANCEL")


def wait(situation: Situation, task: Task, key: str) -> Receipt | Refusal:
    """Wait for the days that were wished for, or for any that can be booked."""
    service = service_of(situation, task)
    if service is None:
        return refuse(waiting.ACT, "unknown service")
    wish, place = wished(task), str(task.slots.get("place") or "")
    if wish is not None and wish.says_day:
        first, last = times.bounds(diary(situation), service, wish, situation.at)
    else:
        first, last = situation.at, situation.at + service.ahead
    return waiting.wait_for(
        diary(situation), service.name, "" if place == ANY_PLACE else place, first, last, person(situation, task),
        key=key, at=situation.at,
    )  # fmt: skip


def _invited(
    situation: Situation, answer: Receipt | Refusal, method: Literal["REQUEST", "CANCEL"]
) -> Receipt | Refusal:
    """The receipt with the file that puts the appointment into a calendar, moves it there, or takes it out."""
    if isinstance(answer, Refusal):
        return answer
    booked = finding.booking(answer.number)
    if booked is None:
        return answer
    shown, language = fields_of_booking(situation, booked), situation.language
    said = {
        name: fill(phrase_of(situation.pack, language, f"diary: {name}") or "", shown, language)
        for name in ("event", "event text")
    }
    company = situation.pack.company
    service = diary(situation).services.get(booked.service)
    words = Invitation(
        summary=said["event"] or str(shown["service"]),
        location=", ".join(part for part in (f"{company.name} {booked.place}", str(shown["place address"])) if part),
        description=said["event text"],
        company=company.name,
        address=company.mail_address,
        zone=diary(situation).zone,
        language=language,
        remind=service.remind if service else None,
    )
    return replace(answer, document=invitations.draw(booked, method, words, situation.at))
