"""Editions: what was published stays as it was, and takes force when it was said to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from courtesy.pack import editions
from courtesy.pack.mistakes import PackError

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def state(small: Any, tmp_path: Path) -> Iterator[Path]:
    before = editions._folder, editions._state
    folder = tmp_path / "state"
    editions.configure(small.folder, folder)
    yield folder
    editions.configure(*before)


def test_before_anything_is_published_the_folder_itself_is_in_force(small: Any, state: Path) -> None:
    assert editions.in_force(AT).company.name == "Anvil Tools"
    assert editions.changed_since_published(small.folder, state)


def test_a_change_takes_force_at_its_time_and_not_before(small: Any, state: Path) -> None:
    first = editions.publish(small.folder, state, AT)
    small.change("company.yaml", "Anvil Tools", "Anvil & Sons")
    assert editions.in_force(AT + DAY).company.name == "Anvil Tools"  # changed, not published
    second = editions.publish(small.folder, state, AT, in_force_from=AT + DAY)
    assert editions.in_force(AT).edition == first.edition
    assert editions.in_force(AT + DAY - timedelta(seconds=1)).edition == first.edition
    assert editions.in_force(AT + DAY).edition == second.edition
    assert not editions.changed_since_published(small.folder, state)


def test_publishing_the_same_again_adds_nothing(small: Any, state: Path) -> None:
    editions.publish(small.folder, state, AT)
    editions.publish(small.folder, state, AT + DAY)
    assert len(editions.editions()) == 1


def test_an_old_edition_can_be_read_again(small: Any, state: Path) -> None:
    first = editions.publish(small.folder, state, AT)
    small.change("company.yaml", "Anvil Tools", "Anvil & Sons")
    editions.publish(small.folder, state, AT + DAY)
    assert editions.edition(first.edition).company.name == "Anvil Tools"
    with pytest.raises(LookupError):
        editions.edition("0" * 64)


def test_rolling_back_puts_the_edition_before_into_force(small: Any, state: Path) -> None:
    first = editions.publish(small.folder, state, AT)
    with pytest.raises(LookupError):
        editions.roll_back(state, AT)
    small.change("company.yaml", "Anvil Tools", "Anvil & Sons")
    editions.publish(small.folder, state, AT + DAY)
    editions.roll_back(state, AT + 2 * DAY)
    assert editions.in_force(AT + 3 * DAY).edition == first.edition
    assert editions.in_force(AT + DAY).company.name == "Anvil & Sons"  # what was in force then


def test_a_broken_pack_cannot_be_published(small: Any, state: Path) -> None:
    editions.publish(small.folder, state, AT)
    small.change("company.yaml", "currency: EUR", "currency: euro")
    with pytest.raises(PackError, match="currency"):
        editions.publish(small.folder, state, AT + DAY)
    assert editions.in_force(AT + DAY).company.currency == "EUR"


def test_pages_changed_after_publishing_are_noticed(small: Any, state: Path) -> None:
    edition = editions.publish(small.folder, state, AT)
    page = state / "editions" / edition.edition / "anvil" / "company.yaml"
    page.write_text(page.read_text(encoding="utf-8").replace("Anvil Tools", "Evil Tools"), encoding="utf-8")
    editions.configure(small.folder, state)  # as after a restart
    with pytest.raises(PackError, match="changed after publishing"):
        editions.in_force(AT)
