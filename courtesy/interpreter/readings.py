"""Readings: what the model proposed about a message, asked for before its turn and looked up inside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings

from courtesy.interpreter import asking
from courtesy.interpreter.models import Reading
from courtesy.language import proposals
from courtesy.language.proposals import Proposal
from courtesy.language.understanding import Context


def read(
    message: str,
    text: str,
    context: Context,
    procedures: Mapping[str, Sequence[str]],
    *,
    conversation: str,
    at: datetime,
) -> None:
    """Ask about one message and keep what has the agreed shape; asked once for each message."""
    if not text.strip() or not asking.uses("read") or Reading.objects.filter(pk=message).exists():
        return
    asked = proposals.ask_about(text, context, procedures, masked=settings.COURTESY_LLM_MASK)
    proposal = asking.ask(
        "read",
        asked.instructions,
        asked.material,
        most_tokens=proposals.MOST_TOKENS,
        conversation=conversation,
        at=at,
        take=lambda answer: proposals.proposal_in(answer) or asking.Unfit("not in the agreed shape"),
    )
    if proposal is not None:
        kept = {"conversation": conversation, "proposal": proposal.model_dump(), "model": asking.name()[:120], "at": at}
        Reading.objects.get_or_create(message=message, defaults=kept)


def of(message: str) -> tuple[Proposal, str] | None:
    """The proposal about a message and the model it came from; None where there is none."""
    if not asking.uses("read"):
        return None
    row = Reading.objects.filter(pk=message).first()
    if row is None:
        return None
    try:
        return Proposal.model_validate(row.proposal), row.model
    except ValueError:  # kept by another edition of this program
        return None
