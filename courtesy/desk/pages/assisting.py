"""What a language model writes for a colleague: a draft into the reply, a summary into the note. Nothing is sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Message
from courtesy.desk.pages.access import DeskRequest, colleague_deed
from courtesy.desk.pages.conversation import find, not_possible
from courtesy.interpreter import asking, assisting
from courtesy.knowledge.finding import find_several
from courtesy.pack import editions

TOLD = 12  # of the latest messages
PASSAGES = 3


@colleague_deed
def draft(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """The reply's field with a draft below what stands in it already."""
    conversation = find(request, conversation_id)
    said, at = _said(conversation), timezone.now()
    pack = editions.in_force(at)
    language = conversation.language or pack.company.languages[0]
    question = next((text for who, text in reversed(said) if who == "customer"), "")
    found = find_several(pack, question, language, at=at, most=PASSAGES) if question else ()
    text = assisting.draft(
        said, [passage.text for passage in found], language=language, conversation=conversation.pk, at=at
    )
    return _field(request, conversation, text, internal=False)


@colleague_deed
def summary(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """The note's field with a summary below what stands in it already."""
    conversation = find(request, conversation_id)
    text = assisting.summarise(
        _said(conversation),
        spoken=conversation.language or "en",
        language=request.user.language or "en",
        conversation=conversation.pk,
        at=timezone.now(),
    )
    return _field(request, conversation, text, internal=True)


def _said(conversation: Conversation) -> list[tuple[str, str]]:
    """Who said what, without notes for the house."""
    latest = Message.objects.filter(conversation=conversation, internal=False).order_by("-sequence")[:TOLD]
    mine = Message.Author.CUSTOMER
    return [("customer" if one.author == mine else "company", one.text) for one in reversed(latest)]


def _field(request: DeskRequest, conversation: Conversation, text: str | None, *, internal: bool) -> HttpResponse:
    if text is None:
        return not_possible(request, _("The language model has nothing to offer just now. Write it yourself."))
    journal.write(
        "assisted",
        actor=request.user.pk,
        at=timezone.now(),
        conversation=conversation.pk,
        content={"by": asking.name(), "for": "note" if internal else "reply"},
    )
    before = request.POST.get("text", "").strip()
    whole = f"{before}\n\n{text}" if before else text
    return render(request, "desk/parts/assisted.html", {"text": whole, "internal": internal})
