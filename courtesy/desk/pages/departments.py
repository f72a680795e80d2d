"""Asked of others: questions about a case that departments, teams and people outside answer, and their answers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courtesy.channels import departments
from courtesy.conversations import asking_others
from courtesy.conversations.models import SideConversation
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page
from courtesy.desk.pages.conversation import find, not_possible
from courtesy.desk.pages.learning.teaching import language_of
from courtesy.desk.pages.shell import shell
from courtesy.desk.visible import conversations_visible_to, sides_visible_to
from courtesy.interpreter import assisting
from courtesy.language.detection import detect
from courtesy.pack import editions
from courtesy.training.proposing import EmptyError, Source, propose_article

Status = SideConversation.Status
SHOWN = 50
LONGEST = asking_others.LONGEST
WHY_NOT = {
    "there are no words": gettext_lazy("Write the answer that the customer should get."),
    "settled already": gettext_lazy("Somebody has settled this already."),
    "somebody else is speaking": gettext_lazy("Somebody else is speaking with this customer."),
    "it denies a right": gettext_lazy("It denies a right that the customer has by law. Write it in other words."),
}


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    seen = sides_visible_to(request.user).select_related("case", "conversation__customer")
    context = {
        "answered": seen.filter(status=Status.ANSWERED).order_by("due_at")[:SHOWN],
        "waiting": seen.filter(status=Status.WAITING).order_by("due_at")[:SHOWN],
        "settled": seen.filter(status__in=(Status.SENT_ON, Status.CLOSED)).order_by("-settled_at")[:SHOWN],
        "now": timezone.now(),
    }
    return shell(request, "desk/departments.html", context, place="departments")


@colleague_page
def ask(request: DeskRequest, conversation_id: str) -> HttpResponse:
    company = editions.in_force().company
    places = list(dict.fromkeys((*company.departments, *company.teams)))
    context = {"conversation": find(request, conversation_id), "places": places, "departments": company.departments}
    return shell(request, "desk/department_ask.html", {**context, "longest": LONGEST}, place="departments")


@colleague_deed
def send(request: DeskRequest, conversation_id: str) -> HttpResponse:
    """Ask a department or team of the company, or an address outside."""
    conversation, pack, form = find(request, conversation_id), editions.in_force(), request.POST
    question, to, outside = form.get("question", "").strip(), form.get("to", ""), form.get("address", "").strip()
    if not question:
        return not_possible(request, _("Write what you want to know."))
    if outside:
        try:
            validate_email(outside)
        except ValidationError:
            return not_possible(request, _("This is not an e-mail address."))
        to = outside
    elif to not in (*pack.company.teams, *pack.company.departments):
        return not_possible(request, _("Say whom you ask."))
    side = departments.ask(
        conversation, pack, to=to, question=question, by=request.user, at=timezone.now(), address=outside.lower()
    )
    return redirect("desk:department", side.pk)


@colleague_page
def one(request: DeskRequest, side_id: str) -> HttpResponse:
    return shell(request, "desk/department.html", _context(request, _side(request, side_id)), place="departments")


@colleague_deed
def act(request: DeskRequest, side_id: str) -> HttpResponse:
    """Ask on, answer at the desk, send the answer on to the customer, or say that it is not needed any more."""
    side, at, by, form = _side(request, side_id), timezone.now(), request.user, request.POST
    text, deed, why_not = form.get("text", "").strip()[:LONGEST], form.get("deed"), ""
    if deed == "ask":
        why_not = "" if departments.ask_on(side, text, by, at) else "there are no words"
    elif deed == "answer":
        why_not = "" if text else "there are no words"
        if text:
            asking_others.take_answer(side, text, author=by.name, at=at, actor=by.pk)
    elif not _sees_conversation(request, side):
        return not_possible(request, _("You do not see this conversation."))
    elif deed == "send on":
        why_not = departments.send_on(side, text, by, at)
        if not why_not and form.get("propose") == "yes":
            _propose(request, side, text)
    elif deed == "close":
        why_not = "" if asking_others.settle(side, Status.CLOSED, by, at) else "settled already"
    if why_not:
        return not_possible(request, str(WHY_NOT[why_not]))
    return redirect("desk:department", side.pk)


@colleague_deed
def draft(request: DeskRequest, side_id: str) -> HttpResponse:
    """The answer in the customer's language, from the language model, for the colleague to read and send."""
    side = _side(request, side_id)
    said = [("customer", str(side.case.details.get("question", side.question)))]
    language = language_of(editions.in_force(), side.conversation.language)
    answer = [asking_others.answer_of(side)]
    text = assisting.draft(said, answer, language=language, conversation=side.conversation_id, at=timezone.now())
    if text is None:
        return not_possible(request, _("The language model has nothing to offer just now. Write it yourself."))
    context = _context(request, side) | {"answer": text, "other_language": False}
    return shell(request, "desk/department.html", context, place="departments")


def _context(request: DeskRequest, side: SideConversation) -> dict[str, Any]:
    languages = editions.in_force().company.languages
    answer, spoken = asking_others.answer_of(side), side.conversation.language
    written, _sure, _known = detect(answer, languages, spoken) if answer else (spoken, 1.0, True)
    return {
        "side": side,
        "messages": side.messages.order_by("sequence"),
        "answer": answer,
        "other_language": bool(answer and spoken and written != spoken),
        "sees_conversation": _sees_conversation(request, side),
        "is_open": side.status in (Status.WAITING, Status.ANSWERED),
        "longest": LONGEST,
        "now": timezone.now(),
    }


def _side(request: DeskRequest, side_id: str) -> SideConversation:
    seen = sides_visible_to(request.user).select_related("case", "conversation__customer", "opened_by")
    return get_object_or_404(seen, pk=side_id)


def _sees_conversation(request: DeskRequest, side: SideConversation) -> bool:
    return conversations_visible_to(request.user).filter(pk=side.conversation_id).exists()


def _propose(request: DeskRequest, side: SideConversation, text: str) -> None:
    """The answer as an article for the next who asks; it is tested and decided as every proposal."""
    pack = editions.in_force()
    question = str(side.case.details.get("question", side.question))
    source = Source(request.user, timezone.now(), conversation=side.conversation)
    try:
        language = language_of(pack, side.conversation.language)
        propose_article(pack, question[:1].upper() + question[1:], text, [question], language, source)
    except EmptyError:
        return
