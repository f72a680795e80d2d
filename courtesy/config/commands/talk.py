"""``courtesy talk``: a chat with the company's representative in the terminal, with its reasons if wanted.

It is a chat like any other: the same intake, the same turn, kept in the data folder and seen at the desk. Lines from
a pipe are said one after another, so a script can hold a conversation.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from courtesy.channels import intake
from courtesy.channels.chat.channel import KIND, LINE, WANTS_A_PERSON
from courtesy.channels.chat.entrance import sender_of, welcome
from courtesy.channels.chat.showing import provider_id
from courtesy.channels.chat.welcome import words_for
from courtesy.channels.port import Incoming
from courtesy.config import announcing, starting
from courtesy.config.commands import talk_shown as shown
from courtesy.config.trouble import Trouble
from courtesy.conversations.models import Conversation, JournalEntry, Message
from courtesy.conversations.opening import open_conversation
from courtesy.customers.models import ContactPoint
from courtesy.foundation import jobs
from courtesy.foundation.identifiers import new_secret
from courtesy.foundation.models import Job
from courtesy.pack import editions
from courtesy.pack.editions import in_force

PATIENCE = 60.0  # seconds for one turn, should the database be busy
_GREETING = "Say something; a number takes an offered answer. /person asks for a person, /quit ends. Ctrl+D ends too."


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("talk", help="chat with the representative in this terminal")
    command.add_argument("--why", action="store_true", help="show what was heard, judged and done, and the sources")
    command.add_argument("--language", default="", metavar="CODE", help="language to begin in, for example es")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 at the end of the conversation; 1 when a message was not answered in time."""
    make_ready(timezone.now())
    company = in_force().company
    if arguments.language and arguments.language not in company.languages:
        spoken = ", ".join(company.languages)
        raise Trouble(f"{company.name} does not speak {arguments.language!r}. It speaks: {spoken}.")
    talk = Talk(arguments.language)
    if sys.stdin.isatty():
        print(f"{company.representative_name} of {company.name} is there. {_GREETING}")
    else:
        print(f"{company.representative_name} of {company.name} is there.")
    all_answered = True
    for line in lines():
        if line == "/quit":
            break
        if line and not talk.take(line):
            all_answered = False
            print("(not answered yet: the turn is owed, and 'courtesy serve' takes it)", file=sys.stderr)
        talk.tell(why=arguments.why)
    return 0 if all_answered else 1


def make_ready(at: datetime) -> None:
    """As the server begins, but without a first sign-in: the desk's password is shown by ``courtesy serve``."""
    first = not (settings.COURTESY_DATA / editions.FOLDER).exists()

    def tell(says: str) -> None:
        if first:
            announcing.step(says)

    os.umask(0o077)
    starting.make_folders(settings.COURTESY_DATA)
    starting.make_key(settings.COURTESY_DATA)
    starting.make_database(tell)
    starting.put_pack_in_force(at, tell)
    starting.load_sample_shop(at, tell)


def lines() -> Iterator[str]:
    """What is typed, or what comes through a pipe; the latter is printed too, so that the whole talk can be read."""
    if not sys.stdin.isatty():
        yield from _piped()
        return
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  (its import alone gives the prompt its arrow keys)
    while True:
        try:
            yield input("\nYou: ").strip()
        except EOFError:
            print()
            return


def _piped() -> Iterator[str]:
    for number, written in enumerate(sys.stdin.buffer, 1):
        try:
            line = written.decode("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise Trouble(f"standard input, line {number}: not UTF-8. What is said must be UTF-8.") from error
        if line:
            print(f"\nYou: {line}", flush=True)
        yield line


class Talk:
    """One conversation of a new visitor, with what was already shown of it."""

    def __init__(self, language: str) -> None:
        at = timezone.now()
        customer, _token = welcome("", language=language)
        self.conversation: Conversation = open_conversation(
            channel=KIND, line=LINE, customer=customer, at=at, language=language
        )
        self.language = language
        self.choices: list[dict[str, Any]] = []  # of the last reply
        self.told = 0  # sequence of the last message shown
        self.explained = 0  # sequence of the last journal line shown
        self.owed: list[int] = []
        self.outbox = shown.outbox()
        jobs.set_engine(lambda job, _at_once, _due: self.owed.append(job))

    def take(self, line: str) -> bool:
        """One line of the customer: words, the number of a choice, or a command. False: not answered in time."""
        if line == "/person":
            return self.ask_for_a_person()
        picked = shown.picked(line, self.choices)
        if not picked:
            return self.say(line)
        values = [choice["value"] for choice in picked]
        several = any(choice.get("several") for choice in self.choices)
        return self.say(", ".join(choice["label"] for choice in picked), values if several else values[0])

    def ask_for_a_person(self) -> bool:
        """The same as the button of the chat."""
        language = self.conversation.language or self.language or in_force().company.languages[0]
        return self.say(words_for(in_force(), language)["labels"]["talk to a person"], WANTS_A_PERSON)

    def say(self, text: str, chosen: Any = None) -> bool:
        """Through the door, and let everything be done that it calls for. False: the turn is still owed."""
        message = intake.accept(
            Incoming(
                channel=KIND,
                line=LINE,
                provider_id=provider_id(self.conversation.pk, new_secret()),
                sender_kind=ContactPoint.Kind.CHAT,
                sender=sender_of(self.conversation),
                text=text,
                at=timezone.now(),
                thread=self.conversation.pk,
                language=self.language,
                chosen=chosen,
            )
        )
        return self.settle(message)

    def settle(self, message: Message) -> bool:
        """Do what became due in this process; a server on the same data may take the turn as well, once."""
        ends = time.monotonic() + PATIENCE
        turn = Job.objects.get(kind="take turn", key=message.pk)
        while True:
            while self.owed:
                jobs.run(self.owed.pop(0))
            turn.refresh_from_db()
            if turn.state != Job.State.WAITING:
                return bool(turn.state == Job.State.DONE)
            if time.monotonic() > ends:
                return False
            time.sleep(0.05)
            self.owed.append(turn.pk)

    def tell(self, *, why: bool) -> None:
        """Print what was said since, with numbered choices, and the reasons if wanted."""
        before = (self.conversation.speaker, self.conversation.holder_id)
        self.conversation.refresh_from_db()
        new = list(self.conversation.messages.filter(internal=False, sequence__gt=self.told).order_by("sequence"))
        for message in new:
            self.told = message.sequence
            if message.author != Message.Author.CUSTOMER:
                self.choices = message.choices
                print(shown.message(message, in_force().company.representative_name))
        if why:
            self.explain(new)
        if before != (self.conversation.speaker, self.conversation.holder_id):
            print(shown.hands(self.conversation))
        for mail in sorted(shown.outbox() - self.outbox):
            print(f"(a mail was written: {mail})")
        self.outbox = shown.outbox()
        sys.stdout.flush()

    def explain(self, new: list[Message]) -> None:
        entries = JournalEntry.objects.filter(conversation=self.conversation.pk, sequence__gt=self.explained)
        for entry in entries.order_by("sequence"):
            self.explained = entry.sequence
            for line in shown.reason(entry):
                print(line)
        for line in shown.sources(new):
            print(line)
