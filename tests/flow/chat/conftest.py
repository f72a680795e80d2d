"""The chat API is tested through its own door: a server as it is installed, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from chat_server import Server, Visitor


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"COURTESY_MAX_UPLOAD_MB": "1", "COURTESY_WIDGET_ORIGINS": "https://shop.example,https://b.example:8443"}
    serving = Server(tmp_path_factory.mktemp("chat"), settings)
    try:
        yield serving.start()
    finally:
        serving.end()


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return Visitor(server).open(language="en")
