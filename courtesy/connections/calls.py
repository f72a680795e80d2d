"""Calls: noted inside a turn, made after it is committed, settled before the next one begins.

A turn is one transaction and may be rolled back; what was done elsewhere cannot be. So the turn only notes the call,
with its key; it is marked as sent in a transaction of its own before the first byte leaves. A call found "sending" was
cut off: a look-up is asked again, an act only where the system knows the key; else it is looked up whether it was
done, else a person looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from courtesy.connections.models import Call
from courtesy.connections.port import System, SystemAway, Told
from courtesy.connections.systems.book import OwnBook
from courtesy.connections.systems.http import Http
from courtesy.connections.systems.mcp import Mcp
from courtesy.foundation.money import Money
from courtesy.pack.answers import UnfitAnswer, parse, read_answer
from courtesy.pack.connections import Operation
from courtesy.pack.model import Pack

SYSTEMS: dict[str, System] = {"http": Http(), "mcp": Mcp(), "book": OwnBook()}
Status = Call.Status


def note(
    pack: Pack, operation: Operation, values: Mapping[str, Any], *, key: str, conversation: str, at: datetime
) -> Call:
    """Write down what is to be asked or done; the same key is the same call."""
    call, _ = Call.objects.get_or_create(
        key=key,
        defaults={
            "conversation": conversation,
            "edition": pack.edition,
            "connection": operation.connection,
            "operation": operation.name,
            "values": {name: as_sent(value) for name, value in values.items()},
            "asked_at": at,
        },
    )
    return call


def as_sent(value: Any) -> Any:
    """A slot's or field's value for JSON: amounts as exact text, whole numbers as such, dates as ISO 8601."""
    if isinstance(value, Money):
        return str(value.amount)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)


def edition_of(id: str) -> str:
    """The edition that a call was noted, and judged, under."""
    return Call.objects.values_list("edition", flat=True).get(pk=id)


def make(id: str, pack: Pack, *, at: datetime) -> Call:
    """Make a noted call, once; what came of it stands in its row. Never inside a turn's transaction."""
    call = Call.objects.get(pk=id)
    operation = pack.connections.operation(call.operation)
    if call.status not in (Status.WAITING, Status.SENDING):
        return call
    if operation is None:
        return _settle(call, Status.FAILED, at, reason="the pack no longer declares it")
    cut_off = call.status == Status.SENDING
    if not cut_off and not Call.objects.filter(pk=id, status=Status.WAITING).update(status=Status.SENDING):
        return Call.objects.get(pk=id)  # another process has it
    if cut_off and operation.changes and not operation.idempotency:
        return _find_out(call, operation, pack, at, "the call was cut off")
    return _try(call, operation, pack, at, maybe_done=cut_off)


def rehearse(id: str, pack: Pack, *, at: datetime) -> Call:
    """Settle a call with the example that the pack writes for it; nothing leaves the house. The company's own book is
    in the house: there it is really made."""
    call = Call.objects.get(pk=id)
    operation = pack.connections.operation(call.operation)
    if operation is not None and pack.connections.of(operation).over == "book":
        return make(id, pack, at=at)
    if operation is None or not operation.example:
        return _settle(call, Status.FAILED, at, reason="the pack has no example for it")
    return _take(call, operation, pack, Told(operation.example), at)


def _try(call: Call, operation: Operation, pack: Pack, at: datetime, *, maybe_done: bool) -> Call:
    connection = pack.connections.of(operation)
    reason = ""
    for _ in range(operation.tries):
        Call.objects.filter(pk=call.pk).update(tries=call.tries + 1)
        call.tries += 1
        try:
            told = SYSTEMS[connection.over].ask(connection, operation, call.values, call.key, at)
        except SystemAway as away:
            reason = str(away)
            maybe_done = maybe_done or away.sent
            safe = not operation.changes or not maybe_done or bool(operation.idempotency)
            if away.permanent or not safe:
                break
        else:
            return _take(call, operation, pack, told, at)
    if operation.changes and maybe_done:
        return _find_out(call, operation, pack, at, reason)
    return _settle(call, Status.FAILED, at, reason=reason)


def _take(call: Call, operation: Operation, pack: Pack, told: Told, at: datetime) -> Call:
    """Keep the answer, if it is what the pack declares; an act whose answer is not may well have been done."""
    if told.refused:
        return _settle(call, Status.REFUSED, at, reason=operation.refusals[told.refused])
    if not told.found:
        return _settle(call, Status.NOT_FOUND, at)
    try:
        read_answer(operation, parse(told.content), pack.company.currency, at.date())
    except UnfitAnswer as unfit:
        return _settle(call, Status.UNSURE if operation.changes else Status.FAILED, at, reason=str(unfit))
    return _settle(call, Status.ANSWERED, at, answer=told.content)


def _find_out(call: Call, operation: Operation, pack: Pack, at: datetime, reason: str) -> Call:
    """Whether an act was done though its answer never came. Only a clear yes counts; all else is for a person."""
    unsure = operation.unsure
    look_up = pack.connections.operation(unsure.look_up) if unsure else None
    if unsure is None or look_up is None:
        return _settle(call, Status.UNSURE, at, reason=reason)
    sent = {argument.name: call.values.get(argument.to) for argument in operation.arguments}
    values = {one.to: sent[one.name] for one in look_up.arguments if sent.get(one.name) is not None}
    connection = pack.connections.of(look_up)
    try:
        told = SYSTEMS[connection.over].ask(connection, look_up, values, "", at)
        found = read_answer(look_up, parse(told.content), pack.company.currency, at.date()).fields if told.found else {}
    except (SystemAway, UnfitAnswer) as error:
        return _settle(call, Status.UNSURE, at, reason=f"{reason}; {error}")
    if all(str(found.get(name, "")).casefold() == _wanted(value) for name, value in unsure.done_when.items()):
        return _settle(call, Status.ANSWERED, at, reason="found done by looking it up")
    return _settle(call, Status.UNSURE, at, reason=reason)


def _wanted(written: str) -> str:
    return written.removeprefix("is ").strip().casefold()


def _settle(call: Call, status: Status, at: datetime, *, answer: str = "", reason: str = "") -> Call:
    """Settle it, unless another process has: the first answer stands."""
    open_ = Call.objects.filter(pk=call.pk, status__in=(Status.WAITING, Status.SENDING))
    open_.update(status=status, answer=answer, reason=reason[:300], settled_at=at)
    return Call.objects.get(pk=call.pk)


def find(id: str) -> Call | None:
    return Call.objects.filter(pk=id).first()


def give_up(id: str, reason: str, *, at: datetime) -> Call:
    """Settle a call that broke on our side: what was sent already may have been done."""
    call = Call.objects.get(pk=id)
    return _settle(call, Status.UNSURE if call.status == Status.SENDING else Status.FAILED, at, reason=reason)
