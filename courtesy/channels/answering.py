"""Answering: what a colleague knows reaches the customer who asked, in the conversation where it was asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courtesy.channels.turns import resume
from courtesy.conversations import escalating, journal
from courtesy.conversations.models import Case
from courtesy.workforce.models import Colleague


@transaction.atomic
def answer_question(case_id: int, by: Colleague, text: str, at: datetime) -> Case:
    """Keep the answer with its question and owe the turn that tells the customer. A second answer is refused."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if not text.strip():
        raise ValueError("write the answer that the customer should get")
    if case.details.get("answer"):
        raise ValueError("this question was answered already")
    case.details = {**case.details, "answer": text.strip(), "answered by": by.name}
    case.save(update_fields=["details"])
    journal.write(
        "question answered",
        actor=by.pk,
        at=at,
        conversation=case.conversation_id,
        content={"case": case.number, "question": case.details.get("question", ""), "answer": text.strip()},
    )
    escalating.settle(f"question:{case.pk}", at, by.pk)
    resume(case.conversation_id, f"answer:{case.pk}", at)
    return case
