"""The sample bank by pack alone: each of its rehearsals ends as it must, on its own records."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courtesy.config import samples
from courtesy.connections.models import Record
from courtesy.pack import editions
from courtesy.pack.model import Rehearsal
from courtesy.pack.reading import SHIPPED, read
from courtesy.representative.rehearsing import rehearse
from courtesy.workforce.teams import sync_teams

BANK = SHIPPED / "marisma"
PACK = read(BANK)

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(at: datetime) -> None:
    editions.configure(BANK)
    sync_teams(PACK.company.teams)
    assert [one.problems for one in samples.load(PACK, at) if one.problems] == []


@pytest.mark.parametrize("rehearsal", PACK.rehearsals, ids=lambda one: Path(one.place.file).stem)
def test_a_rehearsal_ends_as_it_must(rehearsal: Rehearsal, records: None, at: datetime) -> None:
    before = list(Record.objects.order_by("pk").values("number", "version", "state"))
    played = rehearse(PACK, rehearsal, at)
    assert played.failures == (), "\n".join(f"{who}: {text}" for who, text in played.transcript)
    assert list(Record.objects.order_by("pk").values("number", "version", "state")) == before  # nothing stays


def test_every_act_of_the_bank_has_a_rehearsal_that_does_or_refuses_it() -> None:
    written = str([(one.must, one.must_not) for one in PACK.rehearsals])
    acts = {one.name for one in PACK.connections.operations if one.changes}
    assert {act for act in acts if act not in written} == set()
