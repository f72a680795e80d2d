"""The withdrawal function from the first page to the acknowledgement in the customer's mailbox."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from courtesy.channels import delivery
from courtesy.conversations.models import Case, Conversation, JournalEntry, Message

GIVEN = {"name": "Ana Ruiz", "contract": "TF-10001", "address": "ana.ruiz@example.com", "items": ""}


@pytest.fixture
def customer(db: None, company: Any, time_machine: Any, at: Any) -> Client:
    time_machine.move_to(at)
    cache.clear()
    return Client()


def signed(page: Any) -> str:
    found = re.search(r'name="signed" value="([^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def withdraw(customer: Client, language: str = "en", **changes: str) -> Any:
    page = customer.post(f"/withdraw/?lang={language}", GIVEN | changes)
    return customer.post(f"/withdraw/confirm/?lang={language}", {"signed": signed(page)}, follow=True)


@pytest.mark.parametrize(
    ("language", "function", "confirms"),
    [
        ("en", "Withdraw from contract here", "Confirm withdrawal"),
        ("es", "Desistir del contrato aquí", "Confirmar desistimiento"),
        ("zh", "在此撤销合同", "确认撤销"),
    ],
)
def test_the_function_takes_two_steps_with_the_words_of_the_law(
    customer: Client, language: str, function: str, confirms: str
) -> None:
    assert f">{function}</button>" in customer.get(f"/withdraw/?lang={language}").content.decode()
    assert f">{confirms}</button>" in customer.post(f"/withdraw/?lang={language}", GIVEN).content.decode()
    assert not Case.objects.exists()
    assert function in customer.get(f"/help/{language}/").content.decode()


def test_a_confirmed_withdrawal_makes_a_case_a_journal_line_and_a_dated_acknowledgement(
    customer: Client, at: Any, tmp_path: Path
) -> None:
    settings.COURTESY_DATA, kept = tmp_path, settings.COURTESY_DATA
    try:
        page = withdraw(customer, items="the blue jacket")
        case = Case.objects.get()
        assert case.number in page.content.decode()
        delivery.deliver(Message.objects.get(author="representative").pk)
        (mail,) = (tmp_path / "outbox").glob("*.eml")
        sent = message_from_bytes(mail.read_bytes(), policy=policy.default)
    finally:
        settings.COURTESY_DATA = kept
    words = sent.get_body(("plain",)).get_content()
    assert sent["To"] == "ana.ruiz@example.com"
    for said in ("Ana Ruiz", "TF-10001", "the blue jacket", case.number, f"{at:%Y}", ":", "Europe/Madrid"):
        assert said in words, words
    (entry,) = JournalEntry.objects.filter(kind="withdrawal declared")
    assert (entry.actor, entry.content["contract"], entry.content["case"]) == ("customer", "TF-10001", case.number)
    assert (case.due_at.date() - at.date()).days == 14


def test_a_declared_withdrawal_waits_for_a_colleague_and_moves_no_money(customer: Client) -> None:
    withdraw(customer)
    conversation = Conversation.objects.get()
    assert (conversation.speaker, conversation.team.name, conversation.status) == ("colleague", "Returns", "open")
    assert not JournalEntry.objects.filter(kind="deed").exists()
    assert not Message.objects.filter(author="customer", answered_at=None).exists()


def test_confirming_twice_declares_once(customer: Client) -> None:
    token = signed(customer.post("/withdraw/?lang=en", GIVEN))
    first = customer.post("/withdraw/confirm/?lang=en", {"signed": token}, follow=True)
    again = customer.post("/withdraw/confirm/?lang=en", {"signed": token}, follow=True)
    number = Case.objects.get().number
    assert number in first.content.decode()
    assert number in again.content.decode()
    assert Message.objects.filter(author="representative").count() == 1


def test_an_unknown_order_number_is_received_too_and_gives_nothing_away(customer: Client) -> None:
    known = withdraw(customer).content.decode()
    other = withdraw(customer, contract="NO-99999").content.decode()
    numbers = list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert len(numbers) == 2
    plain = [page.replace(number, "#") for page, number in zip((known, other), numbers, strict=True)]
    assert plain[0].replace("TF-10001", "?").count("?") == plain[1].replace("NO-99999", "?").count("?")


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"contract": " "}, {"address": ""}, {"address": "ana at example"}, {"address": "a@b.c\nx"}],
)
def test_what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_declared(
    customer: Client, changes: dict[str, str]
) -> None:
    page = customer.post("/withdraw/?lang=en", GIVEN | changes).content.decode()
    assert 'aria-invalid="true"' in page
    assert "Confirm withdrawal" not in page


def test_a_card_number_is_kept_nowhere(customer: Client) -> None:
    withdraw(customer, items="the jacket, paid with 4111 1111 1111 1111")
    kept = str(Case.objects.get().details) + str(list(JournalEntry.objects.values_list("content", flat=True)))
    kept += str(list(Message.objects.values_list("text", flat=True)))
    assert "4111" not in kept
    assert "the jacket, paid with" in kept


def test_nobody_can_have_a_link_mailed_to_another(customer: Client) -> None:
    page = customer.post("/withdraw/", GIVEN | {"items": "win at https://prize.example/"})
    assert "leave out web addresses" in page.content.decode()
    assert 'name="signed"' not in page.content.decode()


def test_a_forged_confirmation_declares_nothing(customer: Client) -> None:
    page = customer.post("/withdraw/confirm/?lang=en", {"signed": "forged"})
    assert page.status_code == 400
    assert customer.get("/withdraw/confirm/").status_code == 405
    assert customer.get("/withdraw/received/forged/").status_code == 302
    assert not Conversation.objects.exists()


def test_one_address_cannot_flood_the_house(customer: Client) -> None:
    answers = [withdraw(customer).status_code for _ in range(21)]
    assert answers[-1] == 429
    assert Case.objects.count() == 20
