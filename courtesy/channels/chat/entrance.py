"""Who may enter: a conversation opens to whoever holds its secret, a visitor is known by a token of the browser.

Of both only the SHA-256 is kept: reading the database opens nothing."""

from __future__ import annotations

import hashlib
import hmac

from courtesy.channels.chat.channel import KIND
from courtesy.conversations import finding
from courtesy.conversations.models import Conversation
from courtesy.customers.identifying import addresses_of, identify, known_by
from courtesy.customers.models import ContactPoint, Customer
from courtesy.foundation.identifiers import new_secret
from courtesy.foundation.prepared import Change, Question

_secret_of = Question[tuple[str]](
    lambda id, channel: Conversation.objects.filter(pk=id, channel=channel).values_list("secret"), id="", channel=""
)
_keep_secret = Change(lambda id, secret: (Conversation.objects.filter(pk=id), {"secret": secret}), id="", secret="")


def find(conversation_id: str, secret: str) -> Conversation | None:
    """The chat conversation that this secret opens. None tells nobody whether it exists."""
    conversation = finding.find(conversation_id)
    kept = conversation.secret if conversation is not None and conversation.channel == KIND else "-"
    return conversation if _fits(secret, kept) else None


def may_read(conversation_id: str, secret: str) -> bool:
    """Whether this secret opens this chat conversation; cheaper than finding it, however much it remembers."""
    kept = _secret_of.first(id=conversation_id, channel=KIND)
    return _fits(secret, kept[0] if kept is not None else "-")


def _fits(secret: str, kept: str) -> bool:
    return hmac.compare_digest(kept.encode(), digest_of(secret).encode())


def give_key(conversation: Conversation) -> str:
    """Make the secret that opens a new conversation. It is told once; what is kept is its digest."""
    secret = new_secret()
    conversation.secret = digest_of(secret)
    _keep_secret.make(id=conversation.pk, secret=conversation.secret)
    return secret


def secret_in(authorization: str, query: str) -> str:
    """The secret of a request: ``Authorization: Bearer …``, or ``?secret=`` where no header can be set."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else query


def digest_of(token: str) -> str:
    """What is kept of a token: 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def welcome(visitor: str, *, name: str = "", language: str = "") -> tuple[Customer, str]:
    """The customer at this browser and the token to come back with. Only tokens that we gave out are recognised."""
    known = known_by(ContactPoint.Kind.CHAT, digest_of(visitor)) if visitor else None
    token = visitor if known is not None else new_secret()
    return identify(ContactPoint.Kind.CHAT, digest_of(token), name=name, language=language), token


def sender_of(conversation: Conversation) -> str:
    """The chat address of the conversation's customer."""
    return next(iter(addresses_of(conversation.customer, ContactPoint.Kind.CHAT)), "")
