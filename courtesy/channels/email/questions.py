"""Questions by mail: to a department or an outside address, each with a signed reply address of its own."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from courtesy.channels.email import addresses
from courtesy.channels.email.composing import compose_question
from courtesy.channels.models import Dispatch
from courtesy.channels.port import ChannelError
from courtesy.conversations.models import SideConversation, SideMessage
from courtesy.pack import editions

LOCALES = {"en": "en", "es": "es", "zh": "zh-hans"}
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_HASH = 16
_TOKEN = re.compile(rf"s\.([0-9a-z]{{20,40}})([{_ALPHABET}]{{{_HASH}}})(?=[@.>]|$)", re.IGNORECASE)


def token(side: SideConversation) -> str:
    body = side.pk.partition("_")[2]
    return f"s.{body}{_sign(body, settings.SECRET_KEY)}"


def _sign(body: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"side reply|{body}".encode(), sha256).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_HASH])


def side_in(texts: Iterable[str]) -> SideConversation | None:
    """The side conversation whose valid token stands in one of these addresses or ids."""
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    for text in texts:
        for found in _TOKEN.finditer(text):
            body, signed = found[1].lower(), found[2].lower()
            if any(hmac.compare_digest(_sign(body, key), signed) for key in keys):
                return SideConversation.objects.filter(pk=f"sid_{body}").first()
    return None


def own_ids(text: str) -> list[str]:
    """Message-IDs of our questions, with a valid token, that stand somewhere in a text."""
    found = re.findall(r"<s\.[0-9a-z]{36,56}\.\d{1,6}@[\w.-]{1,190}>", text, re.IGNORECASE)
    return [known for known in dict.fromkeys(each.lower() for each in found) if side_in([known]) is not None]


def reply_address(side: SideConversation) -> str:
    ours = addresses.our_address()
    local, _at, domain = ours.rpartition("@")
    signed = f"{local}+{token(side)}"
    fits = len(signed) <= addresses.LONGEST_LOCAL_PART and settings.COURTESY_MAIL_PLUS
    return f"{signed}@{domain}" if fits else ours


def message_id(message: SideMessage) -> str:
    domain = addresses.our_address().rpartition("@")[2]
    return f"<{token(message.side)}.{message.sequence}@{domain}>"


@transaction.atomic
def stored(message: SideMessage) -> Dispatch:
    """The mail of a question, made once and kept with its Message-ID."""
    known = Dispatch.objects.filter(key=f"side:{message.pk}").first()
    if known is not None:
        return known
    side = message.side
    if addresses.is_ours(side.address):
        raise ChannelError(f"{side.address} is our own address; a mail to it would come back", permanent=True)
    identity = message_id(message)
    subject, text = words(message)
    raw = compose_question(
        side.address,
        subject,
        text,
        message_id=identity,
        reply_to=reply_address(side),
        answers=_before(message),
        at=message.at,
    )
    return Dispatch.objects.create(
        key=f"side:{message.pk}", line=addresses.line(), to=side.address, provider_id=identity, raw=raw, at=message.at
    )


def _before(message: SideMessage) -> list[str]:
    """Ids of what was written before in this side conversation, oldest first."""
    earlier = message.side.messages.filter(sequence__lt=message.sequence).order_by("sequence")
    ids = [message_id(one) if one.ours else (one.provider_id or "") for one in earlier]
    return [one for one in ids if one.startswith("<")]


def words(message: SideMessage) -> tuple[str, str]:
    """Subject and text, in the company's first language. Of the customer only what the question says is told."""
    side, company = message.side, editions.in_force().company
    with translation.override(LOCALES.get(company.languages[0], "en")):
        fields = {"company": company.name, "number": side.case.number, "who": message.author}
        subject = _("A question from customer service [%(number)s]") % fields
        lines = [message.text.strip()]
        if message.sequence == 1:
            lines.insert(0, _("A customer asked something that you know better than we do:"))
        lines += [
            _(
                "Please answer this mail. Your answer goes to the colleague who looks after the customer, "
                "not to the customer."
            ),
            f"{message.author}\n{company.name}",
        ]
    return subject, "\n\n".join(lines)
