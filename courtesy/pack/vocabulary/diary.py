"""The words of the diary: the acts, facts, slots and phrases of appointments."""

from __future__ import annotations

from courtesy.pack.vocabulary.acts import Act
from courtesy.pack.vocabulary.facts import FactKind

DIARY_ACTS = (
    Act(
        "book appointment",
        ("service", "appointment"),
        ("place", "name", "e-mail", "note"),
        says="Takes a free time in the diary and makes the calendar invitation.",
    ),
    Act(
        "change appointment",
        ("booking", "appointment"),
        says="Moves an appointment to another time or place; the old time is offered to whoever waits.",
    ),
    Act(
        "cancel appointment",
        ("booking",),
        ("cancel reason",),
        says="Cancels an appointment and takes it out of the customer's calendar.",
    ),
    Act(
        "join waiting list",
        ("service",),
        ("place", "appointment", "name", "e-mail"),
        says="Puts the customer on the waiting list for the days they wished for.",
    ),
)
DIARY_FACTS = (
    FactKind("own booking", "word", "Whether the appointment belongs to the customer who is asking.", ("yes", "no")),
    FactKind("hours until appointment", "number", "Whole hours until the appointment that is changed begins."),
    FactKind("open bookings", "number", "How many appointments this customer has ahead."),
    FactKind("no-shows in 12 months", "number", "How often this customer did not come in the last 365 days."),
)
DIARY_LOOK_UPS = {"booking": "One of the customer's appointments, by its number with the e-mail it was made with."}
DIARY_SLOT_KINDS = {
    "service": "One of the services of the table 'services'.",
    "place": "Where the service is to be had; the written choices are offered beside the places.",
    "appointment": "A free time of the diary, chosen by day and hour said in words; offered with the nearest others.",
    "contact name": "The customer's name; taken from the record when identity is proven.",
    "contact e-mail": "The address to write to; the one the customer has given already is taken.",
}
DIARY_USUAL_KINDS = {"service": "service", "place": "place", "appointment": "appointment"}

_EVENT = ("service", "place", "place address", "appointment", "booking", "company")
# Said by a company that has a diary; each shipped language words them in the base pack 'appointments'.
DIARY_PHRASES: dict[str, tuple[str, ...]] = {
    "diary: taken": ("wanted", "service"),
    "diary: nothing then": ("service",),
    "diary: nothing free": ("service",),
    "diary: reminder": _EVENT,
    "diary: offered": (*_EVENT, "until"),
    "diary: offer lapsed": _EVENT,
    "diary: event": _EVENT,  # the title in the customer's calendar
    "diary: event text": _EVENT,
    "ask: booking number": (),
    "which booking": ("options",),
    "booking not found": (),  # the same words whether it is unknown or somebody else's
    "refusal: slot taken": ("appointment", "place"),
    "refusal: slot not offered": ("appointment", "place"),
    "refusal: unknown service": (),
    "refusal: unknown booking": (),
    "refusal: same appointment": ("appointment", "place"),
    "refusal: booking is over": ("booking",),
    "refusal: booking already cancelled": ("booking",),
    "refusal: already on the waiting list": ("booking",),
}
