"""Questions that the representative could not answer: a colleague's answer goes to the customer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.channels.answering import answer_question
from courtesy.desk.pages.access import DeskRequest, colleague_deed, colleague_page, is_fragment
from courtesy.desk.pages.conversation import not_possible
from courtesy.desk.pages.shell import open_questions, shell
from courtesy.desk.visible import cases_visible_to

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
    if not is_fragment(request):
        return redirect("desk:questions")
    return render(request, "desk/parts/question_answered.html", {"case": case})
