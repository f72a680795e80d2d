"""The chat API: open a conversation, say something, read what happened."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from ninja.errors import HttpError
from ninja.params.functions import Query

from courtesy.channels import intake
from courtesy.channels.chat import limits, showing
from courtesy.channels.chat.channel import KIND, LINE, WANTS_A_PERSON
from courtesy.channels.chat.entrance import find, give_key, secret_in, welcome
from courtesy.channels.chat.shapes import (
    Accepted,
    Happenings,
    Invalid,
    Opened,
    Opening,
    PersonWanted,
    Problem,
    Said,
    Seen,
    Welcome,
)
from courtesy.channels.chat.welcome import best_language, presence, words_for
from courtesy.channels.port import Attached, Incoming
from courtesy.conversations import events
from courtesy.conversations.messages import given, note_delivery
from courtesy.conversations.models import Conversation, Message
from courtesy.conversations.opening import open_conversation
from courtesy.customers.models import ContactPoint
from courtesy.foundation.identifiers import new_secret
from courtesy.pack.editions import in_force

router = Router(tags=["chat"])
REFUSALS = {404: Problem, 422: Invalid, 429: Problem}
BEARER: dict[str, Any] = {"security": [{"conversation": []}]}
LONGEST_CHOSEN = 2000


def admit(request: HttpRequest, conversation_id: str, limit: limits.Limit | None = None) -> Conversation:
    """The conversation that the request's secret opens; 404 when it opens none, 429 when it asks too often."""
    within(request, limits.CALLS, limits.address_of(request))
    secret = secret_in(request.headers.get("Authorization", ""), request.GET.get("secret", ""))
    conversation = find(conversation_id, secret)
    if conversation is None:
        raise HttpError(404, "There is no such conversation, or this secret does not open it.")
    if limit is not None:
        within(request, limit, conversation.pk)
    return conversation


class TooOften(HttpError):
    """A limit is used up; the answer says after how many seconds to come back."""

    def __init__(self, limit: limits.Limit) -> None:
        super().__init__(429, f"Too many requests. Try again in {limit.seconds} seconds.")
        self.seconds = limit.seconds


def within(request: HttpRequest, limit: limits.Limit, key: str) -> None:
    if not limits.is_own_machine(request) and not limits.is_within(limit, key):
        raise TooOften(limit)


@router.get("/config", response={200: Welcome, 422: Invalid, 429: Problem}, auth=None, operation_id="chat_config")
def config(request: HttpRequest, language: str = Query("", max_length=35)) -> dict[str, Any]:
    """The company, its languages, colours and words, and whether colleagues are there now."""
    within(request, limits.CALLS, limits.address_of(request))
    pack = in_force()
    chosen = best_language(pack.company, language, request.headers.get("Accept-Language", ""))
    return words_for(pack, chosen) | presence(pack.company, timezone.now())


@router.post("/conversations", response={201: Opened, 422: Invalid, 429: Problem}, operation_id="chat_open")
def open_chat(request: HttpRequest, opening: Opening) -> Status[dict[str, Any]]:
    """Open a conversation. Keep ``id`` and ``secret``: with them the visitor comes back after a reload."""
    within(request, limits.OPENINGS, limits.address_of(request))
    company = in_force().company
    language = best_language(company, opening.language, request.headers.get("Accept-Language", ""))
    with transaction.atomic():
        customer, visitor = welcome(opening.visitor, name=opening.name.strip(), language=language)
        conversation = open_conversation(
            channel=KIND, line=LINE, customer=customer, at=timezone.now(), subject="", language=language
        )
        secret = give_key(conversation)
    opened = {"id": conversation.pk, "secret": secret, "visitor": visitor, "language": language}
    return Status(201, opened | {"company": company.name, "representative": company.representative_name})


@router.post(
    "/conversations/{conversation_id}/messages",
    response={200: Accepted, 202: Accepted, 409: Problem, **REFUSALS},
    operation_id="chat_say",
    openapi_extra=BEARER,
)
def say(request: HttpRequest, conversation_id: str, said: Said) -> Status[dict[str, Any]]:
    """Say something. 202: it is stored and will be answered. 200: it was stored before under this client id."""
    conversation = admit(request, conversation_id, limits.MESSAGES)
    if said.chosen is not None and not was_offered(conversation, said.chosen):
        raise HttpError(409, "This choice was not offered in this conversation.")
    return take_in(conversation, said.client_id, said.text, chosen=said.chosen, language=said.language)


