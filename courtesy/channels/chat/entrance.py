"""Who may enter: a conversation opens to whoever holds its secret, a visitor is known by a token of the browser."""

from __future__ import annotations

import hashlib
import hmac

from courtesy.channels.chat.channel import KIND
from courtesy.conversations.models import Conversation
from courtesy.customers.identifying import identify
from courtesy.customers.models import ContactPoint, Customer
from courtesy.foundation.identifiers import new_secret


def find(conversation_id: str, secret: str) -> Conversation | None:
    """The chat conversation that this secret opens. None tells nobody whether it exists."""
    conversation = (
        Conversation.objects.select_related("customer", "holder").filter(pk=conversation_id, channel=KIND).first()
    )
    kept = conversation.secret if conversation is not None else "-"
    fits = hmac.compare_digest(kept.encode(), secret.encode())
    return conversation if fits else None


def secret_in(authorization: str, query: str) -> str:
    """The secret of a request: ``Authorization: Bearer …``, or ``?secret=`` where no header can be set."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else query


def address_of(visitor: str) -> str:
    """What is kept of a visitor's token: its digest, so that reading the customer file opens nothing."""
    return hashlib.sha256(visitor.encode()).hexdigest()


def welcome(visitor: str, *, name: str = "", language: str = "") -> tuple[Customer, str]:
    """The customer at this browser and the token to come back with. Only tokens that we gave out are recognised."""
    known = ContactPoint.objects.filter(kind=ContactPoint.Kind.CHAT, value=address_of(visitor)).exists()
    token = visitor if visitor and known else new_secret()
    return identify(ContactPoint.Kind.CHAT, address_of(token), name=name, language=language), token


def sender_of(conversation: Conversation) -> str:
    """The chat address of the conversation's customer."""
    points = ContactPoint.objects.filter(customer=conversation.customer_id, kind=ContactPoint.Kind.CHAT)
    return points.values_list("value", flat=True).order_by("pk").first() or ""
