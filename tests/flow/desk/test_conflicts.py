"""Articles that contradict each other: the newer one answers, and colleagues see it beside what nobody could answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from courtesy.knowledge import conflicts
from courtesy.knowledge.conflicts import findings
from courtesy.knowledge.models import KnowledgeConflict
from courtesy.pack import editions
from courtesy.pack.model import Article, Pack, Place

BODY = "We like presents.\n\n## Can an online order be gift-wrapped?\n\nYes, tick it at the checkout: 5.50 € each."
OTHER = Article(
    "company/presents", "en", "Wrapped as a present", "customers", "Customer care", date(2026, 10, 1), None, (), BODY,
    Place("tarnfell/articles/en/company/presents.md", 2),
)  # fmt: skip


@pytest.fixture
def contradicting(company: Pack, monkeypatch: pytest.MonkeyPatch) -> Pack:
    pack = replace(company, articles=(*company.articles, OTHER))
    monkeypatch.setattr(editions, "in_force", lambda at=None: pack)
    monkeypatch.setattr(conflicts, "_kept", {})  # of the edition as it was
    return pack


def test_the_newer_article_answers_and_a_colleague_settles_it(
    contradicting: Pack, desk: Any, talk: Any, at: Any, time_machine: Any
) -> None:
    time_machine.move_to(at)
    (reply,) = talk().say("can an online order be gift-wrapped?")
    assert "5.50" in reply.text
    row = KnowledgeConflict.objects.get()
    assert (row.older, row.newer, row.count) == ("company/gift-wrapping", "company/presents", 1)
    mei = desk("Mei")
    page = mei.page("gaps/")
    (shown,) = page.context["conflicts"]
    assert (shown.key, shown.count) == (row.key, 1)
    assert b"5.50" in page.content
    assert mei.do(f"gaps/conflicts/{row.key}/").status_code == 302
    assert mei.page("gaps/").context["conflicts"] == []
    row.refresh_from_db()
    assert (row.status, row.closed_by) == ("closed", str(mei.colleague.pk))
    assert mei.do("gaps/conflicts/nothing/").status_code == 404


def test_the_check_names_both_pages(contradicting: Pack) -> None:
    (found,) = findings(contradicting, date(2026, 11, 20))
    assert found.severity == "warning"
    assert found.place.file.endswith("presents.md")
    assert "gift-wrapping.md" in found.problem
    assert "'company/presents', the newer one, answers" in found.remedy
