"""A colleague's own deed: previewed, done within their limits, asked for above them, never granted by themselves, and
taken back once while its time runs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from courtesy.channels.deciding import decide_approval
from courtesy.commerce import shop
from courtesy.commerce.port import Chosen, Receipt, Refusal
from courtesy.conversations import journal
from courtesy.foundation.money import Money
from courtesy.pack import editions
from courtesy.policy.approvals import NotAllowedError
from courtesy.policy.models import Approval, AuthorityUse
from courtesy.representative import by_hand
from courtesy.representative.by_hand import Wish
from courtesy.workforce.delegating import delegate


@pytest.fixture
def matched(talk: Any) -> Any:
    """A customer who was matched with an order."""
    opened = talk(language="en")
    opened.say("Where is my order TF-10001? ana.ruiz@example.com")
    assert opened.conversation.identity == "order matched"
    return opened


def gift(amount: str, key: str = "form-0001") -> Wish:
    return Wish("goodwill credit", key, amount=Money(Decimal(amount), "EUR"), reason="late twice")


def do(matched: Any, by: Any, wish: Wish, at: Any) -> Any:
    return by_hand.do(matched.conversation, by, wish, editions.in_force(), at)


def credit(matched: Any, at: Any) -> Money:
    owner = by_hand.owner_of(matched.conversation)
    return shop.current().goodwill_history(owner, at - timedelta(days=1))


def test_a_preview_says_who_decides_and_changes_nothing(matched: Any, person: Any, at: Any) -> None:
    mei, pack = person("Mei"), editions.in_force()
    small = by_hand.preview(matched.conversation, mei, gift("12"), pack, at)
    assert (small.verdict.decision, str(small.amount)) == ("allow", "12.00 EUR")
    large = by_hand.preview(matched.conversation, mei, gift("120"), pack, at)
    assert (large.verdict.decision, large.verdict.whom) == ("ask", "team lead")
    assert not AuthorityUse.objects.exists()
    assert credit(matched, at).amount == 0


def test_within_the_limit_it_is_done_once_with_a_receipt(matched: Any, person: Any, at: Any) -> None:
    mei = person("Mei")
    first, second = do(matched, mei, gift("12"), at), do(matched, mei, gift("12"), at)
    assert isinstance(first, Receipt)
    assert (second.number, str(credit(matched, at))) == (first.number, "12.00 EUR")
    assert [entry.actor for entry in matched.entries("deed")] == [mei.pk]


def test_a_trainee_may_nothing_alone_and_the_limit_is_named(matched: Any, person: Any, at: Any) -> None:
    asked = do(matched, person("Tim", "trainee"), gift("5"), at)
    assert isinstance(asked, Approval)
    assert asked.verdict["rule"] == "trainee: nothing alone"
    assert asked.asked_of == "representative"


def test_own_requests_are_not_granted_by_oneself_nor_by_who_stands_in(matched: Any, person: Any, at: Any) -> None:
    lea, mei, uma = person("Lea", "team lead"), person("Mei"), person("Uma", "team lead")
    asked = do(matched, lea, gift("40"), at)
    assert isinstance(asked, Approval)
    with pytest.raises(NotAllowedError) as own:
        decide_approval(asked.pk, lea, True, "", at)
    assert own.value.why == "own request"
    delegate(lea, mei, "team lead", at.date(), at.date(), by=lea, at=at)
    with pytest.raises(NotAllowedError):
        decide_approval(asked.pk, mei, True, "", at)
    assert credit(matched, at).amount == 0
    decide_approval(asked.pk, uma, True, "", at)
    assert str(credit(matched, at)) == "40.00 EUR"
    assert AuthorityUse.objects.get().granted_by == uma.pk
    assert journal.verify() is None


def test_the_customers_day_is_summed_over_acts_and_people(matched: Any, person: Any, at: Any) -> None:
    """190 EUR of the day's 200 stand in the record; who asks next for 12 passes the limit, whoever they are."""
    mei, owner = person("Mei"), by_hand.owner_of(matched.conversation)
    before = {"act": "refund", "customer": owner, "amount": 190, "currency": "EUR", "state": "used"}
    rest = {"conversation": matched.conversation, "holder": "representative", "day": at.date(), "at": at}
    AuthorityUse.objects.create(key="r1", **before, **rest)
    asked = do(matched, mei, gift("12"), at)
    assert isinstance(asked, Approval)
    assert asked.verdict["rule"] == "representative: per customer a day 200.00 EUR"
    assert asked.verdict["facts"]["given before, per customer a day"]["value"] == "190.00 EUR"
    assert isinstance(do(matched, mei, gift("10", "form-0002"), at), Receipt)


