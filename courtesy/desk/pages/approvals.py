"""Approvals: a deed that waits for a person's yes or no, with everything needed to decide."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels.deciding import decide_approval
from courtesy.conversations.models import Message
from courtesy.desk import why
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import shell
from courtesy.desk.plain import plain_text
from courtesy.desk.visible import approvals_visible_to
from courtesy.pack import editions
from courtesy.policy import granting
from courtesy.policy.approvals import AlreadyDecidedError, NotAllowedError
from courtesy.policy.models import Approval
from courtesy.workforce.models import Colleague

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Card:
    approval: Approval
    policy: str
    rule: str
    because: str
    amount: str
    facts: tuple[why.Fact, ...]
    said: list[Message]  # the customer's last words
    standing: granting.Standing | None = None  # of who looks at it


def card_of(approval: Approval, standing: granting.Standing | None = None) -> Card:
    verdict = approval.verdict
    facts = why.facts_of(verdict.get("facts"))
    amount = next((fact.value for fact in facts if fact.name == "amount"), "")
    said = Message.objects.filter(conversation=approval.conversation, author=Message.Author.CUSTOMER, internal=False)
    return Card(
        approval=approval,
        policy=str(verdict.get("policy") or ""),
        rule=str(verdict.get("rule") or ""),
        because=plain_text(verdict.get("because")),
        amount=amount,
        facts=facts,
        said=list(said.order_by("-sequence")[:3])[::-1],
        standing=standing,
    )


def _waiting(colleague: Colleague) -> list[Card]:
    rows = approvals_visible_to(colleague).filter(status=Approval.Status.WAITING).order_by("asked_at")
    pack, at = editions.in_force(), timezone.now()
    shown = rows.select_related("conversation__customer", "case", "asked_by")[:SHOWN]
    return [card_of(row, granting.standing(row, colleague, pack, at)) for row in shown]


def refusal_of(error: NotAllowedError) -> str:
    """Why this colleague may not, in their language."""
    if error.why == "own request":
        return _("You asked for it yourself: somebody else decides.")
    if error.why == "limit":
        return _("Your own limits do not reach for this; somebody of a higher grade decides.")
    return _("Your grade or team may not decide this.")


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    decided = approvals_visible_to(request.user).exclude(status=Approval.Status.WAITING)
    context = {
        "cards": _waiting(request.user),
        "decided": decided.select_related("decided_by", "conversation__customer").order_by("-decided_at")[:10],
    }
    if is_fragment(request) and request.headers.get("HX-Target") == "approval-cards":
        return render(request, "desk/parts/approval_cards.html", context)
    return shell(request, "desk/approvals.html", context, place="approvals")


@colleague_deed
def decide(request: DeskRequest, approval_id: str) -> HttpResponse:
    """Yes or no. A no needs a reason; what somebody else decided meanwhile stands."""
    approval = get_object_or_404(approvals_visible_to(request.user), pk=approval_id)
    answer, reason = request.POST.get("answer"), request.POST.get("reason", "").strip()
    if answer not in ("yes", "no"):
        return not_possible(request, _("Say yes or no."))
    try:
        decided = decide_approval(approval.pk, request.user, answer == "yes", reason, timezone.now())
    except NotAllowedError as error:
        return not_possible(request, refusal_of(error))
    except ValueError:
        return not_possible(request, _("Write the reason: the customer and the record need it."))
    except AlreadyDecidedError as error:
        decided = error.approval
    if not is_fragment(request):
        return redirect("desk:approvals")
    return render(request, "desk/parts/approval_decided.html", {"approval": decided, "me": request.user})
