"""Keeping: the raw bytes of a mail are committed, with the work of reading it, before anybody is told "received".

One thread writes for all doors. Mails that come in while it commits share the next commit, and each commit is forced
to the disk: what was acknowledged survives a power cut.
"""

from __future__ import annotations

import logging
import queue
import re
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from courtesy.channels.email import addresses
from courtesy.channels.email.letter.parts import Part, split_header
from courtesy.channels.email.letter.reading import identifiers
from courtesy.channels.models import Received
from courtesy.foundation import jobs
from courtesy.foundation.prepared import insert

log = logging.getLogger(__name__)

MOST_WAITING = 200  # mails in memory that wait for their commit; more are sent away with "try again"
MOST_AT_ONCE = 50  # mails in one commit
READ = "read mail"  # the job that reads what was kept (``filing``)
_TELLING = ("from", "date", "subject", "content-type")


class NotKept(Exception):
    """The mail was not stored and must stay with its sender, who should try again."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail as it came: ``sender`` ("" for a bounce) and ``recipients`` of the envelope, ``door`` it came by."""

    raw: bytes
    door: str  # "smtp", "lmtp" or "imap"
    sender: str = ""
    recipients: tuple[str, ...] = ()
    remote: str = ""
    problem: str = ""  # why it goes straight to quarantine


@dataclass(frozen=True, slots=True)
class Kept:
    """The stored row, and whether it had been there before."""

    received: int
    again: bool


def fingerprint(fields: Iterable[tuple[str, bytes]], body: bytes) -> str:
    """SHA-256 over what stays the same on every route: who, when, what about, and the body without its line ends."""
    named = dict(reversed(list(fields)))
    digest = sha256()
    for name in _TELLING:
        digest.update(b" ".join(named.get(name, b"").split()) + b"\0")
    digest.update(body.replace(b"\r\n", b"\n").strip())
    return digest.hexdigest()


def identity_of(raw: bytes) -> tuple[str, str]:
    """(provider id, fingerprint): the Message-ID, or the fingerprint where the mail has none."""
    fields, body = split_header(raw)
    print_of = fingerprint(fields, body)
    known = identifiers(Part(fields, b""), "message-id")
    return (known[0] if known else f"sha256:{print_of}"), print_of


def keep(arrivals: Sequence[Arrival], at: datetime) -> list[Kept]:
    """Store mails and owe their reading, all in one transaction. The same mail again is not stored again."""
    line = addresses.line()
    marked = [(arrival, *identity_of(arrival.raw)) for arrival in arrivals]
    with transaction.atomic():
        wanted = {identity for _, identity, _ in marked}
        wanted |= {_doubled(identity, print_of) for _, identity, print_of in marked}
        rows = Received.objects.filter(line=line, provider_id__in=wanted).values_list("provider_id", "pk", "envelope")
        known = {provider_id: (pk, str(envelope.get("fingerprint", ""))) for provider_id, pk, envelope in rows}
        kept = []
        for arrival, identity, print_of in marked:
            if identity in known and known[identity][1] != print_of:  # two mails with one Message-ID: neither is lost
                identity = _doubled(identity, print_of)
            again = identity in known
            if not again:
                known[identity] = (_store(arrival, line, identity, print_of, at), print_of)
            kept.append(Kept(known[identity][0], again))
        return kept


def _doubled(identity: str, print_of: str) -> str:
    return f"{identity[:270]}#sha256:{print_of[:16]}"


def _store(arrival: Arrival, line: str, identity: str, print_of: str, at: datetime) -> int:
    envelope = {
        "door": arrival.door,
        "sender": _plain(arrival.sender),
        "recipients": [_plain(recipient) for recipient in arrival.recipients[:200]],
        "remote": _plain(arrival.remote),
        "fingerprint": print_of,
    }
    row = Received(line=line, provider_id=identity, raw=arrival.raw, envelope=envelope, at=at)
    if arrival.problem:
        row.status, row.reason = Received.Status.QUARANTINED, arrival.problem
    insert(row)
    if not arrival.problem:
        jobs.enqueue(READ, str(row.pk), received=row.pk)
    return row.pk


def _plain(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", "", text.encode("utf-8", "replace").decode("utf-8"))[:320]


class Keeper:
    """The thread that commits. ``keep`` may be called from any thread; the future ends with Kept or NotKept."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[tuple[Arrival, Future[Kept]] | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._work, name="mail-keeper", daemon=True)
        self._durable: object = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Commit what waits, then end."""
        self._waiting.put(None)
        self._thread.join(20)

    @property
    def is_well(self) -> bool:
        return self._thread.is_alive()

    def keep(self, arrival: Arrival) -> Future[Kept]:
        future: Future[Kept] = Future()
        try:
            self._waiting.put_nowait((arrival, future))
        except queue.Full:
            future.set_exception(NotKept("too many mails at once"))
        return future

    def _work(self) -> None:
        ended = False
        while not ended:
            batch = [self._waiting.get()]
            while len(batch) < MOST_AT_ONCE and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            ended = None in batch
            self._commit([item for item in batch if item is not None])
        connection.close()

    def _commit(self, batch: list[tuple[Arrival, Future[Kept]]]) -> None:
        """All in one commit; when that fails, each alone, so that one mail cannot keep out another."""
        if not batch:
            return
        try:
            self._connect()
            kept = keep([arrival for arrival, _ in batch], timezone.now())
        except Exception as error:
            if len(batch) > 1:
                for item in batch:
                    self._commit([item])
                return
            log.exception("a mail could not be stored; its sender will try again")
            batch[0][1].set_exception(NotKept(f"{type(error).__name__}: {error}"))
            return
        for (_, future), done in zip(batch, kept, strict=True):
            future.set_result(done)

    def _connect(self) -> None:
        close_old_connections()
        connection.ensure_connection()
        if connection.vendor == "sqlite" and self._durable is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=FULL")
            self._durable = connection.connection
