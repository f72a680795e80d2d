"""Documents: files that came in or went out, kept byte for byte under their SHA-256."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from courtesy.conversations import journal
from courtesy.conversations.models import Conversation, Document, Message
from courtesy.foundation.identifiers import new_id
from courtesy.foundation.prepared import insert


def _path(sha256: str) -> Path:
    return Path(settings.COURTESY_DATA) / "documents" / sha256[:2] / sha256


def _keep(content: bytes, sha256: str) -> None:
    path = _path(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(new_id("part"))
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@transaction.atomic
def file_document(
    conversation: Conversation,
    *,
    name: str,
    media_type: str,
    content: bytes,
    ours: bool,
    at: datetime,
    message: Message | None = None,
) -> Document:
    """File a document with a conversation: the bytes first, then the row and the journal."""
    sha256 = hashlib.sha256(content).hexdigest()
    _keep(content, sha256)
    document = Document(
        conversation=conversation,
        message=message,
        name=name[:255] or "file",
        media_type=media_type[:120],
        size=len(content),
        sha256=sha256,
        ours=ours,
        at=at,
    )
    insert(document)
    journal.write(
        "document filed",
        actor="representative" if ours else "customer",
        at=at,
        conversation=conversation.pk,
        content={"document": document.pk, "name": document.name, "sha256": sha256, "size": len(content)},
    )
    return document


def read_document(document: Document) -> bytes:
    """The bytes as they were filed. Raises OSError when the file is gone, ValueError when it was changed."""
    content = _path(document.sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise ValueError(f"document {document.pk} no longer has the content it was filed with")
    return content
