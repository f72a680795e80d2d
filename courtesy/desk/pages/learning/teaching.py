"""Teaching from one message: it was about something else, the answer was wrong, the right one is another."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.conversations import journal
from courtesy.conversations.models import Message
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import find, not_possible
from courtesy.desk.understood import Understood, understood_of
from courtesy.pack import editions
from courtesy.pack.model import Pack, Procedure
from courtesy.training.models import Proposal
from courtesy.training.proposing import (
    LONGEST_ARTICLE,
    EmptyError,
    Source,
    propose_article,
    propose_procedure,
    propose_question,
)

SUGGESTED = 3


def titled(procedure: Procedure, language: str) -> str:
    """A procedure as the colleague knows it."""
    return procedure.name if language == "en" else procedure.title.get(language) or procedure.name


def _said(request: DeskRequest, conversation_id: str, message_id: str) -> Message:
    """What a customer wrote, in a conversation that this colleague may see."""
    conversation = find(request, conversation_id)
    message = conversation.messages.filter(pk=message_id, author=Message.Author.CUSTOMER).first()
    if message is None:
        raise Http404
    return message


def _understood(message: Message) -> tuple[Understood, str]:
    """What was understood of a message, and the article that it was answered from ("" when from none)."""
    understood: dict[str, Any] = {}
    answered = ""
    kinds = ("understood", "answered")
    for entry in journal.entries_of(message.conversation_id).filter(kind__in=kinds):
        if entry.kind == "understood":
            if understood:
                break
            understood = entry.content if entry.content.get("message") == message.pk else {}
        elif understood:
            answered = str(entry.content.get("article") or "")
    return understood_of(understood, message.text), answered


def language_of(pack: Pack, written: str) -> str:
    return written if written in pack.company.languages else pack.company.languages[0]


@colleague_page
def form(request: DeskRequest, conversation_id: str, message_id: str) -> HttpResponse:
    """The ways in which this message may be corrected."""
    message = _said(request, conversation_id, message_id)
    understood, answered = _understood(message)
    pack, speaks = editions.in_force(), request.user.language
    language = language_of(pack, understood.language)
    near = [one.procedure for one in understood.readings if one.procedure in pack.procedures]
    names = {one.name: titled(one, speaks) for one in pack.procedures.values() if any(one.examples.values())}
    articles = {one.id: one.title for one in pack.articles if one.language == language}
    context = {
        "message": message,
        "understood": understood,
        "chosen": names.get(understood.chosen, understood.chosen),
        "near": [(name, names.get(name, name)) for name in near if name != understood.chosen][:SUGGESTED],
        "procedures": sorted(names.items(), key=lambda pair: pair[1].casefold()),
        "articles": sorted(articles.items(), key=lambda pair: pair[1].casefold()),
        "answered": answered,
        "answered_title": articles.get(answered, answered),
        "proposals": Proposal.objects.filter(message=message).order_by("pk"),
        "longest": LONGEST_ARTICLE,
    }
    return render(request, "desk/parts/teach.html", context)


@colleague_deed
def propose(request: DeskRequest, conversation_id: str, message_id: str) -> HttpResponse:
    """One correction becomes one proposal; what was refused as an answer and given anew becomes two."""
    message = _said(request, conversation_id, message_id)
    try:
        made = _proposed(request, message)
    except (EmptyError, LookupError):
        return not_possible(request, _("There is nothing in it to learn from."))
    if not is_fragment(request):
        return redirect("desk:proposal", made.pk)
    return render(request, "desk/parts/teach_thanks.html", {"proposal": made, "message": message})


def _proposed(request: DeskRequest, message: Message) -> Proposal:
    understood, answered = _understood(message)
    pack, given = editions.in_force(), request.POST
    language = language_of(pack, understood.language)
    source = Source(request.user, timezone.now(), message)
    if "article" in given:
        article = given["article"]
        return propose_question(
            pack, message.text, article, language, source, answers=True, instead_of=answered or understood.chosen
        )
    if "refuse" in given:
        return propose_question(pack, message.text, given["refuse"], language, source, answers=False)
    if given.get("text", "").strip():
        title = given.get("title", "").strip() or message.text
        return propose_article(pack, title, given["text"], [message.text], language, source)
    if "procedure" not in given:
        raise EmptyError
    return propose_procedure(
        pack, message.text, given["procedure"], language, source, instead_of=understood.chosen or answered
    )
