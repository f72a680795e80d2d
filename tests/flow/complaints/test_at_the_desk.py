"""Complaints, escalations and reviews at the desk: the register is read, colleagues act, others see nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from courtesy.channels import complaining
from courtesy.conversations.complaints import register, registering
from courtesy.conversations.complaints.register import Wanted
from courtesy.conversations.models import Complaint, Difficulty, Escalation
from courtesy.workforce.teams import join

Talk = Any
SAID = "I want to make a complaint, your courier shouted at me, an outrageous attitude of the staff"


def browser(colleague: Any) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


@pytest.fixture
def complaint(talk: Callable[..., Talk]) -> Complaint:
    chat = talk()
    chat.say(SAID)
    return Complaint.objects.get(case__conversation=chat.id)


def test_a_lead_reads_the_register_and_each_complaint_opens_to_its_entries(
    complaint: Complaint, team_lead: Any
) -> None:
    desk = browser(team_lead)
    number = complaint.case.number
    listed = desk.get("/desk/complaints/").content.decode()
    assert number in listed
    shown = desk.get(f"/desk/complaints/{number}/").content.decode()
    assert "Ley 10/2025" in shown
    for entry in register.entries_of(complaint):
        assert f'id="entry-{entry.sequence}"' in shown


def test_the_register_is_filtered_and_exported_as_it_is_shown(complaint: Complaint, team_lead: Any) -> None:
    desk = browser(team_lead)
    content = desk.get("/desk/complaints/register.csv", {"category": "staff"}).content.decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(content)))
    assert tuple(head) == register.COLUMNS
    assert row[0] == complaint.case.number
    for narrowed in ({"category": "money"}, {"stage": "closed"}, {"clock": "broken"}, {"until": "2020-01-01"}):
        assert complaint.case.number not in desk.get("/desk/complaints/", narrowed).content.decode()
        assert len(desk.get("/desk/complaints/register.csv", narrowed).content.decode().splitlines()) == 1


def test_the_register_is_read_page_by_page_without_loss(talk: Callable[..., Talk], company: Any, at: datetime) -> None:
    chat = talk()
    chat.say("hello")
    for number in range(7):
        registering.register(
            chat.conversation, company, f"late {number}", at=at + timedelta(minutes=number // 2), language="en"
        )
    rows, seen, after = register.found(Complaint.objects.all(), Wanted()), [], ""
    for _ in range(4):
        page = register.page(rows, after, limit=2)
        seen += [row.pk for row in page.rows]
        after = page.after
    assert after == ""
    assert sorted(seen) == sorted(Complaint.objects.values_list("pk", flat=True))
    assert register.page(rows, "nonsense", limit=2).rows == register.page(rows, "", limit=2).rows


def test_text_that_a_spreadsheet_would_calculate_is_kept_as_text(
    talk: Callable[..., Talk], company: Any, at: datetime
) -> None:
    chat = talk()
    chat.say("hello")
    complaint = registering.register(chat.conversation, company, "late", at=at, language="en")
    complaint.solution = "=HYPERLINK(1)"
    complaint.save()
    line = next(register.lines(register.found(Complaint.objects.all(), Wanted())))
    assert line[register.COLUMNS.index("solution")] == "'=HYPERLINK(1)"


def test_a_colleague_investigates_and_answers_from_the_page(complaint: Complaint, colleague: Any) -> None:
    join(colleague, "Complaints")
    desk, number = browser(colleague), complaint.case.number
    act = f"/desk/complaints/{number}/act/"
    refused = desk.post(act, {"deed": "answer", "outcome": "upheld", "text": "Sorry.", "solution": "10 EUR"})
    assert "write first what was found out" in refused.content.decode()
    desk.post(act, {"deed": "investigate", "findings": "The courier agrees."})
    desk.post(act, {"deed": "answer", "outcome": "upheld", "text": "You are right.", "solution": "10 EUR"})
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.owner) == ("answered", colleague)
    assert "10 EUR" in desk.get(f"/desk/complaints/{number}/").content.decode()


def test_a_clock_is_paused_and_goes_on_from_the_page(complaint: Complaint, team_lead: Any) -> None:
    desk = browser(team_lead)
    clock = complaint.clocks.get(name="Our own answer")
    address = f"/desk/complaints/{complaint.case.number}/clock/{clock.pk}/"
    desk.post(address, {"deed": "pause", "reason": "waiting for the carrier"})
    clock.refresh_from_db()
    assert clock.status == "paused"
    desk.post(address, {"deed": "go on"})
    clock.refresh_from_db()
    assert clock.status == "running"


def test_who_is_of_another_team_finds_neither_page_nor_export(complaint: Complaint, colleague: Any) -> None:
    conversation = complaint.case.conversation
    conversation.team = complaint.team
    conversation.save()
    desk = browser(colleague)
    assert desk.get(f"/desk/complaints/{complaint.case.number}/").status_code == 404
    assert complaint.case.number not in desk.get("/desk/complaints/register.csv").content.decode()


def test_attention_shows_what_is_pressing_and_an_escalation_is_taken_on(
    complaint: Complaint, team_lead: Any, at: datetime
) -> None:
    desk = browser(team_lead)
    clock = complaint.clocks.get(name="Our own answer")
    complaining.keep_time(clock.warn_at + timedelta(hours=1))
    shown = desk.get("/desk/attention/").content.decode()
    assert complaint.case.number in shown
    row = Escalation.objects.filter(case=complaint.case, status="waiting", asked_of="team lead").get()
    desk.post(f"/desk/attention/escalations/{row.pk}/own/")
    row.refresh_from_db()
    assert row.owner == team_lead


def test_a_review_is_done_from_the_page_by_a_lead_alone(
    talk: Callable[..., Talk], colleague: Any, team_lead: Any, at: datetime
) -> None:
    chat = talk()
    chat.say("My mother passed away last week, please cancel TF-10002")
    row = Difficulty.objects.get(conversation=chat.id)
    row.answered_at = at
    row.save()
    assert f"review-{row.pk}" not in browser(colleague).get("/desk/attention/").content.decode()
    desk = browser(team_lead)
    assert "in one contact" in desk.get("/desk/attention/").content.decode()
    desk.post(f"/desk/attention/reviews/{row.pk}/", {"text": "Handled well."})
    row.refresh_from_db()
    assert row.reviewed_by == team_lead
