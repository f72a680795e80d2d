"""A reply that denies a right is stopped, whoever wrote it."""

from __future__ import annotations

from typing import Any

from courtesy.conversations.models import JournalEntry, Message
from courtesy.desk.drafts import drafts_of
from courtesy.representative import proofreading
from courtesy.representative.values import Saying

DENIAL = "I am sorry, but you cannot return it."


def said_by_colleagues(talk: Any) -> list[str]:
    return list(Message.objects.filter(conversation=talk.id, author="colleague").values_list("text", flat=True))


def answer(who: Any, talk: Any, **more: str) -> str:
    who.do(f"c/{talk.id}/take-over/", **who.seen(talk.conversation))
    return str(who.do(f"c/{talk.id}/reply/", **more, **who.seen(talk.conversation)).content.decode())


def test_a_colleague_who_denies_a_right_is_shown_the_article_and_nothing_is_sent(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    shown = answer(mei, handed_over, text=DENIAL, reason="because I say so")
    assert "Not sent: this denies a right" in shown
    assert "RDL 1/2007, Art. 102, 103 and 104" in shown
    assert 'name="reason"' not in shown
    assert said_by_colleagues(handed_over) == []
    assert drafts_of(handed_over.conversation, mei.colleague)[0] == DENIAL
    assert not JournalEntry.objects.filter(kind="right denied").exists()


def test_a_team_lead_sends_it_only_with_a_written_reason_that_the_journal_keeps(handed_over: Any, desk: Any) -> None:
    lead = desk("Lea", grade="team lead", teams=("Customer care",))
    shown = answer(lead, handed_over, text=DENIAL)
    assert 'name="reason"' in shown
    answer(lead, handed_over, text=DENIAL, reason="   ")
    assert said_by_colleagues(handed_over) == []
    answer(lead, handed_over, text=DENIAL, reason="bought in the shop in Bilbao, receipt seen")
    assert said_by_colleagues(handed_over) == [DENIAL]
    entry = JournalEntry.objects.filter(kind="right denied").first()
    assert entry is not None
    assert entry.actor == lead.colleague.pk
    assert (entry.content["reason"], entry.content["sentence"]) == (
        "bought in the shop in Bilbao, receipt seen",
        DENIAL,
    )


def test_a_note_may_say_what_it_likes_and_a_friendly_reply_passes(handed_over: Any, desk: Any) -> None:
    mei = desk("Mei", teams=("Customer care",))
    answer(mei, handed_over, text=DENIAL, internal="yes")
    answer(mei, handed_over, text="You can return it within 100 days.")
    assert said_by_colleagues(handed_over) == [DENIAL, "You can return it within 100 days."]


def test_the_representative_never_sends_words_that_deny_what_the_record_gives(talk: Any, monkeypatch: Any) -> None:
    opened = talk()
    opened.say("I want to return the tent in order TF-10005, I changed my mind. My e-mail is tom.byrne@example.com")
    stop = proofreading.stop_denial

    def mistaken(situation: Any) -> bool:
        situation.sayings = [Saying("", {"text": "You cannot return the tent."})]
        return stop(situation)

    monkeypatch.setattr(proofreading, "stop_denial", mistaken)
    replies = opened.say("refund")
    assert replies
    assert all("cannot return" not in one.text for one in replies)
    assert opened.conversation.speaker == "colleague"
    (entry,) = opened.entries("denial stopped")
    assert entry.content["law"].startswith("Directive 2011/83/EU, Art. 9")
