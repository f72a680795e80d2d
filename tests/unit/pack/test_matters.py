"""Pages of complaints, escalations and protocols: a bank's clocks side by side, time given back, mistakes named."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from courtesy.pack.checking import check
from courtesy.pack.complaining import classify, clocks_for, recourse_for, team_for
from courtesy.pack.opening_hours import add_business
from courtesy.pack.reading import SHIPPED, read
from courtesy.pack.standing_still import before, prolong

MADRID = ZoneInfo("Europe/Madrid")
BANK = """\
complaints: A bank's clocks
owner: Compliance
categories:
  - name: payments
    title: {en: Payments, es: Pagos, zh: 支付}
    words: {en: [transfer, direct debit], es: [transferencia], zh: [转账]}
clocks:
  - name: Payment services
    within: 15 business days
    extended to: 35 business days
    categories: [payments]
    article: Directive (EU) 2015/2366, Art. 101(2)
    source: https://eur-lex.europa.eu/eli/dir/2015/2366/oj
  - name: Final response
    within: 8 weeks
    countries: [GB]
    article: FCA DISP 1.6.2R
    source: https://handbook.fca.org.uk/handbook/DISP/1/6.html
recourse:
  - name: Financial Ombudsman Service
    countries: [GB]
    how: {en: Free of charge within six months., es: Gratis durante seis meses., zh: 六个月内免费。}
    url: https://www.financial-ombudsman.org.uk
"""


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """The sample company as a bank that writes its clocks on one page more."""
    folder = tmp_path / "bank"
    shutil.copytree(SHIPPED / "tarnfell", folder)
    shutil.copytree(SHIPPED / "retail", tmp_path / "retail")
    (folder / "complaints").mkdir()
    (folder / "complaints" / "bank.yaml").write_text(BANK, encoding="utf-8")
    return folder


def test_a_banks_clocks_run_side_by_side_by_country_and_category(pack_folder: Path) -> None:
    pack = read(pack_folder)
    on = date(2026, 11, 20)
    british = {clock.name for clock in clocks_for(pack, "GB", "payments", on)}
    assert {"Payment services", "Final response"} <= british
    assert "Customer service law, Spain" not in british
    assert "Final response" not in {clock.name for clock in clocks_for(pack, "ES", "payments", on)}
    assert "Payment services" not in {clock.name for clock in clocks_for(pack, "GB", "staff", on)}
    assert "Financial Ombudsman Service" in {body.name for body in recourse_for(pack, "GB", "payments")}
    assert "Financial Ombudsman Service" not in {body.name for body in recourse_for(pack, "ES", "payments")}


def test_a_complaint_is_classified_by_the_packs_own_words(pack_folder: Path) -> None:
    pack = read(pack_folder)
    for text, language, name in (
        ("the direct debit was taken although I cancelled", "en", "payments"),
        ("el repartidor dejó el paquete en la calle", "es", "delivery"),
        ("店员态度很差", "zh", "staff"),
        ("I just do not like it", "en", "other"),
    ):
        found = classify(pack, text, language)
        assert found is not None
        assert found.name == name
    assert team_for(pack, "payments") == "Complaints"


def test_business_days_pass_over_weekends_and_holidays(pack_folder: Path) -> None:
    company = read(pack_folder).company
    start = datetime(2026, 12, 4, 10, tzinfo=MADRID)  # before the long weekend of the 8th
    due = add_business(company, start, "3 business days")
    assert due.date() == date(2026, 12, 9)  # Saturday, Monday, Wednesday: Tuesday the 8th is a holiday
    assert prolong(company, due, "3 business days", start, start + timedelta(days=5)).date() == date(2026, 12, 12)
    assert before(company, due, "1 business day").date() == date(2026, 12, 7)
    assert before(company, due, "2 business hours") == due - timedelta(hours=2)


def test_a_clock_in_business_hours_gets_back_the_hours_that_the_company_was_open(pack_folder: Path) -> None:
    company = read(pack_folder).company
    monday = datetime(2026, 11, 23, 17, tzinfo=MADRID)
    due = add_business(company, monday, "4 business hours")
    assert due == datetime(2026, 11, 24, 12, tzinfo=MADRID)
    stood = prolong(company, due, "4 business hours", monday, monday + timedelta(hours=17))  # to 10:00 the next day
    assert stood == datetime(2026, 11, 24, 14, tzinfo=MADRID)
    assert prolong(company, due, "4 business hours", monday, monday) == due


def test_eight_weeks_stand_still_for_the_time_itself(pack_folder: Path) -> None:
    company = read(pack_folder).company
    start = datetime(2026, 11, 20, 10, tzinfo=MADRID)
    due = add_business(company, start, "8 weeks")
    assert due == start + timedelta(weeks=8)
    assert prolong(company, due, "8 weeks", start, start + timedelta(days=3)) == due + timedelta(days=3)


@pytest.mark.parametrize(
    ("folder", "page", "problem"),
    [
        ("complaints", "complaints: X\nclocks: [{name: A, within: soon}]", "not a length of time"),
        (
            "complaints",
            "complaints: X\nclocks: [{name: A, within: 8 weeks, article: Law}]",
            "names a law and no source",
        ),
        ("complaints", "complaints: X\nteam: Nobody", "'Nobody' is not a team"),
        ("complaints", "complaints: X\nclocks: [{name: A, within: 8 weeks, categories: [sea]}]", "not a category"),
        ("complaints", "complaints: X\ncategories: [{name: delivery}]", "two of the category 'delivery'"),
        ("complaints", "complaints: X\nrecourse: [{name: B, how: {en: So.}}]", "is not told in es, zh"),
        ("escalation", "escalation: X\nsteps: []", "has no steps"),
        ("escalation", "escalation: X\nsteps: [{to: king, kind: management, within: 1 hour}]", "'king' is not a grade"),
        ("protocols", "protocol: X\ncall: Returns\nwithin: 1 hour", "nothing sets off 'X'"),
        ("protocols", "protocol: X\nsigns: [rain]\ncall: Returns\nwithin: 1 hour", "'rain' is not known in 'signs'"),
        ("protocols", "protocol: X\nsigns: [debt]\ncall: Returns\nwithin: 1 hour", "'protocol: X' is not worded"),
    ],
)
def test_a_mistake_is_named_with_its_page(pack_folder: Path, folder: str, page: str, problem: str) -> None:
    (pack_folder / folder).mkdir(exist_ok=True)
    (pack_folder / folder / "mine.yaml").write_text(page, encoding="utf-8")
    found = [str(one) for one in check(pack_folder)]
    assert any(problem in one and f"bank/{folder}/mine.yaml" in one for one in found), found
