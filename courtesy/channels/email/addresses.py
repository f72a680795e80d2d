"""Our mail addresses, and the signed token that ties a reply to its conversation.

A reply address is ``service+c.<token>@example.com``, a Message-ID of ours ``<c.<token>.<message>@example.com>``. The
token is the conversation's id and a keyed hash of it, in letters that survive a mailer which lowers or raises case.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings

from courtesy.conversations.models import Conversation, Message
from courtesy.pack import editions

LONGEST_LOCAL_PART = 64  # RFC 5321
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_HASH = 16
_TOKEN = re.compile(rf"c\.([0-9a-z]{{20,40}})([{_ALPHABET}]{{{_HASH}}})(?=[@.>]|$)", re.IGNORECASE)


def our_address() -> str:
    """The address that customers write to, in lower case."""
    return editions.in_force().company.mail_address.strip().lower()


def our_addresses() -> frozenset[str]:
    company = editions.in_force().company
    named = (company.mail_address, company.contact.get("e-mail", ""))
    return frozenset(address.strip().lower() for address in named if "@" in address)


def line() -> str:
    """The line of all our mail: one book, so the same mail by two routes is one."""
    return f"mail:{our_address()}"


def without_plus(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def is_ours(address: str) -> bool:
    """Whether mail to this address is for us: our addresses, with anything after a plus, and their postmaster."""
    bare = without_plus(address)
    ours = our_addresses()
    return bare in ours or bare in {f"postmaster@{own.rpartition('@')[2]}" for own in ours}


def token(conversation_id: str) -> str:
    body = conversation_id.partition("_")[2]
    return f"c.{body}{_sign(body, settings.SECRET_KEY)}"


def _sign(body: str, key: str) -> str:
    digest = hmac.new(key.encode(), f"mail reply|{body}".encode(), sha256).digest()
    return "".join(_ALPHABET[byte & 31] for byte in digest[:_HASH])


def conversation_in(texts: Iterable[str]) -> str:
    """The conversation whose valid token stands in one of these addresses or ids; "" when none does."""
    keys = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    for text in texts:
        for found in _TOKEN.finditer(text):
            body, signed = found[1].lower(), found[2].lower()
            if any(hmac.compare_digest(_sign(body, key), signed) for key in keys):
                return f"cnv_{body}"
    return ""


def own_ids(text: str) -> list[str]:
    """Message-IDs of ours, with a valid token, that stand somewhere in a text, such as a mail server's report."""
    found = re.findall(r"<c\.[0-9a-z]{36,56}\.[0-9a-z]{10,40}@[\w.-]{1,190}>", text, re.IGNORECASE)
    return [known for known in dict.fromkeys(each.lower() for each in found) if conversation_in([known])]


def reply_address(conversation: Conversation) -> str:
    """Where answers to our mail go: our address with the token, where that fits and plus-addresses are delivered."""
    ours = our_address()
    local, _, domain = ours.rpartition("@")
    signed = f"{local}+{token(conversation.pk)}"
    fits = len(signed) <= LONGEST_LOCAL_PART and settings.COURTESY_MAIL_PLUS
    return f"{signed}@{domain}" if fits else ours


def message_id(message: Message) -> str:
    """The Message-ID of a message of ours: always the same for the same message."""
    own = message.pk.partition("_")[2]
    domain = our_address().rpartition("@")[2]
    return f"<{token(message.conversation_id)}.{own}@{domain}>"
