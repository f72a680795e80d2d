"""Registering a complaint: a tracking code, a category, its clocks, and the acknowledgement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from courtesy.conversations import cases, escalating, journal
from courtesy.conversations.complaints import clocks
from courtesy.conversations.models import Case, Complaint, Conversation
from courtesy.pack.complaining import ANSWER_WITHIN, category_of, classify, clocks_for, reopened_within, team_for
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.workforce.models import Colleague, Team


@transaction.atomic
def register(
    conversation: Conversation,
    pack: Pack,
    text: str,
    *,
    at: datetime,
    language: str,
    country: str = "",
    procedure: str = "",
    task: str = "",
    details: Mapping[str, Any] | None = None,
) -> Complaint:
    """Register what the customer is not content with. The same task twice is one complaint; ``details`` may hold the
    order and the remedy asked for. The case's number is the tracking code, its ``due_at`` the first legal answer."""
    case = cases.open_case(
        conversation,
        kind=Case.Kind.COMPLAINT,
        title=" ".join(text.split())[:120],
        at=at,
        procedure=procedure,
        task=task,
        details={"complaint": text, **(details or {})},
    )
    if known := Complaint.objects.filter(case=case).first():
        return known
    category = classify(pack, text, language)
    name = category.name if category else ""
    team, _ = Team.objects.get_or_create(name=team_for(pack, name))
    complaint = Complaint.objects.create(
        case=case,
        text=text,
        remedy=str((details or {}).get("remedy") or "")[:120],
        category=name,
        severity=category.severity if category else "medium",
        country=country or pack.company.country,
        channel=conversation.channel,
        team=team,
        registered_at=at,
        edition=pack.edition,
    )
    _start(complaint, pack, at)
    content = {"case": case.number, "category": name, "severity": complaint.severity, "team": team.name}
    _note(complaint, "complaint registered", "representative", at, content | {"country": complaint.country})
    key, because = f"complaint:{complaint.pk}:0", f"{case.number}: {complaint.category}"
    escalating.escalate(
        conversation, pack, matter="complaint", key=key, because=because, at=at, case=case, first=team.name
    )
    return complaint


def _start(complaint: Complaint, pack: Pack, at: datetime) -> None:
    """Start the clocks of the complaint's category and set the case's date."""
    on = at.astimezone(ZoneInfo(pack.company.time_zone)).date()
    rules = clocks_for(pack, complaint.country, complaint.category, on)
    clocks.start(complaint, rules, pack.company, at, complaint.reopened)
    due = clocks.next_due(complaint) or add_business(pack.company, at, ANSWER_WITHIN)
    Case.objects.filter(pk=complaint.case_id).update(due_at=due)
    complaint.case.due_at = due


@transaction.atomic
def acknowledge(complaint: Complaint, at: datetime, by: str = "representative") -> None:
    """The customer was told that it is registered, with its number and date. Once."""
    if complaint.acknowledged_at is not None:
        return
    complaint.acknowledged_at = at
    complaint.save(update_fields=["acknowledged_at"])
    _note(complaint, "complaint acknowledged", by, at, {"case": complaint.case.number})
    clocks.settle(complaint, "acknowledged", at, by)


@transaction.atomic
def reclassify(complaint: Complaint, category: str, pack: Pack, by: Colleague, at: datetime) -> str:
    """Put it into another category: clocks that are not of it stop, those of it run from the registration on.
    Returns why that cannot be, "" when done."""
    found = category_of(pack, category)
    if found is None:
        return "this category is not in the company's pack"
    if complaint.category == category:
        return ""
    before = complaint.category
    complaint.category, complaint.severity = category, found.severity
    complaint.team, _ = Team.objects.get_or_create(name=team_for(pack, category))
    complaint.save(update_fields=["category", "severity", "team"])
    _note(complaint, "complaint classified", by.pk, at, {"case": complaint.case.number, "from": before, "to": category})
    began = complaint.clocks.filter(round=complaint.reopened).order_by("started_at").first()
    since = began.started_at if began else complaint.registered_at
    on = since.astimezone(ZoneInfo(pack.company.time_zone)).date()
    names = {rule.name for rule in clocks_for(pack, complaint.country, category, on)}
    clocks.stop(complaint.clocks.exclude(name__in=names), f"it is about {category}", at, by.pk)
    if complaint.stage in (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING):
        _start(complaint, pack, since)
        if complaint.acknowledged_at is not None:
            clocks.settle(complaint, "acknowledged", complaint.acknowledged_at, by.pk)
    return ""


@transaction.atomic
def investigate(complaint: Complaint, findings: str, by: Colleague, at: datetime) -> None:
    """A colleague takes it on, and writes what was found out. The first to do so owns it."""
    complaint.owner = complaint.owner or by
    complaint.findings = findings.strip()
    if complaint.stage == Complaint.Stage.REGISTERED:
        complaint.stage = Complaint.Stage.INVESTIGATING
    complaint.save(update_fields=["owner", "findings", "stage"])
    content = {"case": complaint.case.number, "owner": complaint.owner.name, "findings": complaint.findings}
    _note(complaint, "complaint investigated", by.pk, at, content)
    escalating.settle(f"complaint:{complaint.pk}:{complaint.reopened}", at, by.pk)


@transaction.atomic
def note_remedy(case_id: int, remedy: str, at: datetime) -> None:
    """What the customer would like, said after the complaint was registered."""
    complaint = Complaint.objects.select_related("case").filter(case=case_id).exclude(remedy=remedy[:120]).first()
    if complaint is None:
        return
    complaint.remedy = remedy[:120]
    complaint.save(update_fields=["remedy"])
    content = {"case": complaint.case.number, "remedy": complaint.remedy}
    _note(complaint, "complaint remedy", "customer", at, content)


def may_reopen(complaint: Complaint, pack: Pack, at: datetime) -> bool:
    """Whether it was answered, and not longer ago than the pack allows."""
    answered = complaint.answered_at or complaint.closed_at
    if answered is None or complaint.stage not in (Complaint.Stage.ANSWERED, Complaint.Stage.CLOSED):
        return False
    return at <= add_business(pack.company, answered, reopened_within(pack))


@transaction.atomic
def reopen(complaint: Complaint, pack: Pack, because: str, at: datetime, by: str = "customer") -> bool:
    """The customer is not content: it is open again under the same number, with new clocks. False when too late."""
    if not may_reopen(complaint, pack, at):
        return False
    complaint.reopened += 1
    complaint.stage, complaint.content = Complaint.Stage.INVESTIGATING, False
    complaint.answered_at = complaint.closed_at = complaint.follow_up_at = complaint.followed_up_at = None
    complaint.acknowledged_at = None
    complaint.save()
    cases.settle_case(complaint.case, Case.Status.OPEN, at, by)
    content = {"case": complaint.case.number, "because": because, "times": complaint.reopened}
    _note(complaint, "complaint reopened", by, at, content)
    _start(complaint, pack, at)
    return True


def of_conversation(conversation_id: str) -> Complaint | None:
    """The latest complaint of a conversation."""
    found = Complaint.objects.filter(case__conversation=conversation_id).select_related("case")
    return found.order_by("-registered_at").first()


def _note(complaint: Complaint, kind: str, by: str, at: datetime, content: Mapping[str, Any]) -> None:
    journal.write(kind, actor=by, at=at, conversation=complaint.case.conversation_id, content=content)
