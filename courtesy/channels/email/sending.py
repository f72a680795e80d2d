"""Sending: one composed mail leaves by the outgoing server, or as a file into the outbox where none is set.

The Message-ID is chosen and stored before the first try. A mail that may have left before a crash is tried again with
the same bytes, so that the receiving side can tell. A server that is away is tried again for two days.
"""

from __future__ import annotations

import contextlib
import logging
import re
import smtplib
import socket
import ssl
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from courtesy.channels.email import addresses
from courtesy.channels.email.composing import compose_code, compose_note
from courtesy.channels.models import Dispatch
from courtesy.channels.port import ChannelError
from courtesy.conversations.messages import note_delivery
from courtesy.conversations.models import Message
from courtesy.foundation import jobs
from courtesy.foundation.identifiers import new_id

log = logging.getLogger(__name__)

TIMEOUT = 30.0  # seconds for each answer of the server
PATIENCE = timedelta(days=2)
WAITS = (30, 60, 120, 300, 600, 1200, 1800, 3600)  # seconds; the last one repeats
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def transmit(raw: bytes, *, sender: str, to: str) -> None:
    """Hand a mail to the outgoing server. Raises ChannelError: permanent when the server said no for good."""
    if not settings.COURTESY_MAIL_OUT:
        _keep_as_file(raw, to)
        return
    try:
        with _connect(settings.COURTESY_MAIL_OUT) as server:
            _hand_in(server, raw, sender, to)
    except ChannelError:
        raise
    except smtplib.SMTPRecipientsRefused as error:
        code, says = next(iter(error.recipients.values()), (550, b"refused"))
        raise _refusal(code, says) from error
    except smtplib.SMTPAuthenticationError as error:  # ours to mend: the mail itself is not at fault
        raise ChannelError(
            f"the mail server refused our sign-in: {_said(error.smtp_error)}", permanent=False
        ) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError, ssl.SSLError, UnicodeError) as error:
        raise ChannelError(
            f"the mail server cannot be reached: {type(error).__name__}: {error}", permanent=False
        ) from error


def _hand_in(server: smtplib.SMTP, raw: bytes, sender: str, to: str) -> None:
    """Names in other scripts need a server that takes them (RFC 6531); a domain can always be written in ASCII."""
    local, _, domain = to.rpartition("@")
    with contextlib.suppress(UnicodeError):
        to = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    if to.isascii():
        server.sendmail(sender, [to], raw)
        return
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("smtputf8"):
        raise ChannelError(f"the outgoing mail server takes no address like {to}", permanent=True)
    server.sendmail(sender, [to], raw, mail_options=["SMTPUTF8", "BODY=8BITMIME"])


def _refusal(code: int, says: bytes | str) -> ChannelError:
    return ChannelError(f"{code} {_said(says)}"[:500], permanent=500 <= code < 600)


def _said(says: bytes | str) -> str:
    return says.decode("utf-8", "replace") if isinstance(says, bytes) else says


def _connect(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host = parts.hostname or "localhost"
    local = host in _LOCAL
    context = ssl.create_default_context()
    if local:  # a relay on this machine commonly has a certificate of its own making
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    name = addresses.our_address().rpartition("@")[2] or socket.gethostname()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, local_hostname=name, timeout=TIMEOUT, context=context)
        secure = True
    elif parts.scheme == "smtp":
        server = smtplib.SMTP(host, parts.port or 25, local_hostname=name, timeout=TIMEOUT)
        server.ehlo()
        secure = server.has_extn("starttls")
        if secure:
            server.starttls(context=context)
            server.ehlo()
    else:
        raise ChannelError(f"COURTESY_MAIL_OUT begins with smtp:// or smtps://, not {parts.scheme}://", permanent=False)
    if parts.username:
        if not (secure or local):
            server.close()
            raise ChannelError("the mail server offers no encryption; the password was not sent", permanent=False)
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _keep_as_file(raw: bytes, to: str) -> None:
    """One file for each Message-ID, written beside and renamed: a second try replaces the same file."""
    folder = Path(settings.COURTESY_DATA) / "outbox"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = re.search(rb"^Message-ID:\s*<([^>\s]+)>", raw, re.IGNORECASE | re.MULTILINE)
    identity = found[1].decode("ascii", "replace") if found else new_id("mail")
    name = re.sub(r"[^\w.@+-]+", "_", f"{identity.rpartition('@')[0][-60:]} {to}")[:160]
    part = folder / f".{name}.part"
    part.write_bytes(raw)
    part.replace(folder / f"{name}.eml")
    log.info(
        "no outgoing mail server is set (COURTESY_MAIL_OUT): the mail lies in the outbox", extra={"file": f"{name}.eml"}
    )


