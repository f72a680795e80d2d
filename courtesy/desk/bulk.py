"""Several conversations at once: give, close, snooze, tag; and all of it undone while nothing else has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from courtesy.channels import sending_later
from courtesy.conversations import holding, snoozing, tagging
from courtesy.conversations.holding import Standing
from courtesy.conversations.models import Conversation
from courtesy.desk.models import BulkAct
from courtesy.desk.visible import conversations_visible_to
from courtesy.workforce.models import Colleague

ACTS = ("assign", "close", "snooze", "tag")
MOST = 200
LEAD = Colleague.Grade.TEAM_LEAD


def may_move(conversation: Conversation, colleague: Colleague) -> bool:
    """Whether the colleague may give it away or close it: nobody else holds it, or they lead."""
    return conversation.holder_id in (None, colleague.pk) or colleague.has_grade(LEAD)


@transaction.atomic
def do(
    act: str,
    ids: Sequence[str],
    colleague: Colleague,
    at: datetime,
    *,
    to: Colleague | None = None,
    until: datetime | None = None,
    tag: str = "",
    code: str = "",
) -> tuple[BulkAct, int]:
    """Do it with each that the colleague may do it with; returns what was done, and how many were passed over."""
    chosen = list(dict.fromkeys(ids))[:MOST]
    found = conversations_visible_to(colleague).filter(pk__in=chosen).select_related("holder", "team").order_by("pk")
    done: list[dict[str, Any]] = []
    for conversation in found:
        before = asdict(holding.standing_of(conversation))
        if _done(act, conversation, colleague, at, to=to, until=until, tag=tag, code=code):
            version = Conversation.objects.values_list("version", flat=True).get(pk=conversation.pk)
            done.append({"conversation": conversation.pk, "version": version, "standing": _as_json(before)})
    value = to.pk if to else tagging.as_tag(tag) if act == "tag" else until.isoformat() if until else ""
    row = BulkAct.objects.create(colleague=colleague, act=act, value=value, before=done, at=at)
    return row, len(chosen) - len(done)


def _done(
    act: str,
    conversation: Conversation,
    colleague: Colleague,
    at: datetime,
    *,
    to: Colleague | None,
    until: datetime | None,
    tag: str,
    code: str,
) -> bool:
    closed = conversation.status == Conversation.Status.CLOSED
    if act == "tag":
        return tagging.tag(conversation, tag, colleague.pk, at)
    if closed or not may_move(conversation, colleague):
        return False
    if act == "close" and sending_later.is_scheduled(conversation.pk):
        return False
    if act in ("assign", "close"):
        sending_later.flush(conversation.pk, at)
    if act == "assign":
        if to is not None and not conversations_visible_to(to).filter(pk=conversation.pk).exists():
            return False
        holding.assign(conversation, to, colleague, at)
    elif act == "close":
        holding.close(conversation, colleague.pk, at, code)
    else:
        snoozing.snooze(conversation, until, colleague.pk, at)
    return True


@transaction.atomic
def undo(row: BulkAct, at: datetime) -> tuple[int, int]:
    """Put back what has not moved on since: (how many were put back, how many were left). Once for each act."""
    if not BulkAct.objects.filter(pk=row.pk, undone_at__isnull=True).update(undone_at=at):
        return (0, 0)
    known = Conversation.objects.in_bulk([one["conversation"] for one in row.before])
    back = sum(
        _put_back(row, one, known[one["conversation"]], at) for one in row.before if one["conversation"] in known
    )
    return back, len(row.before) - back


def _put_back(row: BulkAct, one: dict[str, Any], conversation: Conversation, at: datetime) -> bool:
    if row.act == "tag":
        return tagging.untag(conversation, row.value, row.colleague_id, at)
    if conversation.version != int(one["version"]):
        return False
    standing = one["standing"]
    moments = {name: _moment(standing[name]) for name in ("due_at", "closed_at", "snoozed_until")}
    before = Standing(**{**standing, **moments})
    if row.act == "snooze":
        snoozing.snooze(conversation, before.snoozed_until, row.colleague_id, at)
        return True
    return holding.put_back(conversation, before, int(one["version"]), row.colleague, at)


def _as_json(before: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in before.items()}


def _moment(written: str | None) -> datetime | None:
    return parse_datetime(written) if written else None
