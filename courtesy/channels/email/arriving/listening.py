"""Listening: an SMTP and an LMTP door in this process. "250" is said only when the mail is committed.

Only mail to our own addresses is taken; trouble of ours is a "try again" (4xx), so that the sender's server keeps it.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from courtesy.channels.email import addresses
from courtesy.channels.email.arriving.keeping import Arrival, Keeper, NotKept

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # the library's own, a line for each command

MOST_RECIPIENTS = 100  # RFC 5321, 4.5.3.1.8
MOST_CONNECTIONS = 200
LONGEST_LINE = 4 * 1024 * 1024  # the RFC's 1,000 is not what mailers keep to
IDLE = 120.0  # seconds without a word from the other side
FINISH = 10.0  # seconds that mails in hand get at a stop
_TRY_AGAIN = "451 4.3.0 The mail could not be stored just now; please try again"


class Welcome:
    """What happens at the words of SMTP; shared by all connections of a listener."""

    def __init__(self, keeper: Keeper, door: str) -> None:
        self.keeper, self.door = keeper, door
        self.in_hand = 0

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not addresses.is_ours(address):
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients; send the others in another mail"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        peer = session.peer[0] if isinstance(session.peer, tuple) else ""
        sender = (envelope.mail_from or "").strip("<> ")  # the empty sender comes as "<>"
        arrival = Arrival(content, self.door, sender, tuple(envelope.rcpt_tos), str(peer))
        self.in_hand += 1
        try:
            kept = await asyncio.wrap_future(self.keeper.keep(arrival))
        except NotKept:
            return _TRY_AGAIN
        finally:
            self.in_hand -= 1
        return f"250 2.0.0 {'Was here already' if kept.again else 'Stored'} as {kept.received}"

    async def handle_exception(self, error: Exception) -> str:
        log.error("trouble while a mail was taken in", exc_info=error)
        return _TRY_AGAIN


class _Counted(SMTP):
    """An SMTP connection that counts itself, and is sent away politely when there are too many."""

    line_length_limit = LONGEST_LINE
    show_smtp_greeting = True

    def __init__(self, *positional: Any, open_ones: set[_Counted], **named: Any) -> None:
        super().__init__(*positional, **named)
        self._open_ones = open_ones

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        full = self not in self._open_ones and len(self._open_ones) >= MOST_CONNECTIONS  # STARTTLS comes by here again
        if full and isinstance(transport, asyncio.Transport):
            transport.write(b"421 4.3.2 Too busy; please try again\r\n")
            transport.close()
            return
        self._open_ones.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._open_ones:
            self._open_ones.discard(self)
            super().connection_lost(error)

    def cut(self) -> None:
        if self.transport is not None:
            self.transport.close()


class _CountedLmtp(_Counted, LMTP):
    """LMTP answers the DATA of a mail once for each of its recipients (RFC 2033, 4.2)."""

    show_smtp_greeting = False
    _answers = 1

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (the library's name)
        recipients = len(self.envelope.rcpt_tos) if self.envelope else 1
        self._answers = -max(1, recipients)  # negative: the "354" is still to come
        try:
            await super().smtp_DATA(arg)
        finally:
            self._answers = 1

    async def push(self, status: Any) -> None:
        words = status if isinstance(status, bytes) else str(status).encode()
        times = max(1, self._answers)
        if self._answers < 0:
            self._answers = -self._answers if words.startswith(b"354") else 1
        for _ in range(times):
            await super().push(words)


class Listener:
    """The doors that are open, on an event loop in a thread of their own."""

    def __init__(self, keeper: Keeper, host: str, *, smtp: int = 0, lmtp: int = 0, certificate: str = "") -> None:
        """``smtp`` and ``lmtp`` are ports, 0 for none. Raises OSError when the certificate cannot be read."""
        self.host = host
        self._wanted = [(door, port) for door, port in (("smtp", smtp), ("lmtp", lmtp)) if port]
        self._welcomes = {door: Welcome(keeper, door) for door, _ in self._wanted}
        self._connections: set[_Counted] = set()
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="mail-listener", daemon=True)
        self._context = read_certificate(certificate)

    def start(self) -> None:
        """Open the doors. Raises OSError when a port is taken."""
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(20)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Take no more mail, finish what is in hand, and close."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(FINISH + 10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def is_well(self) -> bool:
        return self._thread.is_alive() and all(server.is_serving() for server in self._servers)

    @property
    def doors(self) -> Sequence[tuple[str, int]]:
        """(kind, port) of each open door."""
        return self._wanted

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    async def _open(self) -> None:
        for door, port in self._wanted:
            server = await self._loop.create_server(self._factory(door), self.host, port, backlog=256)
            self._servers.append(server)

    def _factory(self, door: str) -> Callable[[], SMTP]:
        kind = _CountedLmtp if door == "lmtp" else _Counted
        name = addresses.our_address().rpartition("@")[2] or "localhost"

        def connection() -> SMTP:
            return kind(
                self._welcomes[door],
                open_ones=self._connections,
                data_size_limit=settings.COURTESY_MAX_MAIL,
                enable_SMTPUTF8=True,
                hostname=name,
                ident="ESMTP",
                timeout=IDLE,
                tls_context=self._context,
                loop=self._loop,
            )

        return connection

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for _ in range(int(FINISH * 20)):
            if not any(welcome.in_hand for welcome in self._welcomes.values()):
                break
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.05)  # the last "250" leaves
        for connection in list(self._connections):
            connection.cut()
        await asyncio.sleep(0)


def read_certificate(path: str) -> ssl.SSLContext | None:
    """What STARTTLS needs, from one PEM file; None for an empty path. Raises OSError when it cannot be used."""
    if not path:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(path).expanduser())
    return context
