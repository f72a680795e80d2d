"""Questions that the representative could not answer: a colleague's answer goes to the customer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels.answering import answer_question
from courtesy.conversations.models import Case
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.learning.teaching import language_of
from courtesy.desk.pages.shell import open_questions, shell
from courtesy.desk.visible import cases_visible_to
from courtesy.pack import editions
from courtesy.training.models import Proposal
from courtesy.training.proposing import EmptyError, Source, propose_article

SHOWN = 50


@colleague_page
def show(request: DeskRequest) -> HttpResponse:
    questions = open_questions(request.user).select_related("conversation__customer")[:SHOWN]
    return shell(request, "desk/questions.html", {"questions": questions}, place="questions")


@colleague_deed
def answer(request: DeskRequest, case_id: int) -> HttpResponse:
    case = get_object_or_404(cases_visible_to(request.user), pk=case_id)
    text = request.POST.get("text", "").strip()
    if not text:
        return not_possible(request, _("Write the answer that the customer should get."))
    if "question" not in case.details:
        return not_possible(request, _("This case is not a question."))
    try:
        case = answer_question(case.pk, request.user, text, timezone.now())
    except ValueError:
        return not_possible(request, _("Somebody has answered this already."))
    proposal = _proposed(request, case, text) if request.POST.get("propose") == "yes" else None
    if not is_fragment(request):
        return redirect("desk:questions")
    return render(request, "desk/parts/question_answered.html", {"case": case, "proposal": proposal})


def _proposed(request: DeskRequest, case: Case, text: str) -> Proposal | None:
    """The answer as an article for the next customer who asks; None where there is nothing in it to learn from."""
    pack, question = editions.in_force(), str(case.details["question"])
    language = language_of(pack, case.conversation.language)
    source = Source(request.user, timezone.now(), conversation=case.conversation)
    try:
        return propose_article(pack, question[:1].upper() + question[1:], text, [question], language, source)
    except EmptyError:
        return None
