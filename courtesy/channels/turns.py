"""Turns: whatever calls for the representative (a message, a decision, an answer) ends in one turn of conversation."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from courtesy.channels import delivery
from courtesy.channels.bringing import bring_question
from courtesy.channels.codes import send_code_later
from courtesy.conversations import finding
from courtesy.conversations.models import Message
from courtesy.foundation import jobs
from courtesy.representative import preparing, turn

log = logging.getLogger(__name__)


class Doors:
    """What the representative may have done for it at the doors, inside its own transaction."""

    def deliver(self, message: Message) -> None:
        delivery.send(message)

    def call_out(self, call: str) -> None:
        jobs.enqueue("make call", f"call:{call}", call=call)

    def bring_question(self, message: int) -> None:
        bring_question(message)

    def send_code(self, address: str, code: str, language: str) -> None:
        send_code_later(address, code, language)


@jobs.job("take turn", attempts=5, lease_seconds=60, at_once=True, whole=True)
def take_turn(conversation: str, unread: bool = False) -> None:
    """Answer whatever is unanswered. A broken turn ends in a hand-over with an apology, never in silence.

    ``unread``: only if something still is; another turn may have answered it."""
    at = timezone.now()
    if unread and not finding.waits(conversation):
        return
    try:
        turn.take_turn(conversation, at=at, doors=Doors())
    except (OperationalError, InterfaceError):  # the database was busy or away: another try can help
        raise
    except Exception as error:
        log.exception("turn failed", extra={"conversation": conversation})
        turn.apologise(conversation, error=error, at=at, doors=Doors())


def owe(conversation: str, message: str, at: datetime) -> None:
    """Owe the turn that answers a message. With a language model it is asked first, between two turns; should that
    break, the turn is taken all the same when the model's time is over."""
    if not preparing.is_wanted():
        jobs.enqueue("take turn", message, conversation=conversation)
        return
    jobs.enqueue("prepare turn", message, conversation=conversation, message=message)
    jobs.enqueue("take turn", message, due_at=at + preparing.longest(), conversation=conversation, unread=True)


@jobs.job("prepare turn", attempts=1, lease_seconds=120, at_once=True)
def prepare_turn(conversation: str, message: str) -> None:
    """Ask the language model what it can add, outside of any transaction, and owe the turn at once."""
    try:
        preparing.prepare(conversation, at=timezone.now())
    except Exception:
        log.exception("preparing a turn failed", extra={"conversation": conversation})
    jobs.enqueue("take turn", f"prepared:{message}", conversation=conversation, unread=True)


def resume(conversation: str, key: str, at: datetime) -> None:
    """Owe a turn that goes on where the conversation stood, after an approval or a colleague's answer."""
    jobs.enqueue("take turn", key, due_at=at, conversation=conversation)