def test_somebody_elses_order_is_not_paid_back(matched: Any, person: Any, at: Any) -> None:
    line = shop.current().order("TF-10005").lines[0]
    wish = Wish("refund", "form-0003", "TF-10005", (Chosen(line.id),), None, "she says it is hers")
    answer = do(matched, person("Mei"), wish, at)
    assert not isinstance(answer, Receipt)
    assert all(payment.amount.amount > 0 for payment in shop.current().order("TF-10005").payments)


# --- taking back ---------------------------------------------------------------------------------


def test_it_is_taken_back_once_while_its_time_runs(matched: Any, person: Any, at: Any) -> None:
    mei, pack = person("Mei"), editions.in_force()
    receipt = do(matched, mei, gift("12"), at)
    use = AuthorityUse.objects.get(receipt=receipt.number)
    undone = by_hand.undo(use, mei, pack, at + timedelta(minutes=59))
    assert isinstance(undone, Receipt)
    assert undone.number != receipt.number
    assert credit(matched, at).amount == 0
    again = by_hand.undo(use, mei, pack, at + timedelta(minutes=59))
    assert isinstance(again, Refusal)
    assert again.why == "already undone"
    assert [entry.content["act"] for entry in matched.entries("deed")] == ["goodwill credit", "undo"]
    verdict = matched.entries("verdict")[-1].content
    assert (verdict["act"], verdict["rule"]) == ("undo", "While its time runs")


def test_after_its_time_it_stays(matched: Any, person: Any, at: Any) -> None:
    mei = person("Mei")
    do(matched, mei, gift("12"), at)
    late = by_hand.undo(AuthorityUse.objects.get(), mei, editions.in_force(), at + timedelta(minutes=61))
    assert isinstance(late, Refusal)
    assert late.details["rule"] == "Its time is over"
    assert str(credit(matched, at)) == "12.00 EUR"


def test_who_could_not_have_done_it_does_not_take_it_back(matched: Any, person: Any, at: Any) -> None:
    do(matched, person("Mei"), gift("12"), at)
    answer = by_hand.undo(AuthorityUse.objects.get(), person("Tim", "trainee"), editions.in_force(), at)
    assert isinstance(answer, Refusal)
    assert answer.details["rule"] == "trainee: nothing alone"


def test_what_was_spent_is_not_taken_back(matched: Any, person: Any, at: Any) -> None:
    from courtesy.commerce.models import PaymentMeans

    mei = person("Mei")
    do(matched, mei, gift("12"), at)
    owner = by_hand.owner_of(matched.conversation)
    PaymentMeans.objects.filter(customer_id=owner, kind="store credit").update(balance=Decimal("3"))
    answer = by_hand.undo(AuthorityUse.objects.get(), mei, editions.in_force(), at)
    assert isinstance(answer, Refusal)
    assert answer.why == "refusal: balance too low"
    assert AuthorityUse.objects.get().state == "used"


# --- the pages -----------------------------------------------------------------------------------


def test_the_pages_show_preview_receipt_and_undo(matched: Any, person: Any, at: Any) -> None:
    mei, browser = person("Mei"), Client()
    browser.force_login(mei)
    home = f"/desk/c/{matched.id}/act/"
    fields = {"act": "goodwill credit", "key": "form-0001", "amount": "12,00", "reason": "late twice"}
    seen = browser.post(f"{home}preview/", fields).content.decode()
    assert "you may" in seen
    assert "Do it" in seen
    assert credit(matched, at).amount == 0
    done = browser.post(f"{home}do/", fields).content.decode()
    assert AuthorityUse.objects.get().receipt in done
    assert "Take back" in done
    assert "taken back" in browser.post(f"{home}undo/{AuthorityUse.objects.get().pk}/").content.decode()
    assert browser.post(f"{home}undo/{AuthorityUse.objects.get().pk}/").status_code == 409
    assert browser.get(f"{home}do/").status_code == 405
    wrong = browser.post(f"{home}preview/", {**fields, "amount": "lots"})
    assert (wrong.status_code, "12.50" in wrong.content.decode()) == (400, True)


def test_a_colleague_sees_their_own_limits_and_the_assistants(person: Any, at: Any, time_machine: Any) -> None:
    time_machine.move_to(at)
    browser = Client()
    browser.force_login(person("Sam", "senior"))
    page = browser.get("/desk/authority/").content.decode()
    assert "Money given to customers" in page
    assert "€250.00" in page
    assert "automatic representative" in page
    assert "you" in page
    taker = person("Mei")
    day = at.date().isoformat()
    sent = {"taker": taker.pk, "grade": "senior", "first": day, "last": day}
    assert browser.post("/desk/authority/delegate/", sent).status_code == 302
    assert "Mei" in browser.get("/desk/authority/").content.decode()
    assert browser.post("/desk/authority/delegate/", {**sent, "grade": "manager"}).status_code == 409
