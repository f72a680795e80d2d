"""Approvals that wait: those who may decide are written to, the next grade is asked in time, and what nobody answers
expires, so that the customer hears of it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courtesy.channels import delivery
from courtesy.channels.deciding import decide_approval
from courtesy.channels.port import CarriesNotes, ChannelError
from courtesy.channels.turns import resume
from courtesy.conversations.models import Escalation
from courtesy.pack import editions
from courtesy.pack.model import Pack
from courtesy.pack.opening_hours import add_business
from courtesy.policy import approvals, granting, links
from courtesy.policy.models import Approval, DecisionLink
from courtesy.workforce.delegating import company_day
from courtesy.workforce.models import Colleague

log = logging.getLogger(__name__)

MOST = 500
WRITTEN_TO = 20  # colleagues for one approval
WITHOUT_LADDER = "5 business days"  # until it expires, where the pack has no ladder for approvals
LOCALES = {"en": "en", "es": "es", "zh": "zh-hans"}


def look(at: datetime) -> dict[str, int]:
    """Everything that is due by now: how many went up, expired, and how many colleagues were written to."""
    pack = editions.in_force(at)
    waiting = Approval.objects.filter(status=Approval.Status.WAITING).select_related("conversation", "asked_by")
    done = {"raised": 0, "expired": 0, "written": 0}
    for approval in waiting.order_by("asked_at")[:MOST]:
        step = _step(approval)
        if _is_over(approval, step, pack, at):
            done["expired"] += _expire(approval, at)
            continue
        if step is not None and _is_above(step.asked_of, approval.asked_of):
            done["raised"] += approvals.raise_to(approval, step.asked_of, at)
        if approval.mailed_to != approval.asked_of:
            done["written"] += write_to_deciders(approval, pack, at)
    return done


def _step(approval: Approval) -> Escalation | None:
    key = approvals.ladder_key(approval)
    return Escalation.objects.filter(key=key, status=Escalation.Status.WAITING).first()


def _is_over(approval: Approval, step: Escalation | None, pack: Pack, at: datetime) -> bool:
    if step is not None:
        return step.overdue_at is not None
    return at > add_business(pack.company, approval.asked_at, WITHOUT_LADDER)


def _is_above(grade: str, before: str) -> bool:
    order = granting.GRADES
    return grade in order and (before not in order or order.index(grade) > order.index(before))


@transaction.atomic
def _expire(approval: Approval, at: datetime) -> int:
    if not approvals.expire(approval, at):
        return 0
    if approval.asked_by is None:
        resume(approval.conversation_id, f"approval:{approval.pk}", at)
    return 1


# --- writing to those who may decide -------------------------------------------------------------


def write_to_deciders(approval: Approval, pack: Pack, at: datetime) -> int:
    """Send each colleague who is asked a link of their own. One that could not be sent does not hold up the others."""
    mail = delivery.channel_of("email")
    if not isinstance(mail, CarriesNotes):
        return 0
    written = 0
    for colleague in _deciders(approval, pack, at):
        token = links.make(approval, colleague, at)
        if token is None:
            continue
        subject, text = _note(approval, token, colleague, pack)
        try:
            mail.send_note(colleague.email, subject, text, colleague.language)
        except ChannelError as error:
            log.warning("an approval could not be mailed", extra={"approval": approval.pk, "error": str(error)[:200]})
            if not error.permanent:
                return written  # the next look tries again
            continue
        links.note_sent(approval, colleague, at)
        written += 1
    Approval.objects.filter(pk=approval.pk).update(mailed_to=approval.asked_of)
    return written


def _deciders(approval: Approval, pack: Pack, at: datetime) -> list[Colleague]:
    """Those who are asked and may say yes: the team, or the lowest grade from the one asked where somebody reaches."""
    if approval.asked_of not in granting.GRADES:
        return _reaching(approval, Colleague.objects.filter(teams__name=approval.asked_of), pack, at)
    order = granting.GRADES
    day = company_day(at)
    for grade in order[order.index(approval.asked_of) :]:
        lent = Q(
            delegations_taken__grade=grade,
            delegations_taken__ended_at=None,
            delegations_taken__first_day__lte=day,
            delegations_taken__last_day__gte=day,
        )
        if found := _reaching(approval, Colleague.objects.filter(Q(grade=grade) | lent).distinct(), pack, at):
            return found
    return []


def _reaching(approval: Approval, rows: QuerySet[Colleague], pack: Pack, at: datetime) -> list[Colleague]:
    able = rows.filter(is_active=True).order_by("name", "pk")[: 5 * WRITTEN_TO]
    return [one for one in able if not granting.standing(approval, one, pack, at).why_not][:WRITTEN_TO]


def _note(approval: Approval, token: str, colleague: Colleague, pack: Pack) -> tuple[str, str]:
    with translation.override(LOCALES.get(colleague.language, "en")):
        fields = {"company": pack.company.name, "summary": approval.summary or approval.act, "name": colleague.name}
        address = settings.COURTESY_URL + reverse("desk:by-link", args=[token])
        hours = int(links.LASTS.total_seconds() // 3600)
        lines = (
            _("%(name)s, a decision of yours is asked for:") % fields,
            fields["summary"],
            _("Look at it and say yes or no here: %(address)s") % {"address": address},
            _("The link is yours alone, works once and for %(hours)d hours. At the desk it can be decided too.")
            % {"hours": hours},
        )
        return _("Please decide: %(summary)s") % {"summary": fields["summary"][:120]}, "\n\n".join(lines)


# --- answering by a link -------------------------------------------------------------------------


@transaction.atomic
def decide_by_link(token: str, granted: bool, reason: str, at: datetime) -> tuple[links.State, DecisionLink | None]:
    """Answer the approval of a link, as its colleague. The state is "open" when it was decided now; any other says why
    it was not. Raises as ``policy.approvals.decide``; then the link stays what it was."""
    state, link = links.read(token, at, hold=True)
    if state != "open" or link is None:
        return state, link
    links.take(link, at)
    decide_approval(link.approval_id, link.colleague, granted, reason, at, through="link")
    return "open", link
