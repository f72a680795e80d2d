"""The desk speaks the colleague's language: every word has its translation, and what is compiled is what is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import timezone

from courtesy.commerce.port import OrderStatus, Return, Shipment
from courtesy.desk import recorded_words
from courtesy.desk.pages.shell import menu
from courtesy.pack.vocabulary import IDENTITY_LEVELS
from courtesy.workforce.models import Colleague

ROOT = Path(__file__).resolve().parents[3]
FIELD = re.compile(r"%\(\w+\)[sd]")
IN_TEMPLATES = re.compile(r'\{% translate "([^"]+)"|\b_\("([^"]+)"\)')


def words(language: str, kind: str) -> dict[tuple[str | None, Any], Any]:
    read = read_po if kind == "po" else read_mo
    with (ROOT / f"courtesy/config/locale/{language}/LC_MESSAGES/django.{kind}").open("rb") as file:
        found = read(file)
    return {
        (
            one.context.decode() if isinstance(one.context, bytes) else one.context,
            one.id if isinstance(one.id, str) else one.id[0],
        ): one.string if isinstance(one.string, str) else tuple(one.string)
        for one in found
        if one.id
    }


def test_no_two_places_of_the_menu_are_reached_by_the_same_keys(team_lead: Colleague, company: Any) -> None:
    shown = menu(team_lead, timezone.now(), "mine")
    keys = [one["keys"] for one in [*shown["views"], *shown["pages"]]]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("language", ["es", "zh_Hans"])
def test_every_word_of_the_desk_is_translated_with_its_fields(language: str) -> None:
    written = words(language, "po")
    templates = "".join(path.read_text() for path in (ROOT / "courtesy/desk/templates").glob("**/*.html"))
    used = {one or other for one, other in IN_TEMPLATES.findall(templates)}
    assert len(used) > 150
    assert used - {said for _, said in written} == set()
    for (_, said), translated in written.items():
        for form in (translated,) if isinstance(translated, str) else translated:
            assert form, said
            assert sorted(FIELD.findall(form)) == sorted(FIELD.findall(said)), said


@pytest.mark.parametrize("language", ["es", "zh_Hans"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert words(language, "mo") == words(language, "po")


def test_the_words_of_the_records_are_those_that_the_records_have() -> None:
    assert tuple(IDENTITY_LEVELS) == recorded_words.IDENTITY
    assert tuple(Colleague.Grade.values) == recorded_words.GRADES
    assert get_args(OrderStatus) == recorded_words.ORDERS
    assert get_args(get_type_hints(Shipment)["status"]) == recorded_words.PARCELS
    assert get_args(get_type_hints(Return)["status"]) == recorded_words.RETURNS


def test_a_rule_gives_its_reason_in_the_language_of_the_colleague(over_the_limit: Any, desk: Any) -> None:
    page = desk("Lea", grade="team lead", language="es").page("approvals/").content.decode()
    assert "Los reembolsos de más de 100 EUR los aprueba un responsable" in page


@pytest.mark.parametrize(("language", "mine"), [("en", "Mine"), ("es", "Mías"), ("zh", "我的")])
def test_a_colleague_reads_the_desk_in_their_language(desk: Any, language: str, mine: str) -> None:
    page = desk("Mei", language=language).page("").content.decode()
    assert f'<h1 id="list-title">{mine}</h1>' in page
