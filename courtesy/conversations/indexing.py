"""What was said is put into the word index, in the transaction that stores it."""

from __future__ import annotations

from collections.abc import Sequence

from courtesy.conversations.models import Document, Message
from courtesy.foundation.search import index
from courtesy.language.search_terms import terms


def file_message(message: Message, documents: Sequence[Document] = ()) -> None:
    """Let a new message be found by its words, those of its files' names, and the first one by the subject too."""
    if message.author == Message.Author.SYSTEM:
        return
    conversation = message.conversation
    written = [message.text, *(document.name for document in documents)]
    if message.sequence == 1:
        written.append(conversation.subject)
    language = message.language or conversation.language
    index.put(index.MESSAGES, message.pk, terms("\n".join(written), language), new=True)
