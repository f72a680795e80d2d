"""Serves one case: a scripted customer is led through their phone over the company's system, as it was that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from bench.tau_telecom.customer import Customer, Heard
from bench.tau_telecom.judge import Case, Judged, judge, start_of
from bench.tau_telecom.server import Desk
from courtesy.connections import calls
from courtesy.conversations import journal, messages, opening
from courtesy.conversations.models import Conversation, Message
from courtesy.customers.models import Customer as Person
from courtesy.pack.model import Pack
from courtesy.representative.turn import take_turn

TURNS = 80
GOALS = {"mobile_data_issue": "speed", "mms_issue": "pictures", "service_issue": "signal"}


@dataclass
class _Doors:
    """What goes out: calls to the company's system are made after the turn, as the product does."""

    calls: list[str] = field(default_factory=list)

    def deliver(self, message: Message) -> None:
        return None

    def call_out(self, call: str) -> None:
        self.calls.append(call)

    def bring_question(self, message: int) -> None:
        pass

    def send_code(self, address: str, code: str, language: str) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Served:
    case: str
    kind: str
    judged: Judged
    transcript: tuple[tuple[str, str], ...]
    deeds: tuple[str, ...]
    ended: str  # "left" or "handed over", or "broke: …"
    turns: int
    notes: tuple[str, ...] = ()


class _Over(Exception):
    """Puts everything back."""


@dataclass(frozen=True, slots=True)
class Company:
    """The exam's company: its books and the customer's phone as written, its server, and the pack."""

    shop: Mapping[str, Any]
    phone: Mapping[str, Any]
    desk: Desk
    pack: Pack
    at: datetime


def kind_of(case: Case) -> str:
    return str(case["id"]).partition("]")[0].removeprefix("[")


def do_nothing(case: Case, company: Company) -> Judged:
    books = start_of(case, company.shop, company.phone)
    return judge(case, books, start_of(case, company.shop, company.phone))


def transfer_at_once(case: Case, company: Company) -> Judged:
    books = start_of(case, company.shop, company.phone)
    books.hand_over("")
    return judge(case, books, start_of(case, company.shop, company.phone))


def do_what_is_expected(case: Case, company: Company) -> Judged:
    """The exam's own deeds, done here: what the judge and this phone make of a perfect representative."""
    books = start_of(case, company.shop, company.phone)
    for one in case["gold_actions"]:
        if one["requestor"] == "user":
            books.phone.use(one["name"], one["arguments"])
        else:
            books.call(one["name"], one["arguments"])
    return judge(case, books, start_of(case, company.shop, company.phone))


def serve(case: Case, company: Company) -> Served:
    served: list[Served] = []
    try:
        with transaction.atomic():
            served.append(_serve(case, company))
            raise _Over
    except _Over:
        return served[0]


def _serve(case: Case, company: Company) -> Served:
    books = start_of(case, company.shop, company.phone)
    company.desk.books = books
    customer = Customer(case["derived_user_script"], books.phone, case["persona"], GOALS[kind_of(case)])
    line = f"exam:{case['id']}"
    person = Person.objects.create(name="", language="en")
    talk = opening.open_conversation(channel="chat", line=line, customer=person, at=company.at)
    transcript: list[tuple[str, str]] = []
    said, ended, number = customer.open(), "left", 0
    for number in range(TURNS):
        now = company.at + timedelta(minutes=number)
        messages.receive(talk, text=said, at=now, line=line, provider_id=f"{talk.pk}:{number}")
        transcript.append(("customer", said))
        try:
            replies = _turns(talk, company, now)
        except Exception as error:  # a broken turn is a result of the exam, and the next case goes on
            ended = f"broke: {type(error).__name__}: {error}"[:300]
            break
        transcript += [("representative", reply.text) for reply in replies]
        talk.refresh_from_db()
        if talk.speaker == Conversation.Speaker.COLLEAGUE:
            ended = "handed over"
            books.call("transfer_to_human_agents", {"summary": ""})
            break
        said = customer.answer(_heard(talk, replies))
        if not said:
            break
    entries = list(journal.entries_of(talk.pk))
    deeds = tuple(str(one.content.get("act")) for one in entries if one.kind == "deed")
    notes = tuple(f"{one.kind}: {one.content}" for one in entries if one.kind in ("handed over", "shop refused"))
    judged = judge(case, books, start_of(case, company.shop, company.phone))
    return Served(case["id"], kind_of(case), judged, tuple(transcript), deeds, ended, number + 1, notes)


def _turns(talk: Conversation, company: Company, now: datetime) -> list[Message]:
    """One turn, and those that go on with what the company's system answered."""
    replies: list[Message] = []
    doors = _Doors()
    while True:
        with transaction.atomic():
            reply = take_turn(talk.pk, at=now, doors=doors, pack=company.pack)
        replies += [reply] if reply else []
        if not doors.calls:
            return replies
        for call in doors.calls:
            calls.make(call, company.pack, at=now)
        doors.calls = []


def _heard(talk: Conversation, replies: list[Message]) -> Heard:
    question = (talk.dialogue or {}).get("question") or {}
    choices = tuple(str(one["label"]) for one in replies[-1].choices) if replies else ()
    text = "\n".join(reply.text for reply in replies)
    return Heard(text, str(question.get("slot", "")), str(question.get("kind", "")), choices)
