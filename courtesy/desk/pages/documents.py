"""Files and original mails: handed out so that nothing in them can act on the desk."""

from __future__ import annotations

import nh3
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from courtesy.conversations import journal
from courtesy.conversations.documents import read_document
from courtesy.desk.pages.access import DeskRequest, colleague_page
from courtesy.desk.visible import documents_visible_to, messages_visible_to

SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp"}
SEALED = (
    "default-src 'none'; img-src data: cid:; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_PAGE = (
    '<!doctype html><meta charset="utf-8"><style>body{font:15px/1.5 system-ui,sans-serif;color:#1c2024;background:#fff;'
    "margin:16px;overflow-wrap:anywhere}img{max-width:100%%}</style>%s"
)


@colleague_page
def download(request: DeskRequest, document_id: str) -> HttpResponse:
    """A file of a conversation the colleague may see; every look is written to the journal."""
    document = get_object_or_404(documents_visible_to(request.user), pk=document_id)
    try:
        content = read_document(document)
    except (OSError, ValueError) as error:
        raise Http404(_("The file is not as it was filed.")) from error
    journal.write(
        "document read",
        actor=request.user.pk,
        at=timezone.now(),
        conversation=document.conversation_id,
        content={"document": document.pk, "name": document.name},
    )
    inline = document.media_type in SHOWN_INLINE and request.GET.get("inline") == "yes"
    response = HttpResponse(content, content_type=document.media_type if inline else "application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(not inline, document.name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@colleague_page
def original(request: DeskRequest, conversation_id: str, message_id: str) -> HttpResponse:
    """The mail as it was laid out, cleaned once more, for a sandboxed frame."""
    messages = messages_visible_to(request.user).filter(conversation=conversation_id)
    message = get_object_or_404(messages, pk=message_id)
    if not message.html:
        raise Http404(_("This message has no other form."))
    return sealed(nh3.clean(message.html))


def sealed(html: str) -> HttpResponse:
    """A page that can do nothing but be looked at, in a frame of our own. ``html`` was cleaned before."""
    response = HttpResponse(_PAGE % html)
    response.headers["Content-Security-Policy"] = SEALED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
