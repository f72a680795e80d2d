"""What can be put into a reply, looked for by word while it is written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from courtesy.desk import customer_card, insertable
from courtesy.desk.pages.access import DeskRequest, colleague_page
from courtesy.desk.pages.conversation import find
from courtesy.desk.visible import conversations_visible_to
from courtesy.pack import editions


@colleague_page
def show(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Options of the list beside the composer."""
    conversation, pack = find(request, conversation_id), editions.in_force()
    card = customer_card.card_of(conversation, conversations_visible_to(request.user))
    values = insertable.values_of(pack, card, conversation.identity_order, request.user)
    words, day = request.GET.get("words", "")[:100], timezone.localdate()
    found = insertable.find(pack, words, conversation.language, values, day)
    context = {"found": found, "kinds": ("phrase", "article")}
    return render(request, "desk/parts/insertable.html", context)
