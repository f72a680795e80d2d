"""Deciding: a person's yes or no to a deed; the conversation goes on where it stood."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels.turns import resume
from courtesy.pack import editions
from courtesy.policy import approvals
from courtesy.policy.models import Approval
from courtesy.representative import by_hand
from courtesy.workforce.models import Colleague


@transaction.atomic
def decide_approval(
    approval_id: str, by: Colleague, granted: bool, reason: str, at: datetime, *, through: str = "desk"
) -> Approval:
    """Answer an approval. What a colleague asked for is done at once; else the turn is owed that carries the answer
    out. Raises as ``policy.approvals.decide``."""
    pack = editions.in_force(at)
    approval = Approval.objects.select_related("conversation", "asked_by").get(pk=approval_id)
    approval = approvals.decide(approval, by=by, granted=granted, reason=reason, at=at, pack=pack, through=through)
    if approval.asked_by is not None:
        if granted:
            by_hand.carry_out(approval, pack, at)
        return approval
    resume(approval.conversation_id, f"approval:{approval.pk}", at)
    return approval
