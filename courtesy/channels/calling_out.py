"""Calling out: the job that asks a company's own system between two turns, and owes the turn that goes on."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError
from django.utils import timezone

from courtesy.channels import turns
from courtesy.connections import calls
from courtesy.foundation import jobs
from courtesy.pack import editions
from courtesy.pack.model import Pack

log = logging.getLogger(__name__)


@jobs.job("make call", attempts=5, lease_seconds=900, at_once=True)
def make_call(call: str) -> None:
    """Make one noted call and let its conversation go on, whatever came of it."""
    at = timezone.now()
    try:
        made = calls.make(call, _noted_under(call, at), at=at)
    except (OperationalError, InterfaceError):  # the database was busy or away: another try can help
        raise
    except Exception as error:
        log.exception("call failed", extra={"call": call})
        made = calls.give_up(call, f"{type(error).__name__}", at=at)
    turns.resume(made.conversation, f"turn:{made.pk}", at)


def _noted_under(call: str, at: datetime) -> Pack:
    """The edition that the guard judged the call by, though another took force meanwhile; else the one in force."""
    try:
        return editions.edition(calls.edition_of(call))
    except LookupError:
        return editions.in_force(at)
