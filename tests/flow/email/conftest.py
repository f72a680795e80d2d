"""Mail that really travels: a listener with its keeper, an outgoing server that takes what we send, mails to send."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from imap_server import free_port

OURS = "service@tarnfell.example"


@dataclass
class Outside:
    """The customers' mail server: takes what we send. ``answers`` are said to the next mails instead of "250"."""

    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        self.raw.append(envelope.content)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def outside(settings: Any) -> Iterator[Outside]:
    """A real SMTP server that COURTESY_MAIL_OUT points to."""
    server = Outside(port=free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.COURTESY_MAIL_OUT = f"smtp://127.0.0.1:{server.port}"
    yield server
    controller.stop()


@dataclass
class Door:
    """Our listener, and how a mail comes in by it."""

    smtp: int
    lmtp: int

    def send(self, mail: EmailMessage | bytes, *, sender: str = "ana@example.com", to: str | list[str] = OURS) -> str:
        """Hand a mail in; returns the server's last words. Raises as smtplib does."""
        raw = mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP)
        with smtplib.SMTP("127.0.0.1", self.smtp, local_hostname="there.example", timeout=20) as client:
            client.ehlo()
            for code, says in [
                client.mail(sender),
                *[client.rcpt(one) for one in ([to] if isinstance(to, str) else to)],
            ]:
                if code >= 300:
                    raise smtplib.SMTPResponseException(code, says)
            code, says = client.data(raw)
            if code >= 300:
                raise smtplib.SMTPResponseException(code, says)
            return says.decode()


@pytest.fixture
def door(transactional_db: None, company: Any) -> Iterator[Door]:
    """An open listener; what it stores is read when the test runs the jobs that are due."""
    from courtesy.channels.email.arriving.keeping import Keeper
    from courtesy.channels.email.arriving.listening import Listener

    ports = Door(free_port(), free_port())
    keeper = Keeper()
    listener = Listener(keeper, "127.0.0.1", smtp=ports.smtp, lmtp=ports.lmtp)
    keeper.start()
    listener.start()
    yield ports
    listener.stop()
    keeper.stop()


@pytest.fixture
def mail() -> Callable[..., EmailMessage]:
    """Write a mail: ``mail("Where is my parcel?", subject="Parcel", answers=earlier)``."""

    def write(
        text: str = "Hello", *, subject: str = "Hello", answers: EmailMessage | None = None, **headers: str
    ) -> EmailMessage:
        written = EmailMessage()
        headers = {"From": "Ana Ruiz <ana@example.com>", "To": OURS, "Subject": subject, **headers}
        if answers is not None:
            headers.setdefault("To", str(answers["Reply-To"] or answers["From"]))
            headers["To"] = str(answers["Reply-To"] or answers["From"])
            headers["In-Reply-To"] = str(answers["Message-ID"])
            headers["References"] = f"{answers.get('References', '')} {answers['Message-ID']}".strip()
        for name, value in headers.items():
            written[name.replace("_", "-")] = value
        if "Message_ID" not in headers:
            written["Message-ID"] = make_msgid(domain="example.com")
        written["Date"] = "Fri, 20 Nov 2026 09:59:00 +0100"
        written.set_content(text)
        return written

    return write


@pytest.fixture
def run() -> Callable[[], int]:
    """Do everything that is owed, replies included."""
    from courtesy.foundation import jobs

    return jobs.run_due
