"""A small company with a few articles, so that tests do not hang on the sample company's wording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from courtesy.config.apps import encoder_for
from courtesy.knowledge import meaning
from courtesy.pack.model import Pack
from courtesy.pack.reading import read


@pytest.fixture(scope="session")
def lantern() -> Pack:
    return read(Path(__file__).parent / "lantern")


@pytest.fixture(autouse=True)
def _words_alone() -> Iterator[None]:
    """A test that wants an encoder names it; afterwards the process has the configured one again."""
    meaning.use(lambda _: None)
    yield
    meaning.use(encoder_for)
