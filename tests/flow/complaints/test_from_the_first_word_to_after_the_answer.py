"""A complaint from the first word to after the answer: registered, answered, followed up, reopened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from courtesy.channels import complaining
from courtesy.conversations import journal
from courtesy.conversations.complaints import clocks, registering
from courtesy.conversations.complaints.answering import Answer
from courtesy.conversations.models import Case, Clock, Complaint, Escalation, Message
from courtesy.foundation import jobs
from courtesy.workforce.teams import join

Talk = Any
UPSET = "I want to make a complaint, your courier was rude to me and shouted at my staff"


def complain(talk: Callable[..., Talk], text: str = UPSET, answer: str = "an apology") -> tuple[Talk, Complaint]:
    chat = talk()
    chat.say(text)
    if (chat.conversation.dialogue.get("question") or {}).get("slot") == "remedy":
        chat.say(answer)
    return chat, Complaint.objects.get(case__conversation=chat.id)


def decided(outcome: str = "partly upheld") -> Answer:
    return Answer(outcome, "The courier was rude, and told so.", "An apology and 10 EUR", ("A call from the manager",))


def answered(complaint: Complaint, by: Any, at: datetime) -> Complaint:
    registering.investigate(complaint, "The courier's office confirms it.", by, at)
    assert complaining.answer_complaint(complaint, decided(), by, at) == ""
    complaint.refresh_from_db()
    return complaint


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I want to make a complaint: my parcel was late again and nobody at the courier cares"),
        ("es", "Quiero poner una reclamación: el paquete llegó tarde otra vez y el repartidor ni avisó"),
        ("zh", "我要投诉，快递又迟到了，包裹还没收到"),
    ],
)
def test_a_complaint_gets_a_tracking_code_a_category_and_its_legal_clocks(
    talk: Callable[..., Talk], language: str, said: str
) -> None:
    chat, complaint = complain(talk, said, {"en": "an apology", "es": "una disculpa", "zh": "道歉"}[language])
    assert complaint.case.number.startswith("C26-")
    assert complaint.category == "delivery"
    assert complaint.acknowledged_at is not None
    kinds = {clock.name: clock for clock in complaint.clocks.all()}
    assert set(kinds) == {"Acknowledgement", "Our own answer", "Customer service law, Spain", "Consumer law, Spain"}
    assert kinds["Acknowledgement"].status == "kept"
    assert kinds["Customer service law, Spain"].article.startswith("Ley 10/2025")
    assert complaint.case.due_at == kinds["Our own answer"].due_at
    ours = Message.objects.filter(conversation=chat.id, author="representative")
    assert ours.filter(text__contains=complaint.case.number).exists()


def test_a_complaint_inside_another_wish_is_registered_and_the_wish_is_served(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("where is my order TF-10002? ana.ruiz@example.com. this is a disgrace, I am furious, third time I ask")
    assert "TF-10002" in chat.said
    complaint = Complaint.objects.get(case__conversation=chat.id)
    assert complaint.case.number in chat.said
    assert "disgrace" in complaint.text
    chat.say("absolutely unacceptable!")
    assert Complaint.objects.filter(case__conversation=chat.id).count() == 1


def test_a_wish_without_dissatisfaction_registers_no_complaint(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("where is my order TF-10002? ana.ruiz@example.com")
    assert not Complaint.objects.exists()


def test_an_answer_needs_findings_a_solution_and_alternatives(
    talk: Callable[..., Talk], colleague: Any, at: datetime
) -> None:
    _, complaint = complain(talk)
    assert complaining.answer_complaint(complaint, decided(), colleague, at) == "write first what was found out"
    registering.investigate(complaint, "Asked the courier's office.", colleague, at)
    bare = Answer("partly upheld", "The courier was rude.")
    assert complaining.answer_complaint(complaint, bare, colleague, at) == "offer a solution"
    alone = Answer("not upheld", "We found no sign of it.")
    assert complaining.answer_complaint(complaint, alone, colleague, at) == "offer an alternative too"
    complaint.refresh_from_db()
    assert complaint.stage == "investigating"
    assert complaint.owner == colleague


def test_the_answer_names_solution_alternatives_and_who_decides_next(
    talk: Callable[..., Talk], colleague: Any, at: datetime
) -> None:
    chat, complaint = complain(talk)
    complaint = answered(complaint, colleague, at + timedelta(days=3))
    sent = Message.objects.filter(conversation=chat.id, author="colleague").get()
    for words in ("told so", "10 EUR", "A call from the manager", "arbitration board", "dsca.gob.es"):
        assert words in sent.text
    assert complaint.recourse == ["Hoja de reclamaciones y arbitraje de consumo"]
    assert {clock.status for clock in complaint.clocks.all()} == {"kept"}
    assert complaint.case.promises.get().status == "kept"
    assert complaint.follow_up_at is not None
    assert complaining.answer_complaint(complaint, decided(), colleague, at) == "this complaint is answered already"
    assert Message.objects.filter(conversation=chat.id, author="colleague").count() == 1


def test_the_customer_is_asked_after_five_business_days_and_a_yes_closes_it(
    talk: Callable[..., Talk], colleague: Any, at: datetime, time_machine: Any
) -> None:
    chat, complaint = complain(talk)
    answered(complaint, colleague, at)
    assert complaining.keep_time(at + timedelta(days=6))["asked"] == 0
    later = at + timedelta(days=8)
    time_machine.move_to(later)
    assert complaining.keep_time(later)["asked"] == 1
    assert complaining.keep_time(later)["asked"] == 0
    asked = Message.objects.filter(conversation=chat.id, author="representative").last()
    assert complaint.case.number in asked.text
    chat.say("yes, thank you")
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.content) == ("closed", True)
    assert Case.objects.get(pk=complaint.case_id).status == "solved"


@pytest.mark.parametrize("said", ["no, nothing has changed", "this is unacceptable, it happened again"])
def test_who_is_not_content_gets_the_same_complaint_opened_again_with_new_clocks(
    talk: Callable[..., Talk], colleague: Any, at: datetime, time_machine: Any, said: str
) -> None:
    chat, complaint = complain(talk)
    answered(complaint, colleague, at)
    later = at + timedelta(days=8)
    time_machine.move_to(later)
    complaining.keep_time(later)
    chat.say(said)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.reopened, complaint.content) == ("investigating", 1, False)
    assert complaint.clocks.filter(round=1, status="running", article__startswith="Ley 10/2025").exists()
    assert chat.conversation.speaker == "colleague"
    assert complaint.case.number in chat.said
    assert Complaint.objects.count() == 1


def test_a_complaint_is_not_opened_again_after_the_time_the_pack_allows(
    talk: Callable[..., Talk], colleague: Any, company: Any, at: datetime
) -> None:
    _, complaint = complain(talk)
    complaint = answered(complaint, colleague, at)
    assert not registering.reopen(complaint, company, "still bad", at + timedelta(days=61))
    assert registering.reopen(complaint, company, "still bad", at + timedelta(days=59))


def test_silence_after_the_question_closes_it(
    talk: Callable[..., Talk], colleague: Any, at: datetime, time_machine: Any
) -> None:
    _, complaint = complain(talk)
    answered(complaint, colleague, at)
    complaining.keep_time(at + timedelta(days=8))
    assert complaining.keep_time(at + timedelta(days=23))["closed"] == 1
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.content) == ("closed", None)


def test_with_the_tracking_code_the_customer_hears_where_it_stands_and_others_do_not(talk: Callable[..., Talk]) -> None:
    chat, complaint = complain(talk)
    chat.say(f"any news on {complaint.case.number}?")
    assert "registered" in chat.said
    other = talk()
    other.say(f"any news on {complaint.case.number}?")
    assert "looked into" not in other.said


def test_colleagues_are_warned_before_a_clock_breaks_and_the_inbox_shows_it(
    talk: Callable[..., Talk], at: datetime
) -> None:
    chat, complaint = complain(talk)
    ours = complaint.clocks.get(name="Our own answer")
    done = complaining.keep_time(ours.warn_at + timedelta(minutes=1))
    assert done["warned"] >= 1
    assert chat.conversation.due_at == ours.due_at
    assert chat.conversation.status == "open"
    assert complaining.keep_time(ours.warn_at + timedelta(minutes=2))["warned"] == 0


def test_a_clock_that_runs_out_is_told_truly_with_the_next_recourse_once(
    talk: Callable[..., Talk], at: datetime, time_machine: Any
) -> None:
    chat, _ = complain(talk)
    after = at + timedelta(days=60)
    time_machine.move_to(after)
    assert complaining.keep_time(after)["broken"] == 3
    told = Message.objects.filter(conversation=chat.id, text__contains="have not kept that")
    assert told.count() == 1
    assert "arbitration board" in told.get().text
    assert complaining.keep_time(after)["broken"] == 0
    assert chat.conversation.status == "open"
    assert chat.conversation.due_at < after
    assert chat.entries("clock broken")[0].content["clock"] == "Our own answer"


def test_a_late_answer_does_not_mend_a_broken_clock(
    talk: Callable[..., Talk], colleague: Any, at: datetime, time_machine: Any
) -> None:
    _, complaint = complain(talk)
    late = at + timedelta(days=60)
    complaining.keep_time(late)
    complaint = answered(complaint, colleague, late)
    assert complaint.clocks.get(name="Consumer law, Spain").status == "broken"
    assert complaint.clocks.get(name="Acknowledgement").status == "kept"


def test_a_paused_clock_does_not_break_and_ends_later_by_the_time_it_stood_still(
    talk: Callable[..., Talk], colleague: Any, company: Any, at: datetime
) -> None:
    _, complaint = complain(talk)
    ours = complaint.clocks.get(name="Our own answer")
    law = complaint.clocks.get(name="Customer service law, Spain")
    assert "it may stand still for" in clocks.pause(ours, "we are busy", colleague.pk, at)
    assert clocks.pause(law, "waiting for the customer", colleague.pk, at) == "it may stand still for: nothing"
    before = ours.due_at
    assert clocks.pause(ours, "waiting for the customer", colleague.pk, at + timedelta(days=3)) == ""
    complaining.keep_time(at + timedelta(days=20))
    ours.refresh_from_db()
    assert ours.status == "paused"
    assert clocks.go_on(ours, company.company, colleague.pk, at + timedelta(days=20)) == ""
    ours.refresh_from_db()
    assert ours.status == "running"
    assert ours.due_at > before + timedelta(days=14)
    assert ours.pauses.get().reason == "waiting for the customer"


def test_another_category_brings_its_own_clocks_and_team(
    talk: Callable[..., Talk], colleague: Any, company: Any, at: datetime
) -> None:
    _, complaint = complain(talk)
    assert complaint.category == "staff"
    assert registering.reclassify(complaint, "weather", company, colleague, at) != ""
    assert registering.reclassify(complaint, "money", company, colleague, at) == ""
    charges = complaint.clocks.get(name="Wrong charges")
    assert charges.started_at == complaint.clocks.get(name="Our own answer").started_at
    assert charges.due_at == complaint.case.due_at
    assert registering.reclassify(complaint, "staff", company, colleague, at) == ""
    charges.refresh_from_db()
    assert charges.status == Clock.Status.STOPPED


def test_a_complaint_nobody_takes_goes_up_to_the_lead_and_then_to_the_manager(
    talk: Callable[..., Talk], colleague: Any, at: datetime
) -> None:
    _, complaint = complain(talk)
    join(colleague, "Complaints")
    first = Escalation.objects.get(case=complaint.case)
    assert (first.asked_of, first.status) == ("Complaints", "waiting")
    for days, asked_of in ((6, "team lead"), (10, "manager")):
        complaining.keep_time(at + timedelta(days=days))
        assert Escalation.objects.get(case=complaint.case, status="waiting").asked_of == asked_of
    complaining.keep_time(at + timedelta(days=13))
    last = Escalation.objects.get(case=complaint.case, status="waiting")
    assert last.overdue_at is not None
    registering.investigate(complaint, "Now it is mine.", colleague, at + timedelta(days=13))
    assert not Escalation.objects.filter(case=complaint.case, status="waiting").exists()


def test_every_step_of_a_complaint_stands_in_the_journal(
    talk: Callable[..., Talk], colleague: Any, at: datetime
) -> None:
    chat, complaint = complain(talk)
    answered(complaint, colleague, at)
    kinds = [entry.kind for entry in journal.entries_of(chat.id) if entry.content.get("case") == complaint.case.number]
    for kind in ("case opened", "clock started", "complaint registered", "complaint acknowledged", "clock kept",
                 "complaint investigated", "complaint answered"):  # fmt: skip
        assert kind in kinds
    assert journal.verify() is None
    jobs.run_due()
