"""Summaries and drafts for colleagues: shown to them alone, and sent by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from courtesy.interpreter import asking
from courtesy.language import assisting
from courtesy.language.anonymous import anonymous
from courtesy.language.providers.port import Purpose


def summarise(
    said: Sequence[tuple[str, str]], *, spoken: str, language: str, conversation: str, at: datetime
) -> str | None:
    """The conversation in a few lines, or None. ``said``: (who, text); ``spoken``: the conversation's language."""
    asked = assisting.ask_for_summary(_lines(said, spoken), language)
    return _ask("summarise", asked, "\n".join(text for _, text in said), conversation, at)


def draft(
    said: Sequence[tuple[str, str]], passages: Sequence[str], *, language: str, conversation: str, at: datetime
) -> str | None:
    """What a colleague might answer, from passages of the company's articles, or None."""
    asked = assisting.ask_for_draft(_lines(said, language), passages, language)
    known = "\n".join([*(text for _, text in said), *passages])
    return _ask("draft", asked, known, conversation, at)


def _lines(said: Sequence[tuple[str, str]], language: str) -> list[str]:
    masked = settings.COURTESY_LLM_MASK
    return [f"{who}: {anonymous(text, language, lines=True) if masked else text}"[:2000] for who, text in said]


def _ask(purpose: Purpose, asked: tuple[str, str], known: str, conversation: str, at: datetime) -> str | None:
    def take(answer: str) -> str | asking.Unfit:
        text = answer.strip()
        if invented := assisting.invented_in(text, known):
            return asking.Unfit(f"invented: {', '.join(invented)}")
        return text if 0 < len(text) <= assisting.LONGEST else asking.Unfit("empty or too long")

    instructions, material = asked
    most = assisting.MOST_TOKENS
    return asking.ask(purpose, instructions, material, most_tokens=most, conversation=conversation, at=at, take=take)
