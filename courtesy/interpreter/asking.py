"""Asking the language model: only what is switched on, within a day's limits, never while it is left alone.

Never inside a turn's transaction. A question that gets no use is told by its outcome; nothing here raises.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from time import monotonic
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Count, Sum
from django.utils.module_loading import import_string

from courtesy.interpreter.models import Question
from courtesy.language.providers.breaker import Breaker
from courtesy.language.providers.port import Answer, Endpoint, Provider, ProviderAway, Purpose, Wish

log = logging.getLogger(__name__)

T = TypeVar("T")
SIGNS_A_TOKEN = 2  # few, so that more is set aside than a call can cost
MILLION = Decimal(1_000_000)
_breaker = Breaker()
Outcome = Question.Outcome


@dataclass(frozen=True, slots=True)
class Unfit:
    """An answer that cannot be used, and why."""

    because: str


def uses(purpose: Purpose) -> bool:
    """Whether the operator switched this on."""
    return bool(settings.COURTESY_LLM) and purpose in settings.COURTESY_LLM_USES


def name() -> str:
    return str(settings.COURTESY_LLM)


@cache
def _made(path: str, endpoint: Endpoint) -> Provider:
    return import_string(path)(endpoint)  # type: ignore[no-any-return]


def provider() -> Provider:
    """The provider that the settings name. Raises ProviderAway when they cannot be used."""
    kind, _, model = settings.COURTESY_LLM.partition(":")
    endpoint = Endpoint(kind, model, settings.COURTESY_LLM_URL, settings.COURTESY_LLM_KEY)
    return _made(settings.COURTESY_LANGUAGE_PROVIDER, endpoint)


def make_ready() -> None:
    """Load the provider's libraries before the first customer waits for them; what is wrong is told by /readyz."""
    try:
        if settings.COURTESY_LLM:
            provider().make_ready()
    except ProviderAway as away:
        log.warning("the language model cannot be used: %s", away)


def ask(
    purpose: Purpose,
    instructions: str,
    material: str,
    *,
    most_tokens: int,
    conversation: str,
    at: datetime,
    take: Callable[[str], T | Unfit],
) -> T | None:
    """What ``take`` makes of the answer; None when there is none that can be used."""
    if not uses(purpose) or not _breaker.allows(at):
        return None
    row = _set_aside(purpose, instructions, material, most_tokens, conversation, at)
    if row is None:
        return None
    started = monotonic()
    answer, why = _call(Wish(purpose, instructions, material, most_tokens, settings.COURTESY_LLM_SECONDS), at)
    if answer is None:
        _settle(row, started, Outcome.AWAY, None, why)
        return None
    taken = take(answer.text)
    if isinstance(taken, Unfit):
        _settle(row, started, Outcome.UNFIT, answer, taken.because)
        return None
    _settle(row, started, Outcome.ANSWERED, answer)
    return taken


def _call(wish: Wish, at: datetime) -> tuple[Answer | None, str]:
    """The answer, or None and why there is none."""
    permanent = False
    try:
        answer = provider().ask(wish)
    except ProviderAway as away:
        permanent, why = away.permanent, str(away)
    except Exception as error:  # a provider that breaks its word must not break a turn
        why = type(error).__name__
    else:
        _breaker.note(True, at)
        return answer, ""
    _breaker.note(False, at, permanent=permanent)
    log.warning("the language model gave no answer: %s", why)
    return None, why


# --- what it costs -------------------------------------------------------------------------------


def cost(tokens_in: int, tokens_out: int) -> Decimal:
    """In the currency of the prices, which are for a million tokens."""
    price_in, price_out = settings.COURTESY_LLM_PRICES
    return (price_in * tokens_in + price_out * tokens_out) / MILLION


def spent(at: datetime) -> tuple[int, int, Decimal]:
    """Of the day: calls, tokens, cost; calls under way count with the most they can cost."""
    today = Question.objects.filter(day=at.astimezone(UTC).date())
    found: dict[str, Any] = today.aggregate(Count("pk"), Sum("tokens_in"), Sum("tokens_out"), Sum("cost"))
    tokens = (found["tokens_in__sum"] or 0) + (found["tokens_out__sum"] or 0)
    return found["pk__count"], tokens, found["cost__sum"] or Decimal(0)


def _set_aside(
    purpose: Purpose, instructions: str, material: str, most_tokens: int, conversation: str, at: datetime
) -> Question | None:
    """Write the question down with the most it can cost; None when that is more than the day has left."""
    tokens_in = (len(instructions) + len(material)) // SIGNS_A_TOKEN
    most = cost(tokens_in, most_tokens)
    _, tokens, paid = spent(at)
    over = tokens + tokens_in + most_tokens > settings.COURTESY_LLM_DAILY_TOKENS
    limit = settings.COURTESY_LLM_DAILY_COST
    if over or (limit is not None and paid + most > limit):
        return None
    return Question.objects.create(
        purpose=purpose,
        model=name()[:120],
        conversation=conversation,
        day=at.astimezone(UTC).date(),
        asked_at=at,
        tokens_in=tokens_in,
        tokens_out=most_tokens,
        cost=most,
    )


def _settle(row: Question, started: float, outcome: Outcome, answer: Answer | None, because: str = "") -> None:
    """Correct what was set aside. Without an answer the most stays: the provider may bill what never arrived."""
    row.outcome, row.because = outcome, because[:300]
    row.milliseconds = round((monotonic() - started) * 1000)
    if answer is not None and answer.tokens_in + answer.tokens_out:
        row.tokens_in, row.tokens_out = answer.tokens_in, answer.tokens_out
        row.cost = cost(answer.tokens_in, answer.tokens_out)
    row.save()


def says(at: datetime) -> str:
    """One sentence for /readyz: it never makes the house unfit, for the embedded engine carries on."""
    if not settings.COURTESY_LLM:
        return "off"
    try:
        provider()
    except ProviderAway as away:
        return f"{name()}: not used, {away}"
    calls, tokens, paid = spent(at)
    limit = settings.COURTESY_LLM_DAILY_COST
    paid_of = f", cost {paid:f} of {limit:f}" if limit is not None else f", cost {paid:f}"
    purposes = ", ".join(settings.COURTESY_LLM_USES)
    used = f"{calls} calls, {tokens} of {settings.COURTESY_LLM_DAILY_TOKENS} tokens{paid_of} today"
    return f"{name()} ({purposes}): {_breaker.says(at)}; {used}"


def forget() -> None:
    """For tests and a change of settings: the provider is made anew and tried again."""
    global _breaker
    _breaker = Breaker()
    _made.cache_clear()
