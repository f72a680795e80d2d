"""The help centre as a reader uses it: languages, folders, search, an article, feedback, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from courtesy.knowledge import gaps
from courtesy.knowledge.models import ArticleFeedback, KnowledgeGap
from courtesy.pack import editions

LANTERN = Path(__file__).resolve().parents[2] / "unit" / "knowledge" / "lantern"
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_force(time_machine: Any, settings: Any) -> Iterator[None]:
    cache.clear()
    time_machine.move_to(AT)
    editions.configure(LANTERN, None)
    yield
    editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)


@pytest.mark.parametrize(
    ("wish", "query", "address"),
    [
        ("es-ES,es;q=0.9,en;q=0.8", "", "/help/es/"),
        ("zh-CN", "", "/help/zh/"),
        ("fr-FR", "", "/help/en/"),
        ("es", "?lang=zh", "/help/zh/"),
        ("es", "?q=bater%C3%ADa", "/help/es/?q=bater%C3%ADa"),
    ],
)
def test_the_front_leads_to_the_readers_own_language(client: Any, wish: str, query: str, address: str) -> None:
    answer = client.get(f"/help/{query}", headers={"accept-language": wish})
    assert answer.status_code == 302
    assert answer.headers["Location"] == address


def test_a_language_that_the_company_does_not_speak_leads_back_to_the_front(client: Any) -> None:
    assert client.get("/help/fr/").headers["Location"] == "/help/"
    assert client.get("/help/fr/care/batteries/").headers["Location"] == "/help/"


def test_the_home_page_lists_articles_by_folder_in_the_language(client: Any) -> None:
    page = client.get("/help/es/").content.decode()
    assert '<html lang="es">' in page
    assert "Cambiar la batería de una lámpara" in page
    assert '<a href="/help/es/shop/gift-wrapping/" lang="en">Gift wrapping</a>' in page  # not translated yet
    assert "Changing the battery" not in page
    assert "goodwill" not in page  # for colleagues
    assert "Black Friday" not in page  # not yet valid


def test_an_article_page_shows_its_text_its_languages_and_how_it_is_found_again(client: Any) -> None:
    answer = client.get("/help/en/delivery/delivery-times/")
    page = answer.content.decode()
    assert "<h1>How long delivery takes</h1>" in page
    assert "<strong>two to three working days</strong>" in page
    assert '<h2 id="part-1">Islands</h2>' in page
    assert "<td>Mallorca</td>" in page
    assert "<title>How long delivery takes · Help centre · Lantern &amp; Co</title>" in page
    assert 'name="description" content="We deliver within two to three working days in Spain.' in page
    assert 'hreflang="zh" href="http' in page
    assert "Valid from January 1, 2026" in page
    assert 'href="/chat/?language=en"' in page


def test_pages_hold_nothing_that_the_content_policy_forbids(client: Any) -> None:
    for address in ("/help/en/", "/help/en/?q=battery", "/help/en/care/batteries/", "/help/en/nothing/"):
        answer = client.get(address)
        page = answer.content.decode()
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "<script" not in page
        assert "<style" not in page
        assert "style=" not in page
        assert "onclick" not in page


def test_an_article_missing_in_the_language_says_so(client: Any) -> None:
    page = client.get("/help/es/shop/gift-wrapping/").content.decode()
    assert "todavía no está disponible en tu idioma" in page
    assert '<article class="narrow" lang="en">' in page
    assert "We wrap any lamp" in page


@pytest.mark.parametrize("address", ["internal/goodwill", "shop/black-friday", "no/such", "../../etc/passwd", "care"])
def test_what_the_reader_may_not_see_does_not_exist(client: Any, address: str) -> None:
    answer = client.get(f"/help/en/{address}/")
    assert answer.status_code == 404
    assert "goodwill" not in answer.content.decode().replace("internal/goodwill", "")


def test_a_colleague_reads_what_is_written_for_colleagues(client: Any, colleague: Any) -> None:
    client.force_login(colleague)
    page = client.get("/help/en/internal/goodwill/").content.decode()
    assert "voucher of up to 10 EUR" in page
    assert "Only for colleagues" in page


def test_a_search_answers_with_the_passage_and_leads_to_it(client: Any) -> None:
    page = client.get("/help/en/", {"q": "how do I recycle old batteries"}).content.decode()
    assert "Best answer" in page
    assert '<a href="/help/en/care/batteries/#part-1">' in page
    assert "Bring them to any of our stores" in page


def test_a_search_that_finds_nothing_says_so_and_is_remembered(client: Any) -> None:
    for question in ("do you rent kayaks?", "rent KAYAKS, please"):
        page = client.get("/help/en/", {"q": question}).content.decode()
        assert "No article answers" in page
    gap = KnowledgeGap.objects.get()
    assert (gap.text, gap.count, gap.language) == ("do you rent kayaks?", 2, "en")


def test_what_was_searched_is_shown_as_text_only(client: Any) -> None:
    page = client.get("/help/en/", {"q": "<script>alert(1)</script>\0"}).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_one_reader_cannot_fill_the_list_of_gaps(client: Any) -> None:
    for number in range(30):
        client.get("/help/en/", {"q": f"kayak model{chr(97 + number % 26)}{chr(97 + number // 26)}"})
    assert KnowledgeGap.objects.count() == 20


def test_a_reader_says_once_whether_an_article_helped(client: Any) -> None:
    address = "/help/en/care/batteries/"
    answer = client.post(f"{address}helpful/", {"helpful": "yes"})
    assert answer.headers["Location"] == f"{address}?thanks=yes#helpful"
    assert "Thank you, we have noted it." in client.get(f"{address}?thanks=yes").content.decode()
    client.post(f"{address}helpful/", {"helpful": "no"})  # again on the same day
    client.post(f"{address}helpful/", {"helpful": "maybe"}, headers={"user-agent": "another"})
    client.post(f"{address}helpful/", {"helpful": "no"}, headers={"user-agent": "a third"})
    row = ArticleFeedback.objects.get()
    assert (row.article, row.language, row.helpful, row.unhelpful) == ("care/batteries", "en", 1, 1)
    assert row.edition == editions.in_force().edition


def test_a_judgement_from_another_site_is_refused(settings: Any) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/help/en/care/batteries/helpful/", {"helpful": "yes"}).status_code == 403
    assert not ArticleFeedback.objects.exists()


def test_a_gap_keeps_no_addresses_and_no_numbers() -> None:
    gap = gaps.note("Can you ship LC-1234 to ana@example.com or +34 600 123 456, see https://x.example/a?b", "en", AT)
    assert gap is not None
    assert gap.text == "Can you ship [number] to [mail] or [number], see [link]"


def test_a_closed_gap_that_is_asked_again_opens_anew(colleague: Any) -> None:
    gap = gaps.note("Do you rent kayaks?", "en", AT)
    assert gap is not None
    gaps.close(gap, at=AT, by=colleague.pk, article="shop/kayaks")
    assert gaps.open_gaps() == []
    gaps.note("rent kayaks", "en", AT)
    (again,) = gaps.open_gaps("en")
    assert (again.count, again.status, again.article) == (2, "open", "")


@pytest.mark.parametrize("question", ["", "  ", "how do I do it?", "？？"])
def test_a_question_with_nothing_in_it_is_not_remembered(question: str) -> None:
    assert gaps.note(question, "en", AT) is None
    assert not KnowledgeGap.objects.exists()
