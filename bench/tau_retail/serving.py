"""Serves one case: a scripted customer talks with the representative in a shop that is then put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bench.tau_retail.customer import Customer, Heard
from bench.tau_retail.judge import Books, Judged, judge
from bench.tau_retail.script import script_of
from courtesy.conversations import journal, messages, opening
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.models import Customer as Person
from courtesy.pack.model import Pack
from courtesy.representative.turn import take_turn

TURNS = 40


@dataclass
class _Mailbox:
    """What goes out at the doors; codes reach the customer only at an address that stands on their card."""

    addresses: str
    code: str = ""

    def deliver(self, message: Message) -> None:
        return None

    def bring_question(self, message: int) -> None:
        pass

    def send_code(self, address: str, code: str, language: str) -> None:
        self.code = code if address.casefold() in self.addresses.casefold() else ""


@dataclass(frozen=True, slots=True)
class Served:
    case: str
    judged: Judged
    transcript: tuple[tuple[str, str], ...]
    deeds: tuple[str, ...]
    ended: str  # "left" or "handed over", or "broke: …"
    notes: tuple[str, ...] = field(default=())


class _Over(Exception):
    """Puts the shop back."""


def serve(case: Mapping[str, Any], before: Books, pack: Pack, at: datetime, *, silent: bool = False) -> Served:
    """``silent``: nobody answers the customer; measured with the same judge."""
    served: list[Served] = []
    try:
        with transaction.atomic():
            served.append(_serve(case, before, pack, at, silent))
            raise _Over
    except _Over:
        return served[0]


def _serve(case: Mapping[str, Any], before: Books, pack: Pack, at: datetime, silent: bool) -> Served:
    if silent:
        return Served(case["id"], judge(case, before, ()), (), (), "nobody answered")
    script = script_of(case["derived_user_script"])
    customer, mailbox = Customer(script), _Mailbox(script.who)
    line = f"exam:{case['id']}"
    person = Person.objects.create(name="", language="en")
    conversation = opening.open_conversation(channel="chat", line=line, customer=person, at=at)
    transcript: list[tuple[str, str]] = []
    said, ended = customer.open(), "left"
    for number in range(TURNS):
        now = at + timedelta(minutes=number)
        messages.receive(conversation, text=said, at=now, line=line, provider_id=f"{conversation.pk}:{number}")
        transcript.append(("customer", said))
        try:
            with transaction.atomic():
                reply = take_turn(conversation.pk, at=now, doors=mailbox, pack=pack)
        except Exception as error:  # a broken turn is a result of the exam, and the next case goes on
            ended = f"broke: {type(error).__name__}: {error}"[:300]
            break
        transcript.append(("representative", reply.text if reply else "(nothing)"))
        conversation.refresh_from_db()
        if conversation.speaker == Conversation.Speaker.COLLEAGUE:
            ended = "handed over"
            break
        said = customer.answer(_heard(conversation, reply, mailbox))
        if not said:
            break
    entries = list(journal.entries_of(conversation.pk))
    told = [text for who, text in transcript if who == "representative"]
    deeds = tuple(str(one.content.get("act")) for one in entries if one.kind == "deed")
    notes = tuple(f"{one.kind}: {one.content}" for one in entries if one.kind in ("handed over", "shop refused"))
    return Served(case["id"], judge(case, before, told), tuple(transcript), deeds, ended, notes)


def _heard(conversation: Conversation, reply: Message | None, mailbox: _Mailbox) -> Heard:
    question = (conversation.dialogue or {}).get("question") or {}
    last = [one for one in journal.entries_of(conversation.pk) if one.kind == "reply"]
    phrases = tuple(last[-1].content["phrases"]) if last and reply else ()
    choices = tuple(str(one["label"]) for one in reply.choices) if reply else ()
    return Heard(
        reply.text if reply else "",
        phrases,
        str(question.get("slot", "")),
        str(question.get("kind", "")),
        choices,
        mailbox.code,
    )
