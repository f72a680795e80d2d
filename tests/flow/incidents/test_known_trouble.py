"""Known trouble: told at once to those it may touch, to nobody else, and told to the same people when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courtesy.channels import news
from courtesy.conversations.incidents import declaring
from courtesy.conversations.incidents.declaring import News, Touches, Trouble
from courtesy.conversations.models import Incident, Message, Promise, Told
from courtesy.foundation import jobs

Talk = Any
WHERE = "Where is my order"
SAID = {
    "en": "The carrier's depot in Madrid is closed because of flooding; parcels there are late.",
    "es": "El almacén del transportista en Madrid está cerrado por inundación; los paquetes llegan tarde.",
    "zh": "承运商在马德里的仓库因水灾关闭，那里的包裹会晚到。",
}
OVER = {"en": "Every parcel from Madrid is on its way again."}


@pytest.fixture
def declare(company: Any, sample_shop: Any) -> Callable[..., Incident]:
    """Declare an incident about parcels; in Madrid where nothing else is said."""

    def make(areas: tuple[str, ...] = ("28",), procedures: tuple[str, ...] = (), **more: Any) -> Incident:
        now = timezone.now()
        touches = Touches(areas, tuple(more.pop("products", ())), procedures or (WHERE,))
        told = News(SAID, now + timedelta(days=1), now + timedelta(hours=3))
        made = declaring.declare(Trouble("Depot flooded", touches, told, **more), company, None, now)
        assert isinstance(made, Incident)
        return made

    return make


def heard(conversation_id: str) -> list[str]:
    jobs.run_due()
    said = Message.objects.filter(conversation=conversation_id, internal=False).exclude(author="customer")
    return list(said.order_by("sequence").values_list("text", flat=True))


def test_who_asks_about_what_an_incident_covers_hears_of_it_before_the_ordinary_procedure(
    talk: Callable[..., Talk], declare: Callable[..., Incident]
) -> None:
    chat = talk()
    incident = declare()
    chat.say("Where is my order? My postcode is 28013")
    assert "closed because of flooding" in chat.said
    assert "again by November 20, 2026" in chat.said  # the next news
    first, asked = chat.said.index("flooding"), chat.said.index("order number")
    assert first < asked, chat.said
    row = Told.objects.get(conversation=chat.id)
    assert (row.incident, row.news, row.place_known) == (incident, 1, True)
    assert [entry.content["incident"] for entry in chat.entries("incident told")] == [incident.number]
    assert Promise.objects.get(conversation=chat.id).due_at == incident.next_news_at


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("¿Dónde está mi pedido? Mi código postal es 28013", "cerrado por inundación"),
        ("我的订单到哪里了？我的邮编是 28013", "因水灾关闭"),
    ],
)
def test_it_is_told_in_the_customers_language(
    talk: Callable[..., Talk], declare: Callable[..., Incident], words: str, told: str
) -> None:
    chat = talk()
    declare()
    chat.say(words)
    assert told in chat.said


def test_somebody_elsewhere_hears_nothing_of_it(talk: Callable[..., Talk], declare: Callable[..., Incident]) -> None:
    chat = talk()
    declare()
    chat.say("Where is my order? My postcode is 48011")
    assert "flooding" not in chat.said
    assert not Told.objects.exists()


def test_another_matter_hears_nothing_of_it(talk: Callable[..., Talk], declare: Callable[..., Incident]) -> None:
    chat = talk()
    declare()
    chat.say("I want to return the tent from TF-10005. My postcode is 28013")
    assert "flooding" not in chat.said


def test_where_the_place_is_not_known_it_is_told_with_the_places_it_is_for(
    talk: Callable[..., Talk], declare: Callable[..., Incident]
) -> None:
    chat = talk()
    declare()
    chat.say("Where is my order?")
    assert "some places: 28" in chat.said
    assert Told.objects.get().place_known is False


def test_it_is_told_once_and_what_it_answers_whole_only_begins_when_asked_again(
    talk: Callable[..., Talk], declare: Callable[..., Incident]
) -> None:
    chat = talk()
    declare(areas=(), whole_answer=True)
    chat.say("Where is my order?")
    assert "flooding" in chat.said
    assert "order number" not in chat.said
    chat.say("Where is my order?")
    assert "flooding" not in chat.said
    assert "order number" in chat.said


def test_a_product_that_is_named_and_not_touched_is_not_told_of_it(
    talk: Callable[..., Talk], declare: Callable[..., Incident]
) -> None:
    chat, other = talk(), talk()
    declare(areas=(), products=("online shop",), procedures=(WHERE,))
    chat.say("Where is my order? The online shop shows nothing")
    assert "flooding" in chat.said
    other.say("Where is the tent I ordered?")
    assert "flooding" not in other.said


def test_everybody_who_was_told_hears_once_that_it_is_over(
    talk: Callable[..., Talk], declare: Callable[..., Incident], company: Any
) -> None:
    told, elsewhere, mail = talk(), talk(), talk(sender="ana.ruiz@example.com", channel="email")
    incident = declare()
    for one in (told, mail):
        one.say("Where is my order? My postcode is 28013")
    elsewhere.say("Where is my order? My postcode is 48011")
    assert declaring.finish(incident, company, None, timezone.now(), OVER) == ""
    assert news.bring(timezone.now()) == 2
    assert news.bring(timezone.now()) == 0
    for one in (told, mail):
        assert "on its way again" in heard(one.id)[-1]
        assert "is over" in heard(one.id)[-1]
    assert not any("on its way again" in text for text in heard(elsewhere.id))
    assert Message.objects.filter(conversation=mail.id).last().delivery == "sent"
    assert not Promise.objects.filter(status="open").exists()


def test_news_in_between_reaches_those_who_were_told_and_later_ones_hear_only_the_newest(
    talk: Callable[..., Talk], declare: Callable[..., Incident], company: Any
) -> None:
    early, late = talk(), talk()
    incident = declare()
    early.say("Where is my order? My postcode is 28013")
    now = timezone.now()
    changed = News({"en": "The depot opens again tomorrow."}, now + timedelta(days=2), now + timedelta(hours=6))
    assert declaring.change(incident, changed, company, None, now) == ""
    assert declaring.change(incident, changed, company, None, now) == ""  # the same again is no news
    assert news.bring(now) == 1
    assert "opens again tomorrow" in heard(early.id)[-1]
    late.say("Where is my order? My postcode is 28013")
    assert "opens again tomorrow" in late.said
    assert "flooding" not in late.said
    assert news.bring(now) == 0


def test_while_a_colleague_speaks_they_get_the_news_and_speak_for_us(
    talk: Callable[..., Talk], declare: Callable[..., Incident], company: Any, colleague: Any
) -> None:
    from courtesy.conversations import holding

    chat = talk()
    incident = declare()
    chat.say("Where is my order? My postcode is 28013")
    holding.take_over(chat.conversation, colleague, timezone.now())
    before = heard(chat.id)
    declaring.finish(incident, company, None, timezone.now(), OVER)
    assert news.bring(timezone.now()) == 1
    assert heard(chat.id) == before
    assert "on its way again" in Message.objects.get(conversation=chat.id, internal=True).text


def test_an_incident_that_touches_nothing_or_says_nothing_is_not_declared(company: Any, db: None) -> None:
    now = timezone.now()
    said, matter = News(SAID), Touches(procedures=(WHERE,))
    for trouble, lacks in (
        (Trouble(" ", matter, said), "title"),
        (Trouble("Flood", Touches(areas=("28",)), said), "a matter"),
        (Trouble("Flood", Touches(procedures=("Nothing like it",)), said), "a known procedure"),
        (Trouble("Flood", Touches(articles=("nothing",)), said), "a known article"),
        (Trouble("Flood", matter, News({"es": "Algo"})), "what is said"),
        (Trouble("Flood", matter, News(SAID, now - timedelta(hours=1))), "a time to come"),
    ):
        assert declaring.declare(trouble, company, None, now) == lacks
    assert not Incident.objects.exists()
