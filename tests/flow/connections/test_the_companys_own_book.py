"""A company without a system of its own: look-ups and acts in the book of records, through whole conversations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from courtesy.config import samples
from courtesy.connections.models import Call, Record, RecordVersion

NORTHWAY = Path(__file__).with_name("northway")

pytestmark = pytest.mark.django_db


@pytest.fixture
def northway(talk: Callable[..., Any], at: Any, tmp_path: Path) -> Callable[[str], Any]:
    """Open a conversation with Northway Energy as somebody whose address is confirmed."""
    from courtesy.pack import editions
    from courtesy.workforce.teams import sync_teams

    folder = tmp_path / "northway-editions"
    editions.publish(NORTHWAY, folder, at - timedelta(days=1))
    editions.configure(NORTHWAY, folder)
    pack = editions.in_force()
    sync_teams(pack.company.teams)
    assert [one.problems for one in samples.load(pack, at) if one.problems] == []

    def confirmed(customer: str) -> Any:
        conversation = talk()
        conversation.say("hello")
        row = conversation.conversation
        row.identity = "e-mail confirmed"
        row.dialogue = {**row.dialogue, "shop_customer": customer}
        row.save()
        return conversation

    return confirmed


def record(number: str) -> Record:
    return Record.objects.get(number=number)


def test_a_reading_is_written_down_with_its_versions(northway: Callable[[str], Any]) -> None:
    talk = northway("N-1")
    talk.say("I want to give you my meter reading")
    assert "What does the meter say?" in talk.said  # the only active contract is taken without asking
    talk.say("4580")
    assert "I write down 4,580 for Calle Mayor 1, variable tariff. Shall I?" in talk.said
    assert record("K-100001").fields["last reading"] == "4200"
    talk.say("yes")
    made = Record.objects.get(kind="reading")
    assert f"Noted as {made.number}." in talk.said
    assert (made.fields["value"], made.owner.number, made.customer) == ("4580", "K-100001", "N-1")
    assert record("K-100001").fields["last reading"] == "4580"
    versions = RecordVersion.objects.filter(record__number="K-100001").order_by("version")
    assert [one.fields["last reading"] for one in versions] == ["4200", "4580"]
    changes = talk.entries("records changed")[-1].content["changes"]
    assert [(one["record"], one["version"]) for one in changes] == [("contract", 2), ("reading", 1)]
    assert talk.deeds() == ["report reading"]


def test_what_the_record_forbids_is_worded_and_nothing_changes(northway: Callable[[str], Any]) -> None:
    talk = northway("N-1")
    talk.say("I want to give you my meter reading")
    talk.say("3000")
    talk.say("yes")
    assert "The reading 3,000 is below the last one." in talk.said
    assert record("K-100001").version == 1
    assert not Record.objects.filter(kind="reading").exists()
    assert talk.deeds() == []


def test_what_policy_does_not_allow_waits_for_a_person(northway: Callable[[str], Any]) -> None:
    talk = northway("N-1")
    talk.say("I want to give you my meter reading")
    talk.say("150000")
    talk.say("yes")
    assert talk.entries("verdict")[-1].content["decision"] == "ask"
    assert record("K-100001").version == 1


def test_nothing_is_shown_before_it_is_known_who_asks(northway: Callable[[str], Any], talk: Callable[..., Any]) -> None:
    stranger = talk()
    stranger.say("why is my bill higher than last time")
    assert "Which e-mail address" in stranger.said
    assert not Call.objects.exists()


def test_a_higher_bill_is_explained_from_its_lines_to_the_cent(northway: Callable[[str], Any]) -> None:
    talk = northway("N-1")
    talk.say("why is my bill higher than last time")
    assert "Bill B-100002 comes to €84.40; the one before came to €61.15." in talk.said
    assert (
        "• Energy: €64.60, before €39.90\n• Boiler cover: €0.00, before €9.25\n• Late fee: €7.80, before €0.00"
        in talk.said
    )
    assert "Standing charge" not in talk.said
    shown = next(iter(talk.conversation.dialogue["tasks"]))["found"]["latest bill"]
    assert shown["bill difference"] == {"$money": "23.25 EUR"}
    assert shown["unexplained"] == {"$money": "0.00 EUR"}
    assert Decimal("64.60") - Decimal("39.90") - Decimal("9.25") + Decimal("7.80") == Decimal("23.25")


def test_a_dispute_is_opened_once(northway: Callable[[str], Any]) -> None:
    talk = northway("N-1")
    talk.say("why is my bill higher than last time")
    talk.say("yes")
    talk.say("I never agreed to a late fee")
    assert "I open a dispute about bill B-100002" in talk.said
    talk.say("yes")
    dispute = Record.objects.get(kind="dispute")
    assert f"The dispute {dispute.number} is open." in talk.said
    assert record("B-100002").state == "disputed"
    call = Call.objects.get(operation="open dispute")
    again(call)
    assert Record.objects.filter(kind="dispute").count() == 1
    assert record("B-100002").version == 2


def again(call: Call) -> None:
    """As if the process had been killed after the effect, before the answer was kept."""
    from django.utils import timezone

    from courtesy.connections import calls
    from courtesy.pack import editions

    before = call.answer
    Call.objects.filter(pk=call.pk).update(status=Call.Status.SENDING, answer="")
    made = calls.make(call.pk, editions.in_force(), at=timezone.now())
    assert (made.status, made.answer) == (Call.Status.ANSWERED, before)
