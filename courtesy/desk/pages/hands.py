"""Changes of hands: take over, hand back, give to a colleague, close and reopen; promises kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels import sending_later
from courtesy.conversations import holding, promises
from courtesy.desk.pages.access import DeskRequest, colleague_deed
from courtesy.desk.pages.conversation import colleagues_for, find, gate, news_of, not_possible
from courtesy.desk.wrapping_up import problem_of
from courtesy.pack import editions
from courtesy.workforce.models import Colleague


@colleague_deed
def take_over(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    if not holding.take_over(conversation, request.user, timezone.now()):
        conversation = find(request, conversation_id)
        name = conversation.holder.name if conversation.holder else ""
        return news_of(request, conversation, toast=_("%(name)s was faster and holds it now.") % {"name": name})
    return news_of(request, find(request, conversation_id), toast=_("You have taken over. The assistant is silent."))


@colleague_deed
def hand_back(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    sending_later.flush(conversation.pk, timezone.now())
    if not holding.hand_back(conversation, request.user, timezone.now()):
        return not_possible(request, _("You do not hold this conversation."))
    return news_of(request, find(request, conversation_id), toast=_("Handed back to the assistant."))


@colleague_deed
def assign(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Give it to a colleague who may see it, or to the team ("")."""
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) in ("other", "closed") and not request.user.has_grade(
        Colleague.Grade.TEAM_LEAD
    ):
        return not_possible(request, _("Only its holder or a team lead can give it to somebody else."))
    wanted = request.POST.get("colleague", "")
    to = next((one for one in colleagues_for(conversation) if one.pk == wanted), None)
    if wanted and to is None:
        return not_possible(request, _("This colleague cannot take it."))
    sending_later.flush(conversation.pk, timezone.now())
    holding.assign(conversation, to, request.user, timezone.now())
    told = _("Given to %(name)s.") % {"name": to.name} if to else _("Given to the team.")
    return news_of(request, find(request, conversation_id), toast=told)


@colleague_deed
def close(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) == "other" and not request.user.has_grade(Colleague.Grade.TEAM_LEAD):
        return not_possible(request, _("Only its holder or a team lead can close it."))
    code = request.POST.get("code", "")
    if problem := problem_of(editions.in_force().company, code):
        return not_possible(request, problem)
    if sending_later.is_scheduled(conversation.pk):
        return not_possible(request, _("A reply waits here for its time. Send it or give it up first."))
    sending_later.flush(conversation.pk, timezone.now())
    holding.close(conversation, request.user.pk, timezone.now(), code)
    return news_of(request, find(request, conversation_id), toast=_("Closed."))


@colleague_deed
def reopen(request: DeskRequest, conversation_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) != "closed":
        return not_possible(request, _("It is open already."))
    holding.reopen(conversation, timezone.now(), by=request.user.pk)
    return news_of(request, find(request, conversation_id), toast=_("Reopened."))


@colleague_deed
def keep_promise(request: DeskRequest, conversation_id: str, promise_id: int) -> HttpResponse:
    conversation = find(request, conversation_id)
    promise = get_object_or_404(conversation.promises.all(), pk=promise_id)
    promises.keep(promise, request.user.pk, timezone.now())
    return news_of(request, find(request, conversation_id), toast=_("Noted as kept."))
