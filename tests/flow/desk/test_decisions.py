"""A deed over the limit waits for a person; their yes or no, with its reason, is carried out once."""

from __future__ import annotations

from typing import Any

from courtesy.foundation import jobs
from courtesy.policy.models import Approval


def test_a_yes_pays_the_refund_and_the_customer_is_told(over_the_limit: Any, desk: Any) -> None:
    lead = desk("Lea", grade="team lead")
    approval = Approval.objects.get(conversation=over_the_limit.id)
    assert "refund" not in over_the_limit.deeds()
    answer = lead.do(f"approvals/{approval.pk}/", answer="yes")
    assert "You approved it." in answer.content.decode()
    jobs.run_due()
    assert "refund" in over_the_limit.deeds()
    assert over_the_limit.conversation.messages.order_by("sequence").last().author == "representative"


def test_a_no_needs_a_reason_and_moves_no_money(over_the_limit: Any, desk: Any) -> None:
    lead = desk("Lea", grade="team lead")
    approval = Approval.objects.get(conversation=over_the_limit.id)
    refused = lead.do(f"approvals/{approval.pk}/", answer="no", reason="   ")
    assert refused.status_code == 409
    assert "Write the reason" in refused.headers["HX-Trigger"]
    assert Approval.objects.get(pk=approval.pk).status == "waiting"
    lead.do(f"approvals/{approval.pk}/", answer="no", reason="The tent was used.")
    jobs.run_due()
    decided = Approval.objects.get(pk=approval.pk)
    assert (decided.status, decided.reason, decided.decided_by) == ("refused", "The tent was used.", lead.colleague)
    assert "refund" not in over_the_limit.deeds()


def test_who_comes_second_is_told_what_was_decided_and_changes_nothing(over_the_limit: Any, desk: Any) -> None:
    lead, boss = desk("Lea", grade="team lead"), desk("Bo", grade="manager")
    approval = Approval.objects.get(conversation=over_the_limit.id)
    lead.do(f"approvals/{approval.pk}/", answer="no", reason="The tent was used.")
    answer = boss.do(f"approvals/{approval.pk}/", answer="yes")
    assert "Lea has refused it already." in answer.content.decode()
    jobs.run_due()
    assert Approval.objects.get(pk=approval.pk).status == "refused"
    assert "refund" not in over_the_limit.deeds()


def test_a_representative_neither_sees_nor_decides_what_is_asked_of_a_team_lead(over_the_limit: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care", "Returns"))
    approval = Approval.objects.get(conversation=over_the_limit.id)
    assert approval.pk not in mei.page("approvals/").content.decode()
    assert approval.pk not in mei.page(f"c/{over_the_limit.id}/").content.decode()
    assert mei.do(f"approvals/{approval.pk}/", answer="yes").status_code == 404
    assert Approval.objects.get(pk=approval.pk).status == "waiting"


def test_the_card_has_the_rule_the_facts_with_their_source_and_the_words(over_the_limit: Any, desk: Any) -> None:
    page = desk("Lea", grade="team lead").page("approvals/").content.decode()
    assert "A team lead approves refunds over 100 EUR" in page
    assert "items: Picos 2 Tent (green)" in page
    assert "Refund limits" in page
    assert "€249.00" in page
    assert "customer says" in page
    assert "I changed my mind" in page
    assert "(&#x27;" not in page


def test_the_panel_says_why_with_the_rule_and_the_receipt(over_the_limit: Any, desk: Any) -> None:
    panel = desk("Lea", grade="team lead").part(f"c/{over_the_limit.id}/beside/").content.decode()
    assert "asks team lead" in panel
    assert "Refund limits" in panel
    receipt = over_the_limit.entries("deed")[0].content["receipt"]
    assert receipt in panel
    assert "I&#x27;d like to return the tent" in panel  # what was understood, beside the words


def test_who_was_matched_with_an_order_is_shown_with_it_beside_the_conversation(over_the_limit: Any, desk: Any) -> None:
    lead = desk("Lea", grade="team lead")
    panel = lead.part(f"c/{over_the_limit.id}/beside/").content.decode()
    assert "Tom Byrne" in panel
    assert "order matched" in panel
    assert "TF-10005" in panel
    assert over_the_limit.id in lead.part("list/", view="all", q="TF-10005").content.decode()


def test_an_address_that_was_only_named_shows_no_record(talk: Any, desk: Any) -> None:
    asked = talk()
    asked.say("What did I order last? My e-mail is tom.byrne@example.com")
    panel = desk("Lea", grade="team lead").part(f"c/{asked.id}/beside/").content.decode()
    assert "Tom Byrne" not in panel
    assert "TF-10005" not in panel


def test_a_question_is_answered_once_and_the_answer_reaches_the_customer(talk: Any, desk: Any) -> None:
    visitor = talk(language="en")
    visitor.say("Do you offer a group discount for student clubs?")
    mei = desk("Mei", teams=("Customer care",))
    case = visitor.conversation.cases.get(kind="question")
    assert "student clubs" in mei.page("questions/").content.decode()
    mei.do(f"questions/{case.pk}/", text="Yes, 10 percent from 8 people.")
    jobs.run_due()
    last = visitor.conversation.messages.order_by("sequence").last()
    assert "10 percent from 8 people" in last.text
    assert mei.do(f"questions/{case.pk}/", text="No.").status_code == 409
