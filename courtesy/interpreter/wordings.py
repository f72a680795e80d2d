"""Wordings: other words for what a turn is about to say, checked when they arrive and again when they are used."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from courtesy.interpreter import asking
from courtesy.interpreter.models import Wording
from courtesy.language import rewording
from courtesy.language.anonymous import anonymous
from courtesy.language.faithful import differences


def word(phrase: str, language: str, said: str, *, conversation: str, at: datetime) -> None:
    """Ask for other words for ``phrase``, whose gaps are not filled; only such as say the same are kept."""
    if not asking.uses("word") or of(conversation, phrase, language) is not None:
        return
    shown = anonymous(said, language, lines=True) if settings.COURTESY_LLM_MASK else said
    instructions, material = rewording.ask_for(phrase, language, shown)

    def take(answer: str) -> str | asking.Unfit:
        wording, wrong = rewording.wording_in(answer, phrase, language)
        return asking.Unfit("; ".join(wrong)) if wrong else wording

    text = asking.ask(
        "word",
        instructions,
        material,
        most_tokens=rewording.MOST_TOKENS,
        conversation=conversation,
        at=at,
        take=take,
    )
    if text is not None:
        kept = {"text": text, "model": asking.name()[:120], "at": at}
        Wording.objects.update_or_create(conversation=conversation, phrase=_key(phrase, language), defaults=kept)


def any_for(conversation: str) -> bool:
    """Whether there may be a wording at all: without one, a turn does no work for it."""
    return asking.uses("word") and Wording.objects.filter(conversation=conversation).exists()


def of(conversation: str, phrase: str, language: str) -> tuple[str, str] | None:
    """A wording of this very phrase for this conversation and the model it came from; checked once more."""
    if not asking.uses("word"):
        return None
    row = Wording.objects.filter(conversation=conversation, phrase=_key(phrase, language)).first()
    if row is None or differences(phrase, row.text, language):
        return None
    return row.text, row.model


def _key(phrase: str, language: str) -> str:
    return hashlib.sha256(f"{language}\n{phrase}".encode()).hexdigest()