@router.post(
    "/conversations/{conversation_id}/person",
    response={200: Accepted, 202: Accepted, **REFUSALS},
    operation_id="chat_want_a_person",
    openapi_extra=BEARER,
)
def want_a_person(request: HttpRequest, conversation_id: str, wanted: PersonWanted) -> Status[dict[str, Any]]:
    """Ask for a human colleague: the same as saying so, in the language of the conversation."""
    conversation = admit(request, conversation_id, limits.MESSAGES)
    pack = in_force()
    language = best_language(pack.company, wanted.language, conversation.language)
    text = words_for(pack, language)["labels"]["talk to a person"]
    return take_in(conversation, wanted.client_id or new_secret(), text, chosen=WANTS_A_PERSON, language=language)


@router.get(
    "/conversations/{conversation_id}/events",
    response={200: Happenings, **REFUSALS},
    operation_id="chat_events",
    openapi_extra=BEARER,
    exclude_unset=True,
)
def read_events(
    request: HttpRequest,
    conversation_id: str,
    since: int = Query(0, ge=0, lt=2**63),
    limit: int = Query(200, ge=1, le=500),
    wait: int = Query(0, ge=0, le=25, description="Seconds to wait for something new before an empty answer."),
) -> dict[str, Any]:
    """What happened after event ``since``, oldest first; any number of times."""
    conversation = admit(request, conversation_id)
    found = showing.events_for_visitor(conversation.pk, since, limit)
    return {"events": found, "next": found[-1]["id"] if found else since}


@router.post(
    "/conversations/{conversation_id}/typing",
    response={204: None, **REFUSALS},
    operation_id="chat_typing",
    openapi_extra=BEARER,
)
def typing(request: HttpRequest, conversation_id: str) -> Status[None]:
    """The visitor is typing; shown at the desk for some seconds, never stored."""
    conversation = admit(request, conversation_id)
    events.typing(conversation.pk, "customer")
    return Status(204, None)


@router.post(
    "/conversations/{conversation_id}/read",
    response={204: None, **REFUSALS},
    operation_id="chat_seen",
    openapi_extra=BEARER,
)
def seen(request: HttpRequest, conversation_id: str, reached: Seen) -> Status[None]:
    """Say how far the visitor has received and read; a smaller number than before changes nothing."""
    conversation = admit(request, conversation_id)
    note_seen(conversation, reached.delivered, reached.read)
    return Status(204, None)


def take_in(
    conversation: Conversation,
    client_id: str,
    text: str,
    *,
    chosen: Any = None,
    files: tuple[Attached, ...] = (),
    language: str = "",
) -> Status[dict[str, Any]]:
    """Pass one message of the visitor to intake, once for each client id."""
    provider_id = showing.provider_id(conversation.pk, client_id)
    first = given(LINE, provider_id)
    message = first or intake.accept(
        Incoming(
            channel=KIND,
            line=LINE,
            provider_id=provider_id,
            sender_kind=ContactPoint.Kind.CHAT,
            sender="",  # the thread tells whose it is
            sender_name=conversation.customer.name,
            text=text,
            at=timezone.now(),
            thread=conversation.pk,
            language=language.split("-")[0].lower(),
            chosen=chosen,
            attachments=files,
        )
    )
    new_without_files = () if first is None and not files else None
    return Status(200 if first else 202, {"message": showing.message_for_visitor(message, new_without_files)})


def was_offered(conversation: Conversation, chosen: Any) -> bool:
    """Whether every chosen value stood among what we offered lately: nobody slips in a value of their own."""
    if len(json.dumps(chosen)) > LONGEST_CHOSEN:
        return False
    ours = conversation.messages.exclude(author=Message.Author.CUSTOMER).filter(internal=False).exclude(choices=[])
    lately = ours.order_by("-sequence").values_list("choices", flat=True)[:20]
    offered = [choice.get("value") for choices in lately for choice in choices]
    return chosen in offered or (isinstance(chosen, list) and bool(chosen) and all(one in offered for one in chosen))


def note_seen(conversation: Conversation, delivered: int, read: int) -> None:
    """Mark our messages up to these sequences as delivered and read."""
    ours = conversation.messages.exclude(author=Message.Author.CUSTOMER).filter(internal=False)
    at = timezone.now()
    for message in ours.filter(sequence__lte=read, delivery__in=("queued", "sent", "delivered")):
        note_delivery(message, Message.Delivery.READ, at)
    for message in ours.filter(sequence__lte=delivered, sequence__gt=read, delivery__in=("queued", "sent")):
        note_delivery(message, Message.Delivery.DELIVERED, at)
