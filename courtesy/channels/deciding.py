"""Deciding: a person's yes or no to a deed; the conversation goes on where it stood."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels.turns import resume
from courtesy.policy import approvals
from courtesy.policy.models import Approval
from courtesy.workforce.models import Colleague


@transaction.atomic
def decide_approval(approval_id: str, by: Colleague, granted: bool, reason: str, at: datetime) -> Approval:
    """Answer an approval and owe the turn that carries the answer out. Raises as ``policy.approvals.decide``."""
    approval = Approval.objects.select_related("conversation").get(pk=approval_id)
    approval = approvals.decide(approval, by=by, granted=granted, reason=reason, at=at)
    resume(approval.conversation_id, f"approval:{approval.pk}", at)
    return approval
