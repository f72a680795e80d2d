"""A small company with a few articles, so that tests do not hang on the sample company's wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from courtesy.pack.model import Pack
from courtesy.pack.reading import read


@pytest.fixture(scope="session")
def lantern() -> Pack:
    return read(Path(__file__).parent / "lantern")
