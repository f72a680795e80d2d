"""Split over conversations, acts and moments, a customer's day is still one day."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from courtesy.channels.deciding import decide_approval
from courtesy.channels.turns import Doors
from courtesy.conversations import messages
from courtesy.policy.approvals import NotAllowedError
from courtesy.policy.models import Approval, AuthorityUse
from courtesy.representative import turn

WANTS = "I'd like to return the {item} from TF-10001, I changed my mind. Refund to my card please. ana.ruiz@example.com"
LIMIT = "automatic representative: per customer a day 200.00 EUR"


def asked_to_confirm(talk: Any, item: str) -> Any:
    opened = talk(language="en")
    opened.say(WANTS.format(item=item))
    question = opened.conversation.dialogue["question"]
    assert question["kind"] == "confirm", opened.said
    return opened


def used_before(talk: Any, amount: int, at: Any) -> None:
    """What Ana was given today already, by another act in another conversation."""
    other = talk()
    other.say("hello")
    owner = {"customer": "C-1001", "holder": "representative", "day": at.date(), "at": at}
    AuthorityUse.objects.create(
        key="before", conversation=other.conversation, act="goodwill credit", amount=amount, currency="EUR",
        state="used", **owner,
    )  # fmt: skip


def ana() -> str:
    from courtesy.commerce import shop

    return str(shop.current().order("TF-10001").customer)


def given_today() -> Any:
    rows = AuthorityUse.objects.filter(customer=ana(), state__in=("held", "used"))
    return sum(row.amount for row in rows)


def test_what_was_given_before_counts_and_the_verdict_names_the_limit(talk: Any, at: Any) -> None:
    used_before(talk, 180, at)
    AuthorityUse.objects.update(customer=ana())
    chat = asked_to_confirm(talk, "jacket")
    chat.say("yes")
    assert "refund" not in chat.deeds()
    approval = Approval.objects.get(conversation=chat.id)
    assert (approval.verdict["rule"], approval.asked_of) == (LIMIT, "senior")
    assert chat.entries("verdict")[-1].content["policy"] == "Money given to customers"


def test_a_day_later_the_day_is_new(talk: Any, at: Any) -> None:
    used_before(talk, 180, at)
    AuthorityUse.objects.update(customer=ana(), day=at.date().replace(day=at.day - 1))
    chat = asked_to_confirm(talk, "jacket")
    chat.say("yes")
    assert "refund" in chat.deeds()
    assert AuthorityUse.objects.filter(customer=ana(), state="used", holder="representative").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_refunds_at_once_do_not_pass_the_days_limit(talk: Any, at: Any) -> None:
    """80 EUR are left of the day. Either refund fits alone, both do not; their turns begin at the same moment."""
    used_before(talk, 120, at)
    AuthorityUse.objects.update(customer=ana())
    chats = [asked_to_confirm(talk, "jacket"), asked_to_confirm(talk, "stove")]
    for chat in chats:
        messages.receive(chat.conversation, text="yes", at=timezone.now(), line="chat", provider_id=f"yes-{chat.id}")
    ready = Barrier(2)

    def answer(chat: Any) -> None:
        ready.wait()
        try:
            turn.take_turn(chat.id, at=timezone.now(), doors=Doors())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(answer, chats))
    done = [chat for chat in chats if "refund" in chat.deeds()]
    waiting = Approval.objects.filter(status="waiting")
    assert (len(done), waiting.count()) == (1, 1)
    assert waiting.get().verdict["rule"] == LIMIT
    assert given_today() <= 200


@pytest.mark.django_db(transaction=True)
def test_two_approvals_granted_at_once_do_not_pass_the_granters_day(talk: Any, person: Any, at: Any) -> None:
    """A senior may give one customer 400 EUR a day; each of two approvals fits, both together do not."""
    sam = person("Sam", "senior")
    asked = []
    for number in (1, 2):
        chat = talk()
        chat.say("hello")
        asked.append(
            Approval.objects.create(
                conversation=chat.conversation, key=f"k{number}", act="refund", asked_of="senior", amount=240,
                currency="EUR", customer="C-9", asked_at=at,
            )
        )  # fmt: skip
    ready = Barrier(2)

    def grant(approval: Any) -> str:
        ready.wait()
        try:
            return str(decide_approval(approval.pk, sam, True, "", at).status)
        except NotAllowedError as error:
            return error.why
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(grant, asked)) == ["granted", "limit"]
    assert AuthorityUse.objects.filter(granted_by=sam.pk).count() == 1
