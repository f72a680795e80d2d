"""Every deed once: the key is written first, then the effect, then the answer, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from courtesy.commerce.models import Deed
from courtesy.commerce.models.columns import compared
from courtesy.commerce.port import Receipt, Refusal, ShopError
from courtesy.foundation.money import Money

Answer = Receipt | Refusal


def do_once(act: str, prefix: str, subject: str, key: str, at: datetime, effect: Callable[[str], Answer]) -> Answer:
    """Run ``effect(number)`` unless ``key`` was answered before; then give that answer back.
    Numbers begin with ``prefix``.

    ``effect`` decides first and changes after: when it returns a refusal it must have changed nothing. A key that was
    used for another act or subject is a fault of the caller and raises a permanent ShopError.
    """
    if not key:
        raise ShopError("a deed needs a key", permanent=True)
    if at.tzinfo is None:
        raise ShopError("the time of a deed must be aware", permanent=True)
    earlier = Deed.objects.filter(key=key).first()
    if earlier is not None:
        return _again(earlier, act, subject)
    try:
        with transaction.atomic():
            deed = Deed.objects.create(key=key, act=act, subject=compared(subject), at=at)
            deed.number = f"{prefix}-{deed.pk:06d}"
            answer = effect(deed.number)
            deed.answer = _written(answer)
            deed.save(update_fields=("number", "answer"))
            return answer
    except IntegrityError:
        # Somebody else took the same key between our look and our write: theirs is the answer.
        winner = Deed.objects.filter(key=key).first()
        if winner is None:
            raise
        return _again(winner, act, subject)


def _again(deed: Deed, act: str, subject: str) -> Answer:
    if (deed.act, deed.subject) != (act, compared(subject)):
        raise ShopError(f"the key was used for {deed.act!r} on {deed.subject!r}", permanent=True)
    return _read(deed)


def _written(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {"refusal": answer.why, "details": _plain(dict(answer.details))}
    return {
        "number": answer.number,
        "at": _plain(answer.at),
        "amount": _plain(answer.amount),
        "details": _plain(dict(answer.details)),
    }


def _read(deed: Deed) -> Answer:
    details = _value(deed.answer["details"])
    if "refusal" in deed.answer:
        return Refusal(deed.act, deed.answer["refusal"], details)
    return Receipt(deed.act, deed.answer["number"], _value(deed.answer["at"]), _value(deed.answer["amount"]), details)


def _plain(value: Any) -> Any:
    """JSON that remembers which values were money, times and dates; sequences come back as tuples."""
    if isinstance(value, Money):
        return {"$money": str(value)}
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(inner) for inner in plain)
    if not isinstance(plain, dict):
        return plain
    if "$money" in plain:
        return Money.parse(plain["$money"])
    if "$time" in plain:
        return datetime.fromisoformat(plain["$time"])
    if "$date" in plain:
        return date.fromisoformat(plain["$date"])
    return {key: _value(inner) for key, inner in plain.items()}
