"""Links that answer an approval: one colleague, one approval, once, for a day. A link shows; only pressing decides."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from django.core import signing
from django.db import transaction

from courtesy.policy.models import Approval, DecisionLink
from courtesy.workforce.models import Colleague

SALT = "decision link"
LASTS = timedelta(hours=24)
State = Literal["open", "used", "revoked", "expired", "forged"]


@transaction.atomic
def make(approval: Approval, colleague: Colleague, at: datetime) -> str | None:
    """The token of a new link, signed. None when this colleague was sent one for this step already."""
    link, made = DecisionLink.objects.get_or_create(
        approval=approval,
        colleague=colleague,
        asked_of=approval.asked_of,
        defaults={"token": secrets.token_hex(32), "made_at": at, "expires_at": at + LASTS},
    )
    if not made and link.sent_at is not None:
        return None
    secret = secrets.token_urlsafe(24)
    link.token, link.made_at, link.expires_at = _hashed(secret), at, at + LASTS
    link.save(update_fields=["token", "made_at", "expires_at"])
    return signing.dumps({"link": link.pk, "secret": secret}, salt=SALT)


def note_sent(approval: Approval, colleague: Colleague, at: datetime) -> None:
    DecisionLink.objects.filter(approval=approval, colleague=colleague, asked_of=approval.asked_of).update(sent_at=at)


def read(token: str, at: datetime, *, hold: bool = False) -> tuple[State, DecisionLink | None]:
    """How a link stands. The link itself comes only with a token that is truly ours; ``hold`` keeps others out until
    the transaction ends."""
    try:
        given = signing.loads(token, salt=SALT)
        number, secret = int(given["link"]), str(given["secret"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return "forged", None
    rows = DecisionLink.objects.select_for_update(of=("self",)) if hold else DecisionLink.objects.all()
    link = rows.select_related("approval__conversation", "colleague").filter(pk=number).first()
    if link is None or not secrets.compare_digest(link.token, _hashed(secret)):
        return "forged", None
    if link.used_at is not None:
        return "used", link
    if link.revoked_at is not None or not link.colleague.is_active:
        return "revoked", link
    return ("expired", link) if at >= link.expires_at else ("open", link)


def take(link: DecisionLink, at: datetime) -> None:
    """It was used; whoever presses again is told so."""
    link.used_at = at
    link.save(update_fields=["used_at"])


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
