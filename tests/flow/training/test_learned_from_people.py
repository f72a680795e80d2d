"""A correction is proposed, tested with every rehearsal, taken by a team lead, undone; nothing learns silently."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from courtesy.conversations.models import JournalEntry
from courtesy.foundation import jobs
from courtesy.knowledge import gaps
from courtesy.knowledge.finding import find
from courtesy.knowledge.models import KnowledgeGap
from courtesy.pack import editions
from courtesy.representative.learning import model_of
from courtesy.training import deciding, testing
from courtesy.training.models import Proposal
from courtesy.training.proposing import (
    EmptyError,
    Source,
    change,
    propose_article,
    propose_procedure,
    propose_question,
)

SAID = "the rucksack and I, we are no friends, TF-10002, tom.byrne@example.com"
KEPT = "the rucksack and I, we are no friends, TF-00000, name@example.com"


@pytest.fixture
def source(colleague: Any, at: Any) -> Source:
    return Source(colleague, at)


def tried(proposal: Proposal, at: Any) -> Proposal:
    """Tested as the desk asks for it."""
    assert testing.ask_for_test(proposal, at)
    jobs.run_due()
    proposal.refresh_from_db()
    return proposal


def passed(proposal: Proposal) -> Proposal:
    """As it is after a test that found nothing against it, for tests of what comes after."""
    Proposal.objects.filter(pk=proposal.pk).update(state="tested", edition=editions.in_force().edition)
    return Proposal.objects.get(pk=proposal.pk)


def read_as(said: str) -> str:
    return model_of(editions.in_force()).read(said, "en")[0][0]


def lines(kind: str) -> int:
    return JournalEntry.objects.filter(kind=kind).count()


@pytest.mark.slow
def test_an_example_is_tested_taken_and_undone(book: Path, source: Source, team_lead: Any, at: Any) -> None:
    before = editions.in_force().edition
    pages = {page: page.read_bytes() for page in book.rglob("*") if page.is_file()}
    proposal = propose_procedure(editions.in_force(), SAID, "Return an item", "en", source)
    assert (proposal.text, proposal.state, proposal.kind) == (KEPT, "proposed", "example")
    assert read_as(SAID) == "none"

    proposal = tried(proposal, at)
    assert (proposal.state, proposal.progress, proposal.report["passed"]) == ("tested", 100, 2)
    assert proposal.report["taught"]["before"]["procedure"]["label"] == "none"
    assert proposal.report["taught"]["after"]["procedure"]["label"] == "Return an item"
    assert proposal.report["readings"]["total"] > 300
    assert {page: page.read_bytes() for page in book.rglob("*") if page.is_file()} == pages  # a test changes nothing
    assert read_as(SAID) == "none"

    taken = deciding.take(proposal.pk, team_lead, at)
    assert (taken.state, taken.decided_by, taken.page) == ("taken", team_lead, "lessons/en.yaml")
    assert f'- "{KEPT}"  # proposal {proposal.pk}' in (book / "lessons" / "en.yaml").read_text(encoding="utf-8")
    assert editions.in_force().edition == taken.taken_as != before
    assert read_as(SAID) == "Return an item"

    deciding.undo(proposal.pk, team_lead, at)
    assert KEPT not in (book / "lessons" / "en.yaml").read_text(encoding="utf-8")
    assert read_as(SAID) == "none"
    assert [lines(f"lesson {what}") for what in ("proposed", "taken", "undone")] == [1, 1, 1]


RIDDLE = """\
rehearsal: A riddle stays a riddle
customer says: ["the rucksack and I, we are no friends"]
must: [{said: not understood}]
"""


@pytest.mark.slow
def test_what_breaks_a_rehearsal_is_shown_and_cannot_be_taken(
    book: Path, source: Source, team_lead: Any, at: Any
) -> None:
    (book / "rehearsals" / "riddle.yaml").write_text(RIDDLE, encoding="utf-8")
    editions.publish(book, book.parents[1] / "state", at)
    pack = editions.in_force()
    breaks = tried(propose_procedure(pack, SAID, "Return an item", "en", source), at)
    assert [one["name"] for one in breaks.worsens] == ["A riddle stays a riddle"]
    assert breaks.worsens[0]["failures"] == ["missing: said: not understood"]
    with pytest.raises(deciding.NotNowError, match="worsens"):
        deciding.take(breaks.pk, team_lead, at)
    assert editions.in_force().edition == pack.edition
    twice = pack.procedures["Where is my order"].examples["en"][0]
    contradicts = tried(propose_procedure(pack, twice, "", "en", source), at)
    assert any("is both 'none of these' and what customers say" in one for one in contradicts.report["errors"])
    assert not contradicts.may_be_taken


def test_only_a_team_lead_takes_and_only_what_was_tested_on_the_pack_as_it_stands(
    book: Path, source: Source, colleague: Any, team_lead: Any, at: Any
) -> None:
    pack = editions.in_force()
    one = propose_procedure(pack, "the rucksack and I are no friends", "Return an item", "en", source)
    other = propose_procedure(pack, "do you shoe horses", "", "en", source)
    with pytest.raises(deciding.NotNowError, match="untested"):
        deciding.take(one.pk, team_lead, at)
    one, other = passed(one), passed(other)
    with pytest.raises(deciding.NotNowError, match="grade"):
        deciding.take(one.pk, colleague, at)
    deciding.take(other.pk, team_lead, at)
    assert "do you shoe horses" in editions.in_force().off_topic["en"]
    with pytest.raises(deciding.NotNowError, match="stale"):
        deciding.take(one.pk, team_lead, at)
    with pytest.raises(deciding.NotNowError, match="decided"):
        deciding.take(other.pk, team_lead, at)


def test_other_changes_of_the_folder_do_not_slip_into_force_with_it(
    book: Path, source: Source, team_lead: Any, at: Any
) -> None:
    proposal = passed(propose_procedure(editions.in_force(), "do you shoe horses", "", "en", source))
    company = book / "company.yaml"
    company.write_text(company.read_text(encoding="utf-8") + "\n# half a thought\n", encoding="utf-8")
    with pytest.raises(deciding.NotNowError, match="unpublished"):
        deciding.take(proposal.pk, team_lead, at)


def test_a_folder_that_cannot_be_written_is_said(
    book: Path, source: Source, team_lead: Any, at: Any, monkeypatch: Any
) -> None:
    proposal = passed(propose_procedure(editions.in_force(), "do you shoe horses", "", "en", source))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(deciding.NotNowError, match="folder"):
        deciding.take(proposal.pk, team_lead, at)
    assert "do you shoe horses" in (deciding.proposed_change(proposal).after or "")  # and can be carried there by hand


@pytest.mark.slow
def test_an_article_answers_what_nobody_knew_and_closes_the_gap(
    book: Path, source: Source, team_lead: Any, at: Any
) -> None:
    question = "do you shoe horses on weekends"
    gaps.note(question, "en", at)
    assert find(editions.in_force(), question, "en", at=at) is None
    proposal = propose_article(
        editions.in_force(),
        "Shoeing horses",
        "No, we only shoe people.\n\nAsk Tom Byrne's farrier.",
        [question],
        "en",
        source,
    )
    proposal = change(proposal, editions.in_force(), text="No, we only shoe people.", title="Shoeing horses",
                      questions=[question])  # fmt: skip
    proposal = tried(proposal, at)
    assert proposal.report["errors"] == []
    assert proposal.report["taught"]["after"]["article"] == "answers/shoeing-horses"
    deciding.take(proposal.pk, team_lead, at)
    passage = find(editions.in_force(), question, "en", at=at)
    assert passage is not None
    assert passage.text == "No, we only shoe people."
    gap = KnowledgeGap.objects.get()
    assert (gap.status, gap.article, gap.closed_by) == ("closed", "answers/shoeing-horses", team_lead.pk)
    deciding.undo(proposal.pk, team_lead, at)
    assert not (book / proposal.page / "x").parent.is_file()
    assert find(editions.in_force(), question, "en", at=at) is None


def test_an_article_that_a_person_changed_since_is_not_thrown_away(
    book: Path, source: Source, team_lead: Any, at: Any
) -> None:
    proposal = propose_article(editions.in_force(), "Shoeing horses", "No.", ["do you shoe horses"], "en", source)
    taken = deciding.take(passed(proposal).pk, team_lead, at)
    page = book / taken.page
    page.write_text(page.read_text(encoding="utf-8") + "\nBut ponies.\n", encoding="utf-8")
    editions.publish(book, book.parents[1] / "state", at)
    with pytest.raises(deciding.NotNowError, match="changed"):
        deciding.undo(proposal.pk, team_lead, at)
    assert page.is_file()


@pytest.mark.slow
def test_a_refused_answer_is_not_given_again(book: Path, source: Source, team_lead: Any, at: Any) -> None:
    question = "how do exchanges work"
    pack = editions.in_force()
    wrong = find(pack, question, "en", at=at)
    assert wrong is not None
    proposal = propose_question(pack, question, wrong.article, "en", source, answers=False)
    proposal = tried(proposal, at)
    assert proposal.report["readings"]["changed"]  # the article's own question is read otherwise, and that is shown
    deciding.take(proposal.pk, team_lead, at)
    now = find(editions.in_force(), question, "en", at=at)
    assert now is None or now.article != wrong.article


def test_the_same_is_proposed_once_and_again_after_a_no(book: Path, source: Source, team_lead: Any, at: Any) -> None:
    pack = editions.in_force()
    first = propose_procedure(pack, SAID, "Return an item", "en", source)
    assert propose_procedure(pack, f" {SAID.upper()} ", "Return an item", "en", source).pk == first.pk
    deciding.refuse(first.pk, team_lead, "too odd", at)
    assert propose_procedure(pack, SAID, "Return an item", "en", source).pk != first.pk
    with pytest.raises(EmptyError):
        propose_procedure(pack, "12345 ???", "Return an item", "en", source)
    with pytest.raises(LookupError):
        propose_procedure(pack, SAID, "Fly to the moon", "en", source)
    with pytest.raises(LookupError):
        propose_procedure(pack, SAID, "Return an item", "fi", source)


@pytest.mark.slow
def test_a_test_that_cannot_run_says_why(book: Path, source: Source, at: Any, monkeypatch: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", broken)
    proposal = tried(propose_procedure(editions.in_force(), SAID, "Return an item", "en", source), at)
    assert proposal.state == "proposed"
    assert "no more processes" in proposal.report["trouble"]
