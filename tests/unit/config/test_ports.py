"""Ports: a taken one is told at once, and what is accepted on ours sends small packets without waiting."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from courtesy.config import ports
from courtesy.config.trouble import Trouble


def test_answers_do_not_wait_for_the_reader_to_acknowledge_the_last_packet() -> None:
    sends_at_once: list[bool] = []

    async def look(_reader: Any, writer: asyncio.StreamWriter) -> None:
        ours = writer.get_extra_info("socket")
        sends_at_once.append(bool(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
        writer.close()

    async def visit() -> None:
        listener = ports.take("127.0.0.1", 0, "COURTESY_PORT")
        server = await asyncio.start_server(look, sock=listener)
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        await reader.read()
        writer.close()
        server.close()

    asyncio.run(visit())
    assert sends_at_once == [True]


def test_a_taken_port_names_the_setting_and_the_next_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=f"port {port} is taken by another program.*COURTESY_PORT={port + 1}"):
            ports.take("127.0.0.1", port, "COURTESY_PORT")


def test_a_port_that_is_switched_off_is_not_looked_at() -> None:
    ports.check_free("no such host", 0, "COURTESY_LMTP_PORT")
