"""The mailbox reader: every mail of an IMAP folder is stored once, from where the last look ended, whatever breaks.

The place reached (UIDVALIDITY and UID) is written after the mail is stored, so a crash in between reads the mail again
and the store knows it. Once a day the last days are compared with the store, for what a server gave out late.
"""

from __future__ import annotations

import imaplib
import logging
import threading
from concurrent.futures import CancelledError
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from courtesy.channels.email import addresses
from courtesy.channels.email.arriving import mailboxes
from courtesy.channels.email.arriving.keeping import Arrival, Keeper, NotKept, identity_of
from courtesy.channels.email.arriving.mailboxes import Address, MailboxError
from courtesy.channels.models import MailboxPosition, Received

log = logging.getLogger(__name__)

WAITS = (1, 2, 5, 15, 30, 60, 120, 300)  # seconds before the next try after trouble; the last one repeats
LOOK_AGAIN = 240.0  # seconds of IDLE, after which we look all the same; some servers forget to announce
COMPARE_EVERY = timedelta(days=1)
STUBBORN = 3  # tries at one mail that the server does not hand out
UNWELL_AFTER = timedelta(minutes=5)
_TROUBLE = (
    ImapToolsError,
    imaplib.IMAP4.error,
    OSError,
    EOFError,
    MailboxError,
    NotKept,
    DatabaseError,
    CancelledError,
)


