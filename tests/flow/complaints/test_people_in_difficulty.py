"""People in difficulty are treated by the company's written protocol, answered by a person, and reviewed afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from courtesy.channels import complaining, replying
from courtesy.conversations import cases, difficulty, holding
from courtesy.conversations.models import Case, Complaint, Difficulty, Escalation

Talk = Any


@pytest.mark.parametrize(
    ("protocol", "said", "words"),
    [
        ("Bereavement", "My mother passed away last week. I want to cancel her order TF-10002", "sorry for your loss"),
        ("Bereavement", "Mi padre falleció el lunes y quiero devolver su pedido", "Siento mucho tu pérdida"),
        ("Bereavement", "我妈妈上周去世了，想取消她的订单", "哀悼"),
        ("Debt", "I lost my job and cannot pay my instalments this month", "find a way"),
        ("Debt", "No puedo pagar las cuotas, estoy en paro", "recordatorios"),
        ("Debt", "我失业了，还不起分期", "催款"),
        ("Gambling harm", "I can't stop gambling, please give me my money back", "no offers"),
        ("Gambling harm", "soy ludópata y me he gastado todo", "ninguna oferta"),
        ("Gambling harm", "我赌博成瘾，工资都输光了", "优惠"),
        ("Danger to life", "I don't want to live anymore", "112"),
        ("Danger to life", "me quiero morir", "024"),
        ("Danger to life", "我不想活了", "112"),
        ("Abuse at home", "my ex must not find out my new address, he beats me", "tell nobody"),
        ("Discrimination", "your staff would not serve me because I'm black", "registered it as a complaint"),
        ("Legal threat", "hablaréis con mi abogado, acciones legales", "Es tu derecho"),
    ],
)
def test_the_protocol_is_followed_and_a_person_takes_over(
    talk: Callable[..., Talk], protocol: str, said: str, words: str
) -> None:
    chat = talk()
    chat.say(said)
    row = Difficulty.objects.get(conversation=chat.id, protocol=protocol)
    assert words in chat.said
    assert chat.conversation.speaker == "colleague"
    assert "selling" in row.stops
    assert row.evidence
    assert chat.conversation.due_at is not None
    assert chat.conversation.due_at <= row.due_at
    assert Escalation.objects.get(conversation=chat.id, key=f"difficulty:{row.pk}").asked_of == row.calls
    assert "Is there anything else" not in chat.said


def test_who_is_grieving_is_asked_for_no_proof_of_who_they_are(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("My husband died on Sunday, I need to change the address of his order TF-10002")
    assert chat.conversation.dialogue.get("question") is None
    assert "postcode" not in chat.said
    assert chat.deeds() == []
    assert difficulty.stopped(chat.conversation.customer_id, "identity quiz")
    assert difficulty.stopped(chat.conversation.customer_id, "marketing")


def test_discrimination_is_registered_as_a_complaint_with_its_clocks(talk: Callable[..., Talk]) -> None:
    chat = talk()
    chat.say("el dependiente no me atendió por ser gitana, es racismo")
    complaint = Complaint.objects.get(case__conversation=chat.id)
    assert complaint.case.number in chat.said
    assert Difficulty.objects.get(conversation=chat.id).case == complaint.case
    assert chat.conversation.team.name == "Complaints"


def test_danger_nobody_answers_goes_up_within_half_an_hour(talk: Callable[..., Talk], at: datetime) -> None:
    chat = talk()
    chat.say("I want to kill myself")
    assert chat.conversation.urgent
    complaining.keep_time(at + timedelta(minutes=35))
    assert Escalation.objects.get(conversation=chat.id, status="waiting").asked_of == "team lead"
    complaining.keep_time(at + timedelta(minutes=70))
    assert Escalation.objects.get(conversation=chat.id, status="waiting").asked_of == "manager"


def answer(chat: Talk, colleague: Any, at: datetime) -> None:
    conversation = chat.conversation
    holding.take_over(conversation, colleague, at)
    conversation.refresh_from_db()
    sent = replying.reply(conversation, colleague, "I am here.", at, expected_version=conversation.version)
    assert not isinstance(sent, replying.MovedOn)


def test_a_colleagues_answer_ends_the_escalation_and_the_time_it_took_is_kept(
    talk: Callable[..., Talk], colleague: Any, at: datetime
) -> None:
    chat = talk()
    chat.say("me quiero morir")
    answer(chat, colleague, at + timedelta(minutes=4))
    row = Difficulty.objects.get(conversation=chat.id)
    assert row.answered_at == at + timedelta(minutes=4)
    assert not Escalation.objects.filter(conversation=chat.id, status="waiting").exists()
    assert chat.entries("protocol answered")[0].content["in time"] is True


def test_the_case_does_not_close_without_a_leads_review(
    talk: Callable[..., Talk], colleague: Any, team_lead: Any, at: datetime
) -> None:
    chat = talk()
    chat.say("My mother passed away last week, please close everything")
    row = Difficulty.objects.get(conversation=chat.id)
    assert difficulty.review(row, team_lead, "well done", at) == "nobody has answered the customer yet"
    answer(chat, colleague, at)
    cases.settle_case(row.case, Case.Status.SOLVED, at, colleague.pk)
    assert Case.objects.get(pk=row.case_id).status == "waiting"
    assert "review is for a team lead" in difficulty.review(row, colleague, "fine", at)
    assert difficulty.review(row, team_lead, " ", at) == "write what went well and what must change"
    assert difficulty.review(row, team_lead, "Answered in time; nothing to change.", at) == ""
    assert Case.objects.get(pk=row.case_id).status == "solved"
    assert not difficulty.stopped(chat.conversation.customer_id, "marketing")
    assert list(difficulty.to_review(team_lead)) == []


def test_saying_it_twice_follows_the_protocol_once(talk: Callable[..., Talk], colleague: Any, at: datetime) -> None:
    chat = talk()
    chat.say("I lost my job and cannot pay my bills")
    chat.say("as I said, I cannot pay my bills")
    assert Difficulty.objects.filter(conversation=chat.id).count() == 1
