"""Lumen Mobile, a made company, with its own system running on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from company_system import CompanySystem, company_system

LUMEN = Path(__file__).parent / "lumen"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[CompanySystem]:
    with company_system() as running:
        monkeypatch.setenv("CONNECTION_BILLING_ADDRESS", running.address)
        monkeypatch.setenv("CONNECTION_BILLING_TOKEN", "s3cret-of-lumen")
        yield running


@pytest.fixture
def lumen(talk: Callable[..., Any], system: CompanySystem, at: Any, tmp_path: Path) -> Callable[..., Any]:
    """Open a conversation with Lumen Mobile."""
    from courtesy.pack import editions
    from courtesy.workforce.teams import sync_teams

    folder = tmp_path / "lumen-editions"
    editions.publish(LUMEN, folder, at - timedelta(days=1))
    editions.configure(LUMEN, folder)
    sync_teams(editions.in_force().company.teams)
    return talk
