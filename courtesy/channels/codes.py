"""One-time codes on their way to a customer's mailbox. The code is encrypted while it waits and never logged."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings

from courtesy.channels.delivery import channel_of
from courtesy.channels.port import CarriesCodes
from courtesy.foundation import jobs
from courtesy.foundation.identifiers import new_id


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"codes|" + settings.SECRET_KEY.encode()).digest()))


def send_code_later(address: str, code: str, language: str) -> None:
    """Owe the mail with a code; part of the caller's transaction."""
    sealed = _cipher().encrypt(code.encode()).decode()
    jobs.enqueue("send code", new_id("code"), address=address, sealed=sealed, language=language)


@jobs.job("send code", attempts=4, lease_seconds=60, at_once=True)
def send_code(address: str, sealed: str, language: str) -> None:
    mail = channel_of("email")
    if not isinstance(mail, CarriesCodes):
        raise jobs.PermanentError("the channel for e-mail brings no codes; see COURTESY_CHANNELS")
    mail.send_code(address, _cipher().decrypt(sealed.encode()).decode(), language)
