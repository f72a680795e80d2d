"""Finding at the desk: words, people and orders, by typed filters, within what a colleague may see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from courtesy.channels import replying
from courtesy.conversations import holding, messages, tagging
from courtesy.conversations.models import Conversation, Message
from courtesy.conversations.opening import open_conversation
from courtesy.customers.identifying import identify
from courtesy.desk.search import finding, typed
from courtesy.desk.search.typed import Typed
from courtesy.workforce.models import Team

MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def said(db: None, at: datetime) -> Any:
    """``said("words", name=…, team=…)``: a customer says this in a conversation of their own."""

    def say(
        text: str, *, name: str = "", email: str = "", team: str = "", channel: str = "chat", language: str = "en"
    ) -> Conversation:
        kind, value = ("e-mail", email) if email else ("chat", text)
        customer = identify(kind, value, name=name)
        opened = open_conversation(channel=channel, line=channel, customer=customer, at=at, language=language)
        messages.receive(opened, text=text, at=at, line=channel, provider_id=text[:200], language=language)
        if team:
            named, _ = Team.objects.get_or_create(name=team)
            Conversation.objects.filter(pk=opened.pk).update(team=named)
        opened.refresh_from_db()
        return opened

    return say


def read(written: str) -> Typed:
    return typed.read(written, timezone.now(), MADRID)


def hits(written: str, colleague: Any) -> list[str]:
    found = finding.find(read(written), colleague.colleague, timezone.now())
    return [hit.message.conversation_id for hit in found.hits]


def test_filters_are_read_in_three_languages_and_what_is_wrong_is_told() -> None:
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    one = typed.read('tent order:TF-10001 from:"Ana Ruiz" since:monday status:open "wet through"', friday, MADRID)
    assert (one.words, one.phrases) == ("tent", ("wet through",))
    assert one.filters == {"order": ("TF-10001",), "from": ("Ana Ruiz",), "status": ("open",)}
    assert one.since == datetime(2026, 11, 16, tzinfo=MADRID)
    spanish = typed.read("tienda de:ana@example.com estado:abierto desde:lunes", friday, MADRID)
    assert (spanish.filters, spanish.since) == ({"from": ("ana@example.com",), "status": ("open",)}, one.since)
    chinese = typed.read("帐篷 订单：TF-10001 状态:已关闭 至:2026-11-19", friday, MADRID)
    assert chinese.filters == {"order": ("TF-10001",), "status": ("closed",)}
    assert chinese.until == datetime(2026, 11, 20, tzinfo=MADRID)
    assert typed.read("since:someday tent", friday, MADRID).wrong == ("since:someday",)
    assert typed.read("see http://example.com", friday, MADRID).words == "see http://example.com"


def test_what_was_said_is_found_in_every_language_newest_first_and_marked(said: Any, desk: Any) -> None:
    lea = desk("Lea", grade="team lead")
    first, second = said("My tents are wet"), said("A tent without pegs")
    chinese = said("我想退货，帐篷太小", language="zh")
    assert hits("tent", lea) == [second.pk, first.pk]
    assert hits("退货", lea) == [chinese.pk]
    assert hits('"tents are wet"', lea) == [first.pk]
    assert hits("tent stove", lea) == []
    page = lea.page("find/", q="tent").content.decode()
    assert "My <mark>tents</mark> are wet" in page
    assert "<mark>退货</mark>" in lea.page("", view="mine", q="退货").content.decode()


def test_a_colleague_finds_only_what_their_teams_may_see(said: Any, desk: Any) -> None:
    hidden = said("The lantern hums", name="Hana Ito", email="hana@example.com", team="Returns")
    mine = said("My lantern is dark", team="Workshop")
    otis = desk("Otis", teams=("Workshop",))
    assert hits("lantern", otis) == [mine.pk]
    for address, query in (("find/", "lantern"), ("find/", "hana"), ("find/palette/", "hana"), ("", "lantern")):
        shown = otis.page(address, q=query).content.decode()
        assert hidden.pk not in shown
        assert "Hana Ito" not in shown
    assert otis.page(f"customers/{hidden.customer_id}/").status_code == 404
    assert "Hana Ito" in desk("Lea", grade="team lead").page("find/palette/", q="han").content.decode()


def test_filters_narrow_what_is_found(said: Any, desk: Any, at: datetime) -> None:
    lea = desk("Lea", grade="team lead")
    chat = said("The kettle leaks", name="Ana Ruiz", email="ana@shop.example", channel="email")
    other = said("My kettle leaks too")
    holding.close(other, "system", at)
    tagging.tag(chat, "VIP guest", lea.colleague.pk, at)
    assert hits("kettle", lea) == [other.pk, chat.pk]
    for narrow in ("from:ana@shop.example", "from:ruiz", "status:open", "channel:email", "tag:vip-guest"):
        assert hits(f"kettle {narrow}", lea) == [chat.pk], narrow
        assert chat.pk in lea.page("", q=narrow).content.decode()
        assert other.pk not in lea.page("", q=narrow).content.decode()
    assert hits("kettle since:today until:yesterday", lea) == []


def test_an_order_is_found_with_its_customer(talk: Any, desk: Any) -> None:
    visitor = talk(sender="ana.ruiz@example.com", signed_in=True)
    visitor.say("where is my order TF-10001? My e-mail is ana.ruiz@example.com")
    lea = desk("Lea", grade="team lead")
    shown = lea.page("find/", q="TF-10001").content.decode()
    assert visitor.id in shown
    assert visitor.id in lea.page("", q="order:TF-10001").content.decode()


def test_a_note_is_found_by_colleagues_and_a_page_goes_on_where_the_last_one_ended(
    said: Any, desk: Any, at: datetime
) -> None:
    lea = desk("Lea", grade="team lead")
    talks = [said(f"The stove number {number} smokes") for number in range(25)]
    replying.reply(talks[0], lea.colleague, "Known fault: gasket", at, expected_version=0, internal=True)
    assert hits("gasket is:note", lea) == [talks[0].pk]
    first = finding.find(read("stove"), lea.colleague, timezone.now())
    second = finding.find(read("stove"), lea.colleague, timezone.now(), before=first.after)
    seen = [hit.message.conversation_id for hit in (*first.hits, *second.hits)]
    assert seen == [one.pk for one in reversed(talks)]
    assert second.after == 0


def test_a_search_that_finds_nothing_visible_stops_looking_and_says_how_far_it_came(
    said: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "BUDGET", 10)
    monkeypatch.setattr(finding, "CHUNK", 5)
    oldest = said("A whistle for Workshop", team="Workshop")
    for number in range(30):
        said(f"A whistle {number}", team="Returns")
    otis = desk("Otis", teams=("Workshop",))
    found = finding.find(read("whistle"), otis.colleague, timezone.now())
    assert (found.hits, found.looked_back_to is not None) == ((), True)
    for _ in range(5):
        if found.hits:
            break
        found = finding.find(read("whistle"), otis.colleague, timezone.now(), before=found.after)
    assert [hit.message.conversation_id for hit in found.hits] == [oldest.pk]


def test_a_message_that_was_rolled_back_is_not_in_the_index(said: Any, desk: Any, at: datetime) -> None:
    from django.db import transaction

    lea = desk("Lea", grade="team lead")
    talk = said("A first word")
    with transaction.atomic():
        messages.receive(talk, text="An unspeakable gadget", at=at, line="chat", provider_id="x")
        transaction.set_rollback(True)
    assert hits("gadget", lea) == []
    assert not Message.objects.filter(text__contains="gadget").exists()


def test_a_search_with_filters_goes_on_where_its_page_ended(said: Any, desk: Any) -> None:
    lea = desk("Lea", grade="team lead")
    for number in range(5):
        said(f"kettle number {number}", name="Ana Ruiz")
    said("kettle of somebody else", name="Tom Byrne")
    seen: list[str] = []
    cursor, pages = 0, 0
    while pages == 0 or cursor:
        found = finding.find(read("from:ana kettle"), lea.colleague, timezone.now(), before=cursor, limit=2)
        seen += [hit.message.text for hit in found.hits]
        cursor, pages = found.after, pages + 1
        assert pages < 9, "it goes round in circles"
    assert {f"kettle number {number}" for number in range(5)} == set(seen)
