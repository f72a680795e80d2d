"""Preparing a turn: the language model is asked what a message means and how the reply could be put, before the turn.

Outside of any transaction; what comes of it is kept and looked up by the turn. Without an answer the turn is the same.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from courtesy.conversations import finding
from courtesy.conversations.models import Conversation
from courtesy.interpreter import asking, readings, wordings
from courtesy.pack.model import Pack
from courtesy.representative.situation import Situation, context_of, gather
from courtesy.representative.turn import look_ahead

SLACK = timedelta(seconds=5)
MOST_READ = 3  # messages of one turn; more at once are read by the embedded engine


def is_wanted() -> bool:
    return asking.uses("read") or asking.uses("word")


def longest() -> timedelta:
    """After this long the turn is taken without."""
    calls = MOST_READ * asking.uses("read") + asking.uses("word")
    return SLACK + timedelta(seconds=settings.COURTESY_LLM_SECONDS * calls)


def prepare(conversation_id: str, *, at: datetime, pack: Pack | None = None) -> None:
    """Have every unanswered message read, then the reply worded; a colleague's conversation is left alone."""
    conversation = finding.find(conversation_id)
    if conversation is None or conversation.speaker == Conversation.Speaker.COLLEAGUE:
        return
    if asking.uses("read"):
        _read(gather(conversation, at=at, unread=finding.unanswered(conversation), pack=pack))
    if asking.uses("word") and (ahead := look_ahead(conversation_id, at=at, pack=pack)) is not None:
        wordings.word(ahead.phrase, ahead.language, ahead.said, conversation=conversation_id, at=at)


def _read(situation: Situation) -> None:
    context = context_of(situation)
    language = situation.language or situation.pack.company.languages[0]
    procedures = {
        name: procedure.examples.get(language) or next(iter(procedure.examples.values()), ())
        for name, procedure in situation.pack.procedures.items()
    }
    for message in situation.unread[-MOST_READ:]:
        if message.choices:  # a button was pressed: there is nothing to read
            continue
        readings.read(
            message.pk, message.text, context, procedures, conversation=situation.conversation.pk, at=situation.at
        )
