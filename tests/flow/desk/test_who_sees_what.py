"""A conversation is seen by those who may see it; for everybody else it does not exist."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from courtesy.desk.stream import colleague_of, moved_since

PARTS = ("", "news/", "beside/", "earlier/?before=1")
DEEDS = ("reply/", "draft/", "typing/", "take-over/", "hand-back/", "assign/", "close/", "reopen/", "look-up/")


def test_a_stranger_is_sent_to_the_sign_in_and_comes_back_to_the_page(handed_over: Any) -> None:
    browser = Client()
    address = f"/desk/c/{handed_over.id}/"
    asked = browser.get(address)
    assert asked.headers["Location"] == f"/desk/sign-in/?next={address}"
    part = browser.get(address, headers={"HX-Request": "true"})
    assert part.status_code == 204
    assert part.headers["HX-Redirect"].startswith("/desk/sign-in/")


def test_another_team_finds_no_conversation_and_can_do_nothing_with_it(handed_over: Any, desk: Any) -> None:
    other = desk("Otis", teams=("Workshop",))
    for part in PARTS:
        assert other.part(f"c/{handed_over.id}/{part}").status_code == 404, part
    for deed in DEEDS:
        assert other.do(f"c/{handed_over.id}/{deed}", text="hello", wanted="TF-10001").status_code == 404, deed
    assert handed_over.id not in other.page("", view="all").content.decode()
    assert handed_over.conversation.holder is None


def test_the_team_it_waits_for_and_a_team_lead_see_it(handed_over: Any, desk: Any) -> None:
    mine = desk("Mei", teams=("Customer care",))
    lead = desk("Lea", grade="team lead")
    for colleague in (mine, lead):
        assert handed_over.id in colleague.page("", view="unassigned").content.decode()
        assert colleague.page(f"c/{handed_over.id}/").status_code == 200


def test_the_stream_tells_only_of_what_may_be_seen_and_nothing_after_the_session(handed_over: Any, desk: Any) -> None:
    mine, other = desk("Mei", teams=("Customer care",)), desk("Otis", teams=("Workshop",))
    keys = {one.colleague.name: one.browser.session.session_key for one in (mine, other)}
    assert [event["conversation"] for event in moved_since(keys["Mei"], 1)]
    assert moved_since(keys["Otis"], 1) == []
    assert moved_since(keys["Mei"], 0)[0]["kind"] == "start"
    mine.browser.post("/desk/sign-out/")
    assert moved_since(keys["Mei"], 1) == []
    assert colleague_of(keys["Mei"]) is None
    assert colleague_of("made up") is None


@pytest.mark.parametrize("page", ["", "find/", "approvals/", "questions/", "quarantine/", "myself/"])
@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_every_page_opens_in_every_language_without_anything_inline(desk: Any, page: str, language: str) -> None:
    answer = desk("Mei", grade="manager", language=language).page(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count("<script src=")
    assert text.count("<h1") == 1


def test_words_of_a_customer_are_shown_as_they_are_and_never_acted_on(talk: Any, desk: Any) -> None:
    visitor = talk()
    visitor.say("<script>alert(1)</script> see https://tarnfell.example/?a=1&b=2 please")
    text = desk("Mei", grade="manager").page(f"c/{visitor.id}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert 'href="https://tarnfell.example/?a=1&amp;b=2" rel="nofollow noopener noreferrer" target="_blank"' in text
