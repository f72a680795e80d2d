"""What a visitor may see of a conversation: stored events without what is only for the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courtesy.conversations import events
from courtesy.conversations.models import Document, Message

_MESSAGE = (
    "id", "sequence", "author", "name", "text", "language", "choices", "sources", "documents", "at",
    "delivery", "client_id",
)  # fmt: skip
_SOURCE = ("title", "url", "date")


def provider_id(conversation_id: str, client_id: str) -> str:
    """A client's own id, made unique over all conversations."""
    return f"{conversation_id}:{client_id}"


def events_for_visitor(conversation_id: str, since: int, limit: int = 200) -> list[dict[str, Any]]:
    """Stored events after ``since``, oldest first, as the API shows them."""
    stored = events.events_since(conversation_id, since, limit=limit)
    told = [event["message"]["id"] for event in stored if event["kind"] == "message"]
    files = _files_of(told)
    return [_event(conversation_id, event, files) for event in stored]


def message_for_visitor(message: Message, documents: Iterable[Document] | None = None) -> dict[str, Any]:
    """A message as the API shows it. ``documents``: its files where the caller has them at hand."""
    return _message(message.conversation_id, events.shown(message, documents))


def _event(conversation_id: str, event: dict[str, Any], files: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    if event["kind"] != "message":
        return event
    message = event["message"] | {"documents": files.get(event["message"]["id"], [])}
    return {**event, "message": _message(conversation_id, message)}


def _message(conversation_id: str, shown: dict[str, Any]) -> dict[str, Any]:
    message = {name: shown.get(name) for name in _MESSAGE}
    mine = shown["author"] == Message.Author.CUSTOMER
    message["client_id"] = (shown.get("client_id") or "").removeprefix(f"{conversation_id}:") or None
    message["choices"] = [] if mine else shown["choices"]  # what the visitor chose is in the text already
    message["sources"] = [{key: source.get(key, "") for key in _SOURCE} for source in shown["sources"]]
    return message


def _files_of(messages: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Documents by message, read now: files may be added to a message after its event was stored."""
    found: dict[str, list[dict[str, Any]]] = {}
    wanted = list(messages)
    if not wanted:
        return found
    for document in Document.objects.filter(message__in=wanted, message__internal=False).order_by("at", "pk"):
        found.setdefault(str(document.message_id), []).append(
            {"id": document.pk, "name": document.name, "media_type": document.media_type, "size": document.size}
        )
    return found
