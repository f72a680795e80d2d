"""Files of a reply that is being written: laid into the composer one by one, and taken out again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels import enclosing
from courtesy.conversations.models import Conversation
from courtesy.desk.pages.access import DeskRequest, colleague_deed
from courtesy.desk.pages.conversation import find, gate, not_possible
from courtesy.desk.pages.speaking import enclose_all


@colleague_deed
def enclose(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """They stay with the draft, through a reload too, until the reply is said."""
    conversation = find(request, conversation_id)
    if gate(conversation, request.user) != "yours":
        return not_possible(request, _("You do not hold this conversation."))
    if problem := enclose_all(request, conversation, request.FILES.getlist("files"), timezone.now()):
        return not_possible(request, problem)
    return _lying(request, conversation)


@colleague_deed
def take_out(request: DeskRequest, conversation_id: str, file_id: str) -> HttpResponse:
    conversation = find(request, conversation_id)
    enclosing.take_out(conversation.pk, request.user, file_id)
    return _lying(request, conversation)


def _lying(request: DeskRequest, conversation: Conversation) -> HttpResponse:
    lying = list(enclosing.enclosed(conversation.pk, request.user))
    return render(request, "desk/parts/enclosures.html", {"conversation": conversation, "enclosures": lying})
