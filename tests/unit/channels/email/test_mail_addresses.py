"""The signed reply address: it survives what mail programs do to addresses, and nobody else can make one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtesy.channels.email import addresses
from courtesy.conversations.models import Conversation, Message
from courtesy.foundation.identifiers import new_id


@pytest.fixture
def conversation(company: Any) -> Conversation:
    return Conversation(pk=new_id("cnv"), channel="email", line="mail:service@tarnfell.example")


def test_a_reply_address_leads_to_its_conversation(conversation: Conversation) -> None:
    address = addresses.reply_address(conversation)
    assert len(address.partition("@")[0]) <= 64
    for written in (address, address.upper(), f"<{address}>", f'"Robin" <{address}>'):
        assert addresses.conversation_in([written]) == conversation.pk


def test_a_message_id_leads_to_its_conversation(conversation: Conversation) -> None:
    message = Message(pk=new_id("msg"), conversation=conversation)
    identity = addresses.message_id(message)
    assert addresses.message_id(message) == identity
    assert addresses.conversation_in([identity]) == conversation.pk
    assert addresses.own_ids(f"Reported: {identity.upper()} could not be delivered") == [identity]


def test_a_changed_letter_makes_the_token_worthless(conversation: Conversation) -> None:
    address = addresses.reply_address(conversation)
    start = address.index("c.") + 2
    for place in range(start, address.index("@")):
        other = "a" if address[place] != "a" else "b"
        assert addresses.conversation_in([address[:place] + other + address[place + 1 :]]) == ""


def test_another_key_opens_nothing_unless_it_is_an_earlier_one(conversation: Conversation, settings: Any) -> None:
    address = addresses.reply_address(conversation)
    earlier = settings.SECRET_KEY
    settings.SECRET_KEY = "a new key"
    assert addresses.conversation_in([address]) == ""
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert addresses.conversation_in([address]) == conversation.pk


def test_where_plus_addresses_are_not_delivered_the_plain_one_is_named(
    conversation: Conversation, settings: Any
) -> None:
    settings.COURTESY_MAIL_PLUS = False
    assert addresses.reply_address(conversation) == "service@tarnfell.example"


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("service@tarnfell.example", True),
        ("SERVICE+anything@Tarnfell.Example", True),
        ("postmaster@tarnfell.example", True),
        ("someone@tarnfell.example", False),
        ("service@tarnfell.example.evil.example", False),
        ("service", False),
        ("", False),
        ("@", False),
    ],
)
def test_only_our_own_addresses_are_ours(company: Any, address: str, ours: bool) -> None:
    assert addresses.is_ours(address) is ours


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_search_for_a_token(text: str) -> None:
    assert addresses.conversation_in([text]) == ""
