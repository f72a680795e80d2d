"""The sample companies by pack alone: each rehearsal of each ends as it must, on the company's own records.

All of a company's rehearsals run in one process, which learns its pack once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from courtesy.config import samples
from courtesy.connections.models import Record
from courtesy.pack import editions
from courtesy.pack.model import Pack, Rehearsal
from courtesy.pack.reading import SHIPPED, read
from courtesy.representative.rehearsing import rehearse
from courtesy.workforce.teams import sync_teams

NAMES = ("cuadrenta", "fontelira", "marisma", "ondarea", "rivaluz", "tejavela")
COMPANIES = {name: read(SHIPPED / name) for name in NAMES}
PLAYED = [
    pytest.param(name, one, id=f"{name}-{Path(one.place.file).stem}", marks=pytest.mark.xdist_group(f"pack {name}"))
    for name, pack in COMPANIES.items()
    for one in pack.rehearsals
]

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def records(pack: Pack, at: datetime) -> None:
    editions.configure(SHIPPED / pack.name)
    sync_teams(pack.company.teams)
    assert [one.problems for one in samples.load(pack, at) if one.problems] == []


@pytest.mark.parametrize(("company", "rehearsal"), PLAYED)
def test_a_rehearsal_ends_as_it_must(company: str, rehearsal: Rehearsal, at: datetime) -> None:
    pack = COMPANIES[company]
    records(pack, at)
    before = list(Record.objects.order_by("pk").values("number", "version", "state"))
    played = rehearse(pack, rehearsal, at)
    assert played.failures == (), "\n".join(f"{who}: {text}" for who, text in played.transcript)
    assert list(Record.objects.order_by("pk").values("number", "version", "state")) == before  # nothing stays


@pytest.mark.parametrize("company", COMPANIES)
def test_every_act_of_a_company_has_a_rehearsal_that_does_or_refuses_it(company: str) -> None:
    pack = COMPANIES[company]
    written = str([(one.must, one.must_not) for one in pack.rehearsals])
    acts = {one.name for one in pack.connections.operations if one.changes}
    assert {act for act in acts if act not in written} == set()
