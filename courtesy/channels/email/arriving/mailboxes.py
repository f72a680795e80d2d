"""Mailboxes: the addresses in COURTESY_MAIL_IN, and the IMAP words that reading them takes."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import UnexpectedCommandStatusError

TIMEOUT = 60.0
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailboxError(Exception):
    """The mailbox cannot be read just now."""


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: ``imaps://user:password@host/folder?move=folder``; ``imap://`` uses STARTTLS where offered."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    secure: bool
    move: str = ""  # folder that mails go to once they are stored; "": they stay, marked as read

    @property
    def name(self) -> str:
        """How the mailbox is named in the books and logs: without the password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"[:300]


def read_address(url: str) -> Address:
    """Raises ValueError that says what is wrong with the setting, without showing the password."""
    parts = urlsplit(url)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise ValueError("COURTESY_MAIL_IN is written imaps://user:password@host/INBOX (or imap://…)")
    secure = parts.scheme == "imaps"
    return Address(
        host=parts.hostname,
        port=parts.port or (993 if secure else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        secure=secure,
        move=parse_qs(parts.query).get("move", [""])[0],
    )


def sign_in(address: Address) -> BaseMailBox:
    """An open mailbox with its folder chosen. Raises the library's errors, OSError, or MailboxError."""
    context = ssl.create_default_context()
    if address.host in _LOCAL:  # a server on this machine commonly has a certificate of its own making
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    box: BaseMailBox
    if address.secure:
        box = MailBox(address.host, address.port, TIMEOUT, ssl_context=context)
    else:
        box = MailBoxUnencrypted(address.host, address.port, TIMEOUT)
        if "STARTTLS" in box.client.capabilities:
            box.client.shutdown()
            box = MailBoxStartTls(address.host, address.port, TIMEOUT, ssl_context=context)
        elif address.host not in _LOCAL:
            box.client.shutdown()
            raise MailboxError(f"{address.host} offers no encryption; the password was not sent")
    enter = box.login if address.password.isascii() else box.login_utf8
    enter(address.user, address.password, initial_folder=None)
    return box


def validity_of(box: BaseMailBox, folder: str) -> int:
    """Choose the folder and return its UIDVALIDITY."""
    box.folder.set(folder)
    said = box.client.response("UIDVALIDITY")[1]
    if not said or said[0] is None:
        raise MailboxError("the mail server names no UIDVALIDITY")
    return int(said[0])


def new_uids(box: BaseMailBox, after: int) -> list[int]:
    """UIDs above ``after``, in order. ("n:*" gives the last mail even when its UID is below n.)"""
    return [uid for uid in _search(box, f"UID {after + 1}:*") if uid > after]


def unseen_uids(box: BaseMailBox) -> list[int]:
    return _search(box, "UNSEEN")


def uids_since(box: BaseMailBox, since: datetime) -> list[int]:
    """UIDs of the mails that arrived on this day or later; days are the server's."""
    return _search(box, f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}")


def _search(box: BaseMailBox, criteria: str) -> list[int]:
    return sorted(int(uid) for uid in box.uids(criteria))


def next_uid(box: BaseMailBox, folder: str) -> int:
    return int(box.folder.status(folder, ["UIDNEXT"])["UIDNEXT"])


def fetch(box: BaseMailBox, uid: int, what: str) -> tuple[bytes, bytes] | None:
    """(what the server says of the mail, the bytes asked for); None when it is gone. Nothing is marked as read."""
    status, answer = box.client.uid("FETCH", str(uid), f"(UID RFC822.SIZE INTERNALDATE {what})")
    if status != "OK":
        raise MailboxError(f"the mail server did not hand out mail {uid}: {answer!r}"[:300])
    for item in answer:
        if isinstance(item, tuple) and len(item) >= 2:
            return bytes(item[0]), bytes(item[1])
    return None


def size_of(box: BaseMailBox, uid: int) -> int:
    """Size in bytes; 0 when the mail is gone."""
    status, answer = box.client.uid("FETCH", str(uid), "(UID RFC822.SIZE)")
    if status != "OK":
        raise MailboxError(f"the mail server does not tell the size of mail {uid}")
    found = _SIZE.search(b" ".join(item for item in answer if isinstance(item, bytes)))
    return int(found[1]) if found else 0


def arrived_at(said: bytes) -> datetime | None:
    """When the server took the mail in (INTERNALDATE)."""
    found = _DATE.search(said)
    if found is None:
        return None
    try:
        return parsedate_to_datetime(found[1].decode("ascii", "replace").strip().replace("-", " ", 2))
    except (ValueError, TypeError):
        return None


def put_away(box: BaseMailBox, uid: int, folder: str) -> None:
    """Mark a stored mail as read and, where a folder is named, move it there. It is stored: a "no" is no trouble."""
    try:
        box.flag([str(uid)], ["\\Seen"], True)
        if folder:
            if not box.folder.exists(folder):
                box.folder.create(folder)
            box.move([str(uid)], folder)
    except UnexpectedCommandStatusError:
        return


@contextmanager
def announcements(box: BaseMailBox) -> Iterator[None]:
    """While inside, the server announces new mail (IMAP IDLE)."""
    box.idle.start()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        box.idle.stop()  # type: ignore[no-untyped-call]


def can_announce(box: BaseMailBox) -> bool:
    return "IDLE" in box.client.capabilities