def send(dispatch: Dispatch, at: datetime) -> None:
    """Try to send a stored mail now; later again where the failure may pass. Raises ChannelError only when final."""
    if dispatch.status != Dispatch.Status.QUEUED:
        return
    claimed = Dispatch.objects.filter(pk=dispatch.pk, status=Dispatch.Status.QUEUED, attempts=dispatch.attempts).update(
        attempts=F("attempts") + 1
    )
    if not claimed:  # another worker has it in hand
        return
    dispatch.attempts += 1
    try:
        transmit(bytes(dispatch.raw), sender=addresses.our_address(), to=dispatch.to)
    except ChannelError as error:
        final = error.permanent or at - dispatch.at > PATIENCE
        Dispatch.objects.filter(pk=dispatch.pk).update(
            error=str(error)[:2000], status=Dispatch.Status.FAILED if final else Dispatch.Status.QUEUED
        )
        if final:
            raise ChannelError(str(error), permanent=True) from error
        _try_later(dispatch, at)
        return
    Dispatch.objects.filter(pk=dispatch.pk).update(status=Dispatch.Status.SENT, sent_at=at, error="")
    if dispatch.message is not None:
        note_delivery(dispatch.message, Message.Delivery.SENT, at)


def _try_later(dispatch: Dispatch, at: datetime) -> None:
    wait = WAITS[min(dispatch.attempts - 1, len(WAITS) - 1)]
    log.warning(
        "mail will be tried again", extra={"dispatch": dispatch.pk, "attempts": dispatch.attempts, "seconds": wait}
    )
    jobs.enqueue(
        "send mail", f"{dispatch.pk}:{dispatch.attempts}", due_at=at + timedelta(seconds=wait), dispatch=dispatch.pk
    )


@jobs.job("send mail", attempts=8, lease_seconds=180)
def send_again(dispatch: int) -> None:
    """A later try of one mail. When it fails for good, the message says so and the desk sees it."""
    row = Dispatch.objects.select_related("message__conversation").get(pk=dispatch)
    at = timezone.now()
    try:
        send(row, at)
    except ChannelError as error:
        if row.message is not None:
            note_delivery(row.message, Message.Delivery.FAILED, at)
        raise jobs.PermanentError(str(error)) from error


def send_code(address: str, code: str, language: str, *, minutes: int = 10, at: datetime | None = None) -> None:
    """Send a one-time code at once. It enters no conversation and no book keeps it. Raises ChannelError."""
    at = at or timezone.now()
    identity = f"<{new_id('code')}@{addresses.our_address().rpartition('@')[2]}>"
    raw = compose_code(address, code, language, minutes=minutes, message_id=identity, at=at)
    transmit(raw, sender=addresses.our_address(), to=address)


def send_note(address: str, subject: str, text: str, language: str, *, at: datetime | None = None) -> None:
    """Send a colleague a note of ours at once. It enters no conversation and no book keeps it. Raises ChannelError."""
    identity = f"<{new_id('note')}@{addresses.our_address().rpartition('@')[2]}>"
    raw = compose_note(address, subject, text, language, message_id=identity, at=at or timezone.now())
    transmit(raw, sender=addresses.our_address(), to=address)
