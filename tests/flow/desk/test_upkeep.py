"""Articles to look at stand on the page of gaps, with who keeps them; promotions begin and end by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from courtesy.knowledge.finding import find
from courtesy.knowledge.models import LinkCheck
from courtesy.knowledge.upkeep import due
from courtesy.pack import editions
from courtesy.pack.model import Article, Pack, Place

pytestmark = pytest.mark.django_db
PAGE = Article(
    "offers/moon", "en", "Moonlight sale", "customers", "Customer care", date(2026, 11, 27), date(2026, 11, 29),
    ("is there a moonlight sale",), "The moonlight sale: every moonlight lamp costs half. See [it](https://a.example/x).",
    Place("tarnfell/articles/en/offers/moon.md", 2),
)  # fmt: skip


def holding(pack: Pack, *articles: Article) -> Pack:
    return replace(pack, articles=(*pack.articles, *articles), edition=f"with {articles}")


@pytest.mark.parametrize(
    ("change", "day", "dead", "why"),
    [
        ({}, date(2026, 11, 20), {}, []),
        ({}, date(2026, 11, 29), {}, ["over soon"]),
        ({}, date(2026, 11, 30), {}, ["over"]),
        ({"valid_until": None}, date(2026, 12, 30), {"https://a.example/x": "no answer"}, ["dead link"]),
        ({"valid_until": None}, date(2026, 12, 30), {"https://b.example/": "no answer"}, []),
        ({}, date(2026, 11, 30), {"https://a.example/x": "no answer"}, ["over"]),
        ({"valid_until": None, "review_by": date(2026, 12, 1)}, date(2026, 12, 1), {}, []),
        ({"valid_until": None, "review_by": date(2026, 12, 1)}, date(2026, 12, 2), {}, ["review"]),
    ],
)
def test_what_has_to_be_looked_at(company: Pack, change: Any, day: date, dead: dict[str, str], why: list[str]) -> None:
    pack = replace(company, articles=(replace(PAGE, **change),))
    assert [one.why for one in due(pack, day, dead)] == why


def test_the_desk_names_article_reason_and_owner(
    company: Pack, desk: Any, at: datetime, time_machine: Any, monkeypatch: Any
) -> None:
    time_machine.move_to(at)
    over = replace(PAGE, id="offers/sun", title="Sunlight sale", valid_from=None, valid_until=date(2026, 11, 1))
    late = replace(PAGE, id="offers/dusk", title="Dusk sale", valid_until=None, review_by=date(2026, 11, 2))
    pack = holding(company, over, late)
    monkeypatch.setattr(editions, "in_force", lambda at=None: pack)
    LinkCheck.objects.create(url="https://a.example/x", checked_at=at, due_at=at, problem="no answer", dead=True)
    page = desk("Mei").page("gaps/")
    shown = [(one.article.title, one.why) for one in page.context["upkeep"] if one.article.id.startswith("offers/")]
    assert shown == [("Dusk sale", "dead link"), ("Sunlight sale", "over"), ("Dusk sale", "review")]
    written = page.content.decode()
    assert "https://a.example/x leads nowhere: no answer" in written
    assert "tarnfell/articles/en/offers/moon.md · Customer care" in written
    spanish = desk("Pau", language="es").page("gaps/").content.decode()
    assert "no lleva a ninguna parte: no responde" in spanish


ZONE = ZoneInfo("Europe/Madrid")
BEGINS, ENDS = datetime(2026, 11, 27, 0, 0, tzinfo=ZONE), datetime(2026, 11, 30, 0, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (BEGINS - timedelta(minutes=1), False),
        (BEGINS, True),
        (ENDS - timedelta(minutes=1), True),
        (ENDS, False),
    ],
)
def test_a_promotion_begins_and_ends_at_midnight_where_the_company_is(
    company: Pack, moment: datetime, told: bool
) -> None:
    """At 23:00 and 22:59 UTC: the day there, not ours, decides."""
    pack = holding(company, PAGE)
    found = find(pack, "is there a moonlight sale?", "en", at=moment.astimezone(ZoneInfo("UTC")))
    assert (found is not None and found.article == "offers/moon") is told


@pytest.mark.parametrize(("minutes", "told"), [(-1, False), (1, True)])
def test_the_help_centre_and_the_chat_go_by_the_same_minute(
    company: Pack, talk: Any, client: Any, time_machine: Any, monkeypatch: Any, minutes: int, told: bool
) -> None:
    pack = holding(company, PAGE)
    monkeypatch.setattr(editions, "in_force", lambda at=None: pack)
    time_machine.move_to(BEGINS + timedelta(minutes=minutes))
    assert (client.get("/help/en/offers/moon/").status_code == 200) is told
    chat = talk(language="en")
    chat.say("is there a moonlight sale?")
    assert ("every moonlight lamp costs half" in chat.said) is told
