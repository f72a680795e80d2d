"""A burst of alike reports is put before colleagues, measured against what is usual; no customer hears of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from courtesy.channels import news
from courtesy.conversations import opening
from courtesy.conversations.incidents import suspecting
from courtesy.conversations.incidents.suspecting import is_burst, tail
from courtesy.conversations.models import Message, Report, Suspicion
from courtesy.customers.models import Customer

LATE = "Find a missing parcel"


def report(number: int, at: datetime, procedure: str = LATE, product: str = "", area: str = "") -> None:
    """As many customers, each in a conversation of their own, bring up the matter."""
    for _ in range(number):
        customer = Customer.objects.create()
        conversation = opening.open_conversation(channel="chat", line="chat", customer=customer, at=at)
        suspecting.report(conversation, procedure, product, area, at)


@pytest.fixture
def quiet_weeks(db: None, company: Any, at: datetime) -> None:
    """Two such reports a day in four weeks."""
    for day in range(1, 29):
        report(2, at - timedelta(days=day, hours=3))


def test_five_times_what_is_usual_is_suspected_once_and_told_to_nobody(quiet_weeks: None, at: datetime) -> None:
    report(6, at - timedelta(minutes=20))
    assert news.look(at) == {"told": 0, "suspected": 1}
    found = Suspicion.objects.get()
    assert (found.procedure, found.reports, found.status) == (LATE, 6, "open")
    assert found.usual < 1
    report(2, at)
    assert suspecting.look(at + timedelta(minutes=1)) == 0  # the same burst goes on
    assert Suspicion.objects.get().reports == 8
    assert not Message.objects.exists()


def test_what_is_usual_at_that_time_of_the_week_is_no_burst(quiet_weeks: None, at: datetime) -> None:
    for week in range(1, 5):
        report(9, at - timedelta(weeks=week, minutes=30))
        report(9, at - timedelta(weeks=week, minutes=90))
        report(9, at - timedelta(weeks=week) + timedelta(minutes=30))
    report(10, at - timedelta(minutes=20))
    assert suspecting.look(at) == 0


def test_one_customer_who_reports_again_and_again_is_no_burst(quiet_weeks: None, at: datetime) -> None:
    customer = Customer.objects.create()
    for _ in range(20):
        conversation = opening.open_conversation(channel="chat", line="chat", customer=customer, at=at)
        suspecting.report(conversation, LATE, "", "", at)
    assert Report.objects.filter(conversation__customer=customer).count() == 20
    assert suspecting.look(at) == 0


def test_a_burst_is_told_by_what_its_reports_have_in_common(quiet_weeks: None, at: datetime) -> None:
    report(9, at, area="28", product="ridge-tent")
    report(1, at, area="48")
    assert suspecting.look(at) > 0
    assert {(one.procedure, one.product, one.area) for one in Suspicion.objects.all()} == {
        (LATE, "ridge-tent", ""),
        (LATE, "", "28"),
    }


def test_what_was_dismissed_stays_quiet_for_a_day(quiet_weeks: None, at: datetime, colleague: Any) -> None:
    report(8, at)
    suspecting.look(at)
    assert suspecting.dismiss(Suspicion.objects.get(), colleague, at)
    assert not suspecting.dismiss(Suspicion.objects.get(), colleague, at)
    assert suspecting.look(at + timedelta(minutes=5)) == 0
    later = at + timedelta(hours=25)
    report(8, later)
    assert suspecting.look(later) == 1


def test_the_chance_is_that_of_a_poisson_process() -> None:
    assert tail(1, 1.0) == pytest.approx(0.6321, abs=1e-4)
    assert tail(10, 3.0) == pytest.approx(0.0011, abs=1e-4)
    assert not is_burst(4, 0.2)
    assert is_burst(5, 0.2)
    assert not is_burst(150, 100.0)  # unlikely, but not far above what is usual


def test_reports_of_anything_are_counted_by_what_they_say(talk: Any) -> None:
    chat = talk()
    chat.say("Where is my order? My postcode is 28013")
    reported = Report.objects.get(procedure="Where is my order")
    assert (reported.conversation_id, reported.product, reported.area) == (chat.id, "", "28")
