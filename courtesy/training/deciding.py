"""Deciding: a tested proposal is taken into the pack as a new edition, refused, or undone again."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courtesy.knowledge import gaps
from courtesy.pack import editions
from courtesy.pack.mistakes import PackError
from courtesy.pack.reading import edition_of, lineage_of, read
from courtesy.pack.writing import UnwritableError
from courtesy.training.changes import Change, apply, change_back, change_of
from courtesy.training.models import Proposal
from courtesy.training.proposing import note
from courtesy.training.testing import unpublished_changes
from courtesy.workforce.models import Colleague

MAY_DECIDE = Colleague.Grade.TEAM_LEAD
State = Proposal.State


class NotNowError(Exception):
    """It cannot be decided so; ``why`` is one of the names below, ``details`` says more.

    grade, decided, untested, worsens, stale (the pack has changed since the test), unpublished (the folder holds other
    changes), folder (it is not writeable), form (a page cannot be changed line by line), changed (by hand since)."""

    def __init__(self, why: str, details: str = "") -> None:
        super().__init__(f"{why}: {details}" if details else why)
        self.why, self.details = why, details


def folder_is_writeable() -> bool:
    folder = Path(settings.COURTESY_PACK)
    places = [folder, *(folder / name for name in ("lessons", "articles") if (folder / name).exists())]
    return all(os.access(place, os.W_OK) for place in places)


def proposed_change(proposal: Proposal) -> Change:
    """What it would change in the pack's folder as it stands now."""
    folder = Path(settings.COURTESY_PACK)
    return change_of(proposal, editions.in_force(), folder, timezone.localdate())


def take(proposal_id: int, by: Colleague, at: datetime) -> Proposal:
    """Write it into the pack's folder and put the new edition into force. Raises NotNowError."""
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        if proposal.state in (State.TAKEN, State.REFUSED, State.UNDONE):
            raise NotNowError("decided")
        if proposal.state != State.TESTED:
            raise NotNowError("untested")
        if not proposal.may_be_taken:
            raise NotNowError("worsens")
        folder = Path(settings.COURTESY_PACK)
        _fit_to_write(folder, proposal)
        try:
            change = change_of(proposal, read(folder), folder, timezone.localdate(at))
        except UnwritableError as error:
            raise NotNowError("form", str(error)) from error
        proposal.state, proposal.decided_by, proposal.decided_at = State.TAKEN, by, at
        proposal.page = change.page
        proposal.report = {**proposal.report, "written": change.after}
        proposal.taken_as = _write(change, f"proposal {proposal.pk} taken by {by.name}", at)
        proposal.save()
        _close_gaps(proposal, by, at)
        note("lesson taken", proposal, by, at, page=change.page, edition=proposal.taken_as)
    return proposal


@transaction.atomic
def refuse(proposal_id: int, by: Colleague, reason: str, at: datetime) -> Proposal:
    """Say no. Raises NotNowError."""
    proposal = _locked(proposal_id, by)
    if not proposal.is_open:
        raise NotNowError("decided")
    proposal.state, proposal.decided_by, proposal.decided_at = State.REFUSED, by, at
    proposal.reason = reason.strip()[:2000]
    proposal.save()
    note("lesson refused", proposal, by, at, reason=proposal.reason)
    return proposal


def undo(proposal_id: int, by: Colleague, at: datetime) -> Proposal:
    """Take it out of the pack again, as a new edition. Raises NotNowError."""
    with transaction.atomic():
        proposal = _locked(proposal_id, by)
        if proposal.state != State.TAKEN:
            raise NotNowError("decided")
        folder = Path(settings.COURTESY_PACK)
        _fit_to_write(folder)
        try:
            change = change_back(proposal, folder)
        except (ValueError, UnwritableError) as error:
            raise NotNowError("changed", str(error)) from error
        proposal.state = State.UNDONE
        edition = _write(change, f"proposal {proposal.pk} undone by {by.name}", at)
        proposal.save()
        note("lesson undone", proposal, by, at, page=change.page, edition=edition)
    return proposal


def _locked(proposal_id: int, by: Colleague) -> Proposal:
    if not by.has_grade(MAY_DECIDE):
        raise NotNowError("grade")
    return Proposal.objects.select_for_update().get(pk=proposal_id)


def _fit_to_write(folder: Path, proposal: Proposal | None = None) -> None:
    if not folder_is_writeable():
        raise NotNowError("folder", str(folder))
    if unpublished_changes():
        raise NotNowError("unpublished")
    if proposal is not None and proposal.edition != edition_of(lineage_of(folder)):
        raise NotNowError("stale")


def _write(change: Change, why: str, at: datetime) -> str:
    """Write the page and publish. Where the pack then cannot be read, the page is put back as it was."""
    folder, state = Path(settings.COURTESY_PACK), Path(settings.COURTESY_DATA)
    try:
        apply(change, folder)
    except OSError as error:
        raise NotNowError("folder", str(error)) from error
    try:
        return editions.publish(folder, state, at, note=why).edition
    except (PackError, OSError) as error:
        apply(Change(change.page, change.after, change.before), folder)
        raise NotNowError("form", str(error)) from error


def _close_gaps(proposal: Proposal, by: Colleague, at: datetime) -> None:
    """An article, or a question added to one, answers what was asked and not known."""
    if proposal.about != Proposal.About.ARTICLE or proposal.kind == Proposal.Kind.COUNTER_EXAMPLE:
        return
    article = proposal.target or Path(*Path(proposal.page).parts[2:]).with_suffix("").as_posix()
    for question in proposal.questions or [proposal.text]:
        gaps.close_same(question, proposal.language, at=at, by=by.pk, article=article)
