"""Testing a proposal: the changed pack is tried in a process of its own, and what was found is kept with it.

``report`` of a proposal: ``errors`` of the check; ``taught``: how its sentence is read before and after; ``readings``:
which example sentences change theirs; ``passed``: how many rehearsals passed, ``failed``: the others; ``trouble``: why
it could not be tried.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from courtesy.foundation import jobs
from courtesy.pack import editions
from courtesy.pack.reading import read
from courtesy.pack.writing import UnwritableError
from courtesy.training.changes import apply, change_of
from courtesy.training.models import Proposal
from courtesy.training.trying import copied

log = logging.getLogger(__name__)

LONGEST = timedelta(minutes=30)  # a test takes about a minute; one that does not end is begun anew after this
_one_at_a_time = threading.Lock()
State = Proposal.State


@transaction.atomic
def ask_for_test(proposal: Proposal, at: datetime) -> bool:
    """Owe a test. False when the proposal is being tested or was decided."""
    asked = Proposal.objects.filter(pk=proposal.pk, state__in=(State.PROPOSED, State.TESTED)).update(
        state=State.TESTING, progress=0, tests=F("tests") + 1, report={}, edition="", tested_at=None
    )
    if asked:
        number = Proposal.objects.values_list("tests", flat=True).get(pk=proposal.pk)
        jobs.enqueue("test proposals", f"{proposal.pk}:{number}", due_at=at)
    return bool(asked)


@jobs.job("test proposals", attempts=3, lease_seconds=int(LONGEST.total_seconds()))
def test_all() -> None:
    """Test whatever waits for it, one after the other; when this process does so already, that is enough."""
    while _waiting(timezone.now()).exists():
        if not _one_at_a_time.acquire(blocking=False):
            return
        try:
            while (proposal := _waiting(timezone.now()).order_by("proposed_at", "pk").first()) is not None:
                test(proposal, timezone.now())
        finally:
            _one_at_a_time.release()


def _waiting(at: datetime) -> Any:
    begun = Q(progress=0) | Q(tested_at__lt=at - LONGEST)
    return Proposal.objects.filter(begun, state=State.TESTING)


def test(proposal: Proposal, at: datetime) -> Proposal:
    """Test one proposal now and keep what was found. One that somebody else tests meanwhile is left alone."""
    mine = _waiting(at).filter(pk=proposal.pk).update(progress=1, tested_at=at)
    if not mine:
        return proposal
    report: dict[str, Any] = {"errors": [], "passed": 0, "failed": []}
    edition = ""
    try:
        edition = _try_out(proposal, at, report)
    except UnwritableError as error:
        report["trouble"] = str(error)
    except Exception as error:
        log.exception("a proposal could not be tested", extra={"proposal": proposal.pk})
        report["trouble"] = f"{type(error).__name__}: {error}"[:500]
    state = State.PROPOSED if report.get("trouble") else State.TESTED
    Proposal.objects.filter(pk=proposal.pk, state=State.TESTING).update(
        state=state, report=report, edition=edition, progress=100, tested_at=timezone.now()
    )
    proposal.refresh_from_db()
    return proposal


def _try_out(proposal: Proposal, at: datetime, report: dict[str, Any]) -> str:
    """Try the changed pack in a process with a database and shop of its own; returns the edition it was made from."""
    folder = Path(settings.COURTESY_PACK)
    pack = read(folder)
    with tempfile.TemporaryDirectory(prefix="courtesy-proposal-") as scratch:
        changed = copied(folder, Path(scratch) / "packs")
        apply(change_of(proposal, pack, changed, timezone.localdate(at)), changed)
        own = Path(scratch) / "state"
        models = Path(settings.COURTESY_DATA) / "models"
        _lend_models(models, own / "models", pack.edition)
        text = proposal.questions[0] if proposal.questions else proposal.text
        words = ["learn", "try", str(changed), "--before", str(folder), "--language", proposal.language]
        words += ["--text", text] if proposal.kind != Proposal.Kind.ARTICLE or proposal.questions else []
        _run(words, own, lambda found: _note(proposal, report, found))
        if report.get("trouble") is None and not report["errors"]:
            _lend_models(own / "models", models, str(report.get("edition")))
    return pack.edition


def _lend_models(from_: Path, to: Path, edition: str) -> None:
    """What was learned from an edition, so that it is not learned twice."""
    to.mkdir(parents=True, exist_ok=True)
    for page in from_.glob(f"{edition[:32]}-*.npz"):
        if not (to / page.name).exists():
            part = to / f"{page.stem}.{os.getpid()}.part"
            shutil.copyfile(page, part)
            part.replace(to / page.name)


def _run(words: list[str], own: Path, hear: Callable[[dict[str, Any]], None]) -> None:
    """Run our own command line at low priority and hear each line of JSON it says. Raises OSError when it fails."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "courtesy.config.settings", "COURTESY_DATABASE_URL": ""}
    environment |= {"COURTESY_DATA": str(own), "COURTESY_PACK": words[2], "COURTESY_ENCODER": settings.COURTESY_ENCODER}
    command = [sys.executable, "-m", "courtesy", *words]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said_wrong,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said_wrong, text=True, env=environment) as child,
    ):
        ends = threading.Timer(LONGEST.total_seconds() * 0.9, child.kill)
        ends.start()
        try:
            assert child.stdout is not None
            for line in child.stdout:
                hear(json.loads(line))
            child.wait()
        finally:
            ends.cancel()
            child.kill()
        if child.returncode:
            said_wrong.seek(0)
            raise OSError(said_wrong.read()[-400:].strip() or f"the test ended with {child.returncode}")


def _note(proposal: Proposal, report: dict[str, Any], found: dict[str, Any]) -> None:
    done = int(found.pop("done", 0))
    if rehearsed := found.pop("rehearsed", None):
        if rehearsed["passed"]:
            report["passed"] += 1
        else:
            report["failed"].append(rehearsed)
    report.update(found)
    if done > proposal.progress:
        proposal.progress = min(99, done)
        Proposal.objects.filter(pk=proposal.pk).update(progress=proposal.progress)


def unpublished_changes() -> bool:
    """Whether the pack's folder holds changes that are not in force: they would take force with a proposal."""
    return editions.changed_since_published(Path(settings.COURTESY_PACK), Path(settings.COURTESY_DATA))