class Reader:
    """Reads one mailbox in a thread of its own until it is stopped."""

    def __init__(self, address: Address, keeper: Keeper) -> None:
        self.address, self.keeper = address, keeper
        self.trouble = "it was not read yet"
        self.looked_at = timezone.now()
        self._refused: dict[int, int] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"mailbox {address.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(15)

    @property
    def is_well(self) -> bool:
        fresh = timezone.now() - self.looked_at < UNWELL_AFTER + timedelta(seconds=LOOK_AGAIN)
        return self._thread.is_alive() and fresh

    def _work(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                box = mailboxes.sign_in(self.address)
                try:
                    failures = self._watch(box)
                finally:
                    _leave(box)
            except _TROUBLE as error:
                failures += 1
                self._note_trouble(error, failures)
            except Exception as error:
                failures += 1
                self._note_trouble(error, failures)
                log.exception("the mailbox reader met something new and goes on", extra={"mailbox": self.address.name})
            self._stopping.wait(WAITS[min(failures, len(WAITS)) - 1] if failures else 0)
        connection.close()

    def _note_trouble(self, error: Exception, failures: int) -> None:
        self.trouble = f"{type(error).__name__}: {error}"[:300].replace(self.address.password or "\0", "…")
        wait = WAITS[min(failures, len(WAITS)) - 1]
        told = {"mailbox": self.address.name, "trouble": self.trouble, "seconds": wait}
        log.warning("the mailbox cannot be read; another try follows", extra=told)

    def _watch(self, box: BaseMailBox) -> int:
        """Look, wait for news, look again; ends at a stop. Trouble comes out as an exception."""
        while not self._stopping.is_set():
            self.look(box)
            if mailboxes.can_announce(box):
                self._listen(box)
            else:
                self._stopping.wait(settings.COURTESY_MAIL_POLL)
        return 0

    def _listen(self, box: BaseMailBox) -> None:
        with mailboxes.announcements(box):
            for _ in range(int(LOOK_AGAIN / 2)):
                if self._stopping.is_set() or box.idle.poll(timeout=2):
                    return

    def look(self, box: BaseMailBox) -> int:
        """Store what is new in the folder. Returns how many mails were stored that had not been there."""
        close_old_connections()
        at = timezone.now()
        position = self._position(box, at)
        stored = sum(self._take(box, position, uid) for uid in mailboxes.new_uids(box, position.uid))
        if position.reconciled_at and at - position.reconciled_at > COMPARE_EVERY:
            stored += self._compare(box, position, at)
        MailboxPosition.objects.filter(pk=position.pk).update(read_at=at)
        self.trouble, self.looked_at = "", timezone.now()
        return stored

    def _position(self, box: BaseMailBox, at: datetime) -> MailboxPosition:
        """Where we stand. At the first look only unread mail is taken; old mail that people have read stays theirs."""
        validity = mailboxes.validity_of(box, self.address.folder)
        known = MailboxPosition.objects.filter(mailbox=self.address.name).first()
        if known is not None and known.validity == validity:
            return known
        uids = set(mailboxes.unseen_uids(box))
        end = mailboxes.next_uid(box, self.address.folder) - 1
        if known is None:
            known = MailboxPosition(mailbox=self.address.name, reconciled_at=at)
        else:  # the server numbered its mails anew: what came since the last look may be read or unread by now
            log.warning("the mail server numbered its mails anew", extra={"mailbox": self.address.name})
            uids |= set(mailboxes.uids_since(box, known.read_at - timedelta(days=1)))
        known.validity, known.uid, known.read_at = validity, 0, at
        for uid in sorted(uid for uid in uids if uid <= end):
            self._store(box, uid)
        known.uid = end
        known.save()
        return known

    def _take(self, box: BaseMailBox, position: MailboxPosition, uid: int) -> int:
        stored = self._store(box, uid)
        position.uid = uid
        position.save(update_fields=["uid"])
        return stored

    def _store(self, box: BaseMailBox, uid: int) -> int:
        """Store one mail, then put it away. Returns 1 when it is new to us."""
        try:
            arrival = self._fetched(box, uid)
        except MailboxError as error:
            self._refused[uid] = self._refused.get(uid, 0) + 1
            if self._refused[uid] < STUBBORN:
                raise
            problem = f"the mailbox did not hand it out: {error}"
            named = f"X-Mailbox: {self.address.name}\r\nX-UID: {uid}\r\n\r\n".encode()
            arrival = Arrival(named, "imap", problem=problem)
        if arrival is None:  # deleted between our search and now
            return 0
        kept = self.keeper.keep(arrival).result(timeout=120)
        mailboxes.put_away(box, uid, self.address.move)
        self._refused.pop(uid, None)
        return 0 if kept.again else 1

    def _fetched(self, box: BaseMailBox, uid: int) -> Arrival | None:
        size = mailboxes.size_of(box, uid)
        if size > settings.COURTESY_MAX_MAIL:
            found = mailboxes.fetch(box, uid, "BODY.PEEK[HEADER]")
            problem = f"it is too large to be taken in ({size // 1_048_576} MB); it lies in the mailbox"
            return Arrival(found[1], "imap", remote=self.address.name, problem=problem) if found else None
        found = mailboxes.fetch(box, uid, "BODY.PEEK[]")
        return Arrival(found[1], "imap", remote=self.address.name) if found else None

    def _compare(self, box: BaseMailBox, position: MailboxPosition, at: datetime) -> int:
        """Take what arrived since the last comparison and is in no book of ours."""
        since = position.reconciled_at or at
        stored = 0
        for uid in mailboxes.uids_since(box, since - timedelta(days=1)):
            found = mailboxes.fetch(box, uid, "BODY.PEEK[HEADER]")
            if found is None or uid > position.uid or self._is_known(found[1]):
                continue
            arrived = mailboxes.arrived_at(found[0])
            if arrived is None or arrived >= since - timedelta(minutes=1):
                stored += self._store(box, uid)
        if stored:
            log.warning("mails were found that the mailbox gave out late", extra={"mails": stored})
        position.reconciled_at = at
        position.save(update_fields=["reconciled_at"])
        return stored

    def _is_known(self, header: bytes) -> bool:
        identity, _ = identity_of(header)
        return Received.objects.filter(line=addresses.line(), provider_id=identity).exists()


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (ImapToolsError, imaplib.IMAP4.error, OSError, EOFError):
        return
