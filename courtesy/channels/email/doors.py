"""The mail doors of this process: SMTP, LMTP and mailboxes, opened together and closed in order."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from courtesy.channels.email.arriving import filing
from courtesy.channels.email.arriving.keeping import Keeper
from courtesy.channels.email.arriving.listening import Listener, read_certificate
from courtesy.channels.email.arriving.mailbox import Reader
from courtesy.channels.email.arriving.mailboxes import read_address

log = logging.getLogger(__name__)

LEFTOVERS_EVERY = timedelta(minutes=10)


class NotOpen(Exception):
    """A mail door is not fit for work; the message says which and why."""


class Doors:
    """What is open in this process. ``look`` says how it is; ``close`` finishes what is in hand."""

    def __init__(self, keeper: Keeper, listener: Listener, readers: list[Reader]) -> None:
        self._keeper, self._listener, self._readers = keeper, listener, readers
        self._stopping = threading.Event()
        self._clock = threading.Thread(target=self._set_apart, name="mail-leftovers", daemon=True)

    def open(self) -> None:
        """Raises OSError when a port is taken."""
        self._keeper.start()
        self._listener.start()
        for reader in self._readers:
            reader.start()
        self._clock.start()

    def look(self) -> str:
        """A sentence about the doors. Raises NotOpen when one of them takes no mail."""
        if not self._keeper.is_well:
            raise NotOpen("the thread that stores mail has ended; restart")
        if not self._listener.is_well:
            raise NotOpen("the mail listener has ended; restart")
        unwell = [reader for reader in self._readers if not reader.is_well]
        if unwell:
            raise NotOpen(f"the mailbox {unwell[0].address.name} cannot be read: {unwell[0].trouble}")
        doors = [f"{door.upper()} {port}" for door, port in self._listener.doors]
        doors += [f"mailbox {reader.address.name}" for reader in self._readers]
        return ", ".join(doors) or "no door open"

    def close(self) -> None:
        self._stopping.set()
        for reader in self._readers:
            reader.stop()
        self._listener.stop()
        self._keeper.stop()
        self._clock.join(5)

    def _set_apart(self) -> None:
        while not self._stopping.wait(LEFTOVERS_EVERY.total_seconds()):
            try:
                filing.set_leftovers_apart(timezone.now())
            except DatabaseError:
                log.exception("leftover mail could not be looked for; another try follows")
        connection.close()


def check() -> None:
    """Look at the settings of mail before anything is started. Raises ValueError (mailbox) or OSError (certificate)."""
    for url in settings.COURTESY_MAIL_IN:
        read_address(url)
    read_certificate(settings.COURTESY_SMTP_CERTIFICATE)


def open_doors() -> Doors:
    """Open every door that the settings name. Raises OSError (port, certificate) or ValueError (mailbox address)."""
    keeper = Keeper()
    listener = Listener(
        keeper,
        settings.COURTESY_SMTP_HOST,
        smtp=settings.COURTESY_SMTP_PORT,
        lmtp=settings.COURTESY_LMTP_PORT,
        certificate=settings.COURTESY_SMTP_CERTIFICATE,
    )
    readers = [Reader(read_address(url), keeper) for url in settings.COURTESY_MAIL_IN]
    doors = Doors(keeper, listener, readers)
    doors.open()
    return doors
