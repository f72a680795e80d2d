"""Files in the chat API: what a visitor sends, and what was filed with the conversation."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.params.functions import File, Form

from courtesy.channels.chat import limits
from courtesy.channels.chat.api import BEARER, REFUSALS, admit, take_in
from courtesy.channels.chat.shapes import CLIENT_ID, LONGEST_TEXT, Accepted, Problem
from courtesy.channels.port import Attached
from courtesy.channels.uploads import accept_file
from courtesy.conversations.documents import read_document
from courtesy.conversations.models import Document

router = Router(tags=["chat"])
MOST_FILES = 5


@router.post(
    "/conversations/{conversation_id}/attachments",
    response={200: Accepted, 202: Accepted, 409: Problem, 413: Problem, 415: Problem, **REFUSALS},
    operation_id="chat_send_files",
    openapi_extra=BEARER,
)
def send_files(
    request: HttpRequest,
    conversation_id: str,
    file: list[UploadedFile] = File(..., description="Up to five files."),  # noqa: B008
    client_id: str = Form(..., pattern=CLIENT_ID),
    text: str = Form("", max_length=LONGEST_TEXT),
) -> Status[dict[str, Any]]:
    """Send files as one message, with or without words. The type is told by the content, not by the name."""
    conversation = admit(request, conversation_id, limits.UPLOADS)
    return take_in(conversation, client_id, text.strip(), files=_checked(file))


def _checked(files: list[UploadedFile]) -> tuple[Attached, ...]:
    if len(files) > MOST_FILES:
        raise HttpError(413, f"Send at most {MOST_FILES} files at once.")
    checked = []
    for file in files:
        if (file.size or 0) > settings.COURTESY_MAX_UPLOAD:
            raise HttpError(413, f"A file may have at most {settings.COURTESY_MAX_UPLOAD // 1024 // 1024} MB.")
        if not file.size:
            raise HttpError(415, "This file is empty.")
        attached = accept_file(file.name or "file", file.read())
        if attached is None:
            raise HttpError(415, "Pictures, PDF, text and office documents without macros can be sent.")
        checked.append(attached)
    return tuple(checked)


@router.get(
    "/conversations/{conversation_id}/documents/{document_id}",
    response={404: Problem, 410: Problem, 422: REFUSALS[422], 429: Problem},
    operation_id="chat_document",
    openapi_extra=BEARER,
)
def document(request: HttpRequest, conversation_id: str, document_id: str) -> HttpResponse:
    """One file of this conversation, always as a download. What only colleagues may see is not found."""
    conversation = admit(request, conversation_id)
    said = Q(message__internal=False, message__conversation=conversation)
    filed = Document.objects.filter(said, conversation=conversation, pk=document_id).first()
    if filed is None:
        raise HttpError(404, "There is no such file in this conversation.")
    try:
        content = read_document(filed)
    except (OSError, ValueError):
        raise HttpError(410, "This file is no longer here.") from None
    response = HttpResponse(content, content_type=filed.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filed.name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
