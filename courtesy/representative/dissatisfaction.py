"""Dissatisfaction beside another wish, and what a customer says after a complaint was answered."""

from __future__ import annotations

import re

from courtesy.conversations.complaints import answering, clocks, registering
from courtesy.conversations.models import Complaint, Message
from courtesy.language.understanding import Choice, Question, Understanding
from courtesy.pack.complaining import team_for
from courtesy.representative import asking, deeds, judging, wishes
from courtesy.representative.memory import Task
from courtesy.representative.situation import Situation

PLAIN = 0.8  # of anger: from here words say it, not only the tone
FOLLOW_UP = "complaint follow up"
_CODE = re.compile(r"\bC\d{2}-\d{6}\b", re.IGNORECASE)


def is_dissatisfied(understanding: Understanding) -> bool:
    return understanding.first("complains") is not None or understanding.feelings.anger >= PLAIN


def register_beside(situation: Situation, understanding: Understanding) -> None:
    """A complaint that was voiced beside another matter is registered too, without holding that matter up."""
    procedure = wishes.complaint_procedure(situation)
    if procedure is None or situation.dialogue.complaint or not is_dissatisfied(understanding):
        return
    matters = [task for task in situation.dialogue.tasks if task.id in situation.touched or task.status == "active"]
    if not matters or any(task.procedure == procedure.name for task in matters):
        return
    task = Task.open(procedure.name, understanding.text)
    task.slots["complaint"], task.announced = understanding.text, True
    if judging.judge(situation, task, "register complaint").decision != "allow":
        return
    receipt = deeds.do(situation, task, "register complaint", f"{task.id}:beside")
    task.status = "done"
    situation.dialogue.tasks.append(task)
    receipt_number = getattr(receipt, "number", "")
    situation.note("deed", {"act": "register complaint", "receipt": receipt_number, "why": "beside", "task": task.id})
    if (complaint := registering.of_conversation(situation.conversation.pk)) is not None:
        situation.say("complaint also registered", number=complaint.case.number, due=_due(situation, complaint))


# --- after the answer ----------------------------------------------------------------------------


def expect_follow_up(situation: Situation, complaint: Complaint) -> None:
    """Ask whether it is right now, and remember that this was asked."""
    yes_no = tuple(Choice(word, asking.phrase_text(situation, word) or word) for word in ("yes", "no"))
    question = Question(FOLLOW_UP, "confirm", yes_no, text=complaint.case.number)
    asking.ask(situation, None, question, FOLLOW_UP, number=complaint.case.number)


def take_follow_up(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """The customer says whether it is right now: yes closes the complaint, no opens it again."""
    stored = situation.dialogue.question
    if stored is None or stored.get("slot") != FOLLOW_UP:
        return False
    complaint = registering.of_conversation(situation.conversation.pk)
    situation.dialogue.question = None
    if complaint is None:
        return False
    chosen = message.choices[0].get("chosen") if message.choices else None
    move = understanding.first("chooses")
    answer = chosen or (move.value if move else "")
    unhappy = answer == "no" or is_dissatisfied(understanding) or understanding.first("declines") is not None
    if unhappy and _open_again(situation, complaint, message.text):
        return True
    if answer == "yes" or understanding.first("agrees") or understanding.first("thanks"):
        answering.close(complaint, situation.at, "customer", content=True)
        situation.say("complaint content")
        situation.closing, situation.asked = True, True
        return True
    return False


def take_code(situation: Situation, understanding: Understanding, message: Message) -> bool:
    """A tracking code of the customer's own: say where the complaint stands, or open it again."""
    found = _CODE.search(understanding.text)
    own = Complaint.objects.filter(case__customer=situation.customer).select_related("case")
    complaint = own.filter(case__number=found[0].upper()).first() if found else None
    if complaint is None:
        return False
    if is_dissatisfied(understanding) and _open_again(situation, complaint, message.text):
        return True
    stage = asking.phrase_text(situation, f"stage: {complaint.stage}") or complaint.stage
    open_now = complaint.stage in (Complaint.Stage.REGISTERED, Complaint.Stage.INVESTIGATING)
    due = _due(situation, complaint) if open_now else None
    registered = complaint.registered_at.astimezone(situation.zone).date()
    situation.say("complaint status", number=complaint.case.number, date=registered, stage=stage, due=due)
    situation.asked = True
    return True


def _open_again(situation: Situation, complaint: Complaint, because: str) -> bool:
    if not registering.reopen(complaint, situation.pack, because[:300], situation.at):
        return False
    registering.acknowledge(complaint, situation.at)
    situation.say("complaint reopened", number=complaint.case.number, due=_due(situation, complaint))
    team = complaint.team.name if complaint.team else team_for(situation.pack, complaint.category)
    asking.needs_person(situation, f"not content with the answer to {complaint.case.number}", team=team)
    return True


def _due(situation: Situation, complaint: Complaint) -> object:
    due = clocks.next_due(complaint) or complaint.case.due_at
    return due.astimezone(situation.zone).date() if due else None
