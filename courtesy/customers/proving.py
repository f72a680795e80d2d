"""Proving who is asking: one-time codes by e-mail.

A code has six digits, lives ten minutes and allows five tries; only a keyed hash of it is stored.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from django.conf import settings
from django.db.models import F

from courtesy.customers.models import Proof

MINUTES = 10
TRIES = 5
CODES_PER_HOUR = 5

Checked = Literal["right", "wrong", "expired"]


def _hash(code: str, conversation: str, address: str) -> str:
    text = f"{conversation}|{address}|{code}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).hexdigest()


def new_code(conversation: str, address: str, at: datetime) -> str | None:
    """Make a code for this address, replacing earlier ones; None when too many were asked for within an hour."""
    recent = Proof.objects.filter(conversation=conversation, sent_at__gt=at - timedelta(hours=1)).count()
    if recent >= CODES_PER_HOUR:
        return None
    code = f"{secrets.randbelow(1_000_000):06d}"
    Proof.objects.filter(conversation=conversation, used_at__isnull=True).update(expires_at=at)
    Proof.objects.create(
        conversation=conversation,
        address=address,
        code_hash=_hash(code, conversation, address),
        sent_at=at,
        expires_at=at + timedelta(minutes=MINUTES),
    )
    return code


def awaits(conversation: str, at: datetime) -> bool:
    """Whether a code is on its way that can still be used."""
    row = Proof.objects.filter(conversation=conversation, used_at__isnull=True).order_by("-sent_at", "-pk").first()
    return row is not None and row.expires_at > at and row.attempts < TRIES


def check_code(conversation: str, code: str, at: datetime) -> tuple[Checked, str]:
    """Compare a code; returns the outcome and, when right, the address it was sent to. Each code works once."""
    row = Proof.objects.filter(conversation=conversation, used_at__isnull=True).order_by("-sent_at", "-pk").first()
    if row is None or row.expires_at <= at or row.attempts >= TRIES:
        return "expired", ""
    Proof.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
    if not hmac.compare_digest(row.code_hash, _hash(code.strip(), conversation, row.address)):
        return "wrong", ""
    used = Proof.objects.filter(pk=row.pk, used_at__isnull=True).update(used_at=at)
    return ("right", row.address) if used else ("expired", "")
