"""Over the limit the right grade is waited for; nobody grants their own; a delegate may; time moves it up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from courtesy.channels import awaiting
from courtesy.channels.deciding import decide_approval
from courtesy.conversations import escalating
from courtesy.conversations.models import Escalation
from courtesy.foundation import jobs
from courtesy.pack import editions
from courtesy.policy import granting
from courtesy.policy.approvals import NotAllowedError
from courtesy.policy.models import Approval, AuthorityUse
from courtesy.workforce.delegating import CannotDelegate, delegate, end, held_by

TODAY = date(2026, 11, 20)


def test_the_right_grade_is_waited_for_and_the_yes_counts_against_who_gave_it(
    waiting: Any, person: Any, at: Any
) -> None:
    sam, lea = person("Sam", "senior"), person("Lea", "team lead")
    assert (waiting.approval.asked_of, str(waiting.approval.money)) == ("team lead", "249.00 EUR")
    with pytest.raises(NotAllowedError):
        decide_approval(waiting.approval.pk, sam, True, "", at)
    assert not AuthorityUse.objects.filter(granted_by=sam.pk).exists()
    decide_approval(waiting.approval.pk, lea, True, "", at)
    held = AuthorityUse.objects.get(key=waiting.approval.key)
    assert (held.state, held.granted_by, held.holder) == ("held", lea.pk, "representative")
    jobs.run_due()
    held.refresh_from_db()
    assert (held.state, str(held.money)) == ("used", "249.00 EUR")
    assert held.receipt == waiting.entries("deed")[-1].content["receipt"]
    assert waiting.entries("approval granted")[0].content["grade"] == "team lead"


def test_who_may_less_than_is_asked_by_their_own_day_does_not_grant_it(waiting: Any, person: Any, at: Any) -> None:
    """A team lead's day is 10,000 EUR; 9,900 were approved before."""
    lea = person("Lea", "team lead")
    mine = {"granted_by": lea.pk, "amount": 9900, "currency": "EUR", "state": "used"}
    other = {"act": "refund", "customer": "somebody", "holder": "representative", "day": TODAY, "at": at}
    AuthorityUse.objects.create(key="before", conversation=waiting.conversation, **mine, **other)
    with pytest.raises(NotAllowedError) as refused:
        decide_approval(waiting.approval.pk, lea, True, "", at)
    assert refused.value.why == "limit"
    standing = granting.standing(waiting.approval, lea, editions.in_force(), at)
    assert standing.limit == "team lead: a day 10000.00 EUR"
    boss = person("Bo", "manager")
    assert decide_approval(waiting.approval.pk, boss, True, "", at).status == "granted"


def test_a_delegate_grants_between_the_days_and_not_after(waiting: Any, person: Any, at: Any) -> None:
    lea, mei = person("Lea", "team lead"), person("Mei", "representative")
    given = delegate(lea, mei, "team lead", TODAY, TODAY + timedelta(days=3), by=lea, at=at)
    assert held_by(mei, TODAY + timedelta(days=4)) == []
    standing = granting.standing(waiting.approval, mei, editions.in_force(), at)
    assert (standing.grade, standing.giver) == ("team lead", lea.pk)
    end(given, lea, at)
    assert granting.standing(waiting.approval, mei, editions.in_force(), at).why_not == "grade"
    delegate(lea, mei, "team lead", TODAY, TODAY, by=lea, at=at)
    assert decide_approval(waiting.approval.pk, mei, True, "", at).decided_by == mei
    assert waiting.entries("approval granted")[0].content["standing for"] == lea.pk


def test_what_was_delegated_is_not_passed_on_and_ends_when_the_giver_leaves(person: Any, at: Any) -> None:
    lea, mei, ana = person("Lea", "team lead"), person("Mei"), person("Ana")
    delegate(lea, mei, "team lead", TODAY, TODAY, by=lea, at=at)
    with pytest.raises(CannotDelegate):
        delegate(mei, ana, "team lead", TODAY, TODAY, by=mei, at=at)
    with pytest.raises(CannotDelegate):
        delegate(lea, ana, "manager", TODAY, TODAY, by=lea, at=at)
    with pytest.raises(CannotDelegate):
        delegate(lea, ana, "team lead", TODAY, TODAY - timedelta(days=1), by=lea, at=at)
    lea.is_active = False
    lea.save()
    assert held_by(mei, TODAY) == []


def test_what_nobody_answers_goes_up_and_then_expires_and_the_customer_hears_it(
    waiting: Any, person: Any, at: Any, time_machine: Any
) -> None:
    lea, boss, pack = person("Lea", "team lead"), person("Bo", "manager"), editions.in_force()
    step = Escalation.objects.get(key=f"approval:{waiting.approval.pk}")
    assert (step.asked_of, step.status) == ("team lead", "waiting")
    later = step.due_at + timedelta(minutes=1)
    time_machine.move_to(later)
    escalating.go_up(pack, later)
    assert awaiting.look(later)["raised"] == 1
    approval = Approval.objects.get(pk=waiting.approval.pk)
    assert approval.asked_of == "manager"
    with pytest.raises(NotAllowedError):
        decide_approval(approval.pk, lea, True, "", later)
    last = Escalation.objects.get(key=f"approval:{approval.pk}", status="waiting")
    end_of_it = last.due_at + timedelta(minutes=1)
    time_machine.move_to(end_of_it)
    escalating.go_up(pack, end_of_it)
    assert awaiting.look(end_of_it)["expired"] == 1
    jobs.run_due()
    approval.refresh_from_db()
    assert approval.status == "expired"
    said = waiting.conversation.messages.filter(author="representative").order_by("sequence").last().text
    assert "nobody could decide this in time" in said
    assert "refund" not in waiting.deeds()
    assert waiting.conversation.speaker == "colleague", "a person takes over"
    assert not Escalation.objects.filter(key=f"approval:{approval.pk}", status="waiting").exists()
    assert boss.is_active


def test_a_reason_in_another_language_is_not_told_to_the_customer(waiting: Any, person: Any, at: Any) -> None:
    lea = person("Lea", "team lead", "es")
    reason = "Primero tenemos que revisar la tienda, porque la han usado varias veces"
    decide_approval(waiting.approval.pk, lea, False, reason, at)
    jobs.run_due()
    said = waiting.conversation.messages.filter(author="representative").order_by("sequence").last().text
    assert "not approved" in said
    assert "revisar" not in said
    assert waiting.entries("approval refused")[0].content["reason"] == reason
