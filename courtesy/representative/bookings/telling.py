"""Telling what is due: a reminder, a freed slot that is held for the one who waited, an offer that lapsed."""

from __future__ import annotations

from courtesy.commerce.bookings import notices
from courtesy.commerce.bookings.notices import Notice
from courtesy.commerce.bookings.values import Slot
from courtesy.pack.fields import every_step
from courtesy.pack.model import Do
from courtesy.representative.bookings.showing import diary, fields_of_booking, moment_label, written
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation


def tell_due(situation: Situation) -> None:
    """Say everything that is due in this conversation, once; what is no longer true is left out."""
    for notice in notices.due_in(situation.conversation.pk, situation.at):
        if notices.say_once(notice, situation.at):
            _TELL[notice.kind](situation, notice)


def _remind(situation: Situation, notice: Notice) -> None:
    if notice.booking.is_coming(situation.at):
        situation.say("diary: reminder", **fields_of_booking(situation, notice.booking))


def _offer(situation: Situation, notice: Notice) -> None:
    """Tell of the freed slot and ask for a yes, by the procedure that books."""
    held = notice.booking
    if not held.is_coming(situation.at) or held.held_until is None:
        return
    until = moment_label(situation, held.held_until)
    situation.say("diary: offered", **(fields_of_booking(situation, held) | {"until": until}))
    name = _books(situation)
    if not name:
        return
    task = Task.open(name, "")
    slot = Slot(held.starts.astimezone(diary(situation).zone), held.ends, held.place)
    known = {"service": held.service, "place": held.place, "name": held.name, "e-mail": held.email}
    task.slots = {key: value for key, value in known.items() if value} | {"appointment": written(slot)}
    task.announced = True
    situation.dialogue.tasks.append(task)


def _books(situation: Situation) -> str:
    """The procedure of this pack that books appointments."""
    return next(
        (
            procedure.name
            for procedure in situation.pack.procedures.values()
            if any(isinstance(step, Do) and step.act == "book appointment" for step in every_step(procedure.steps))
        ),
        "",
    )


def _lapsed(situation: Situation, notice: Notice) -> None:
    situation.say("diary: offer lapsed", **fields_of_booking(situation, notice.booking))


_TELL = {"reminder": _remind, "offer": _offer, "lapsed": _lapsed}
