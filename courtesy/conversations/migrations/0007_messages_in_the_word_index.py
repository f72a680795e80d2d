from typing import Any

from django.db import migrations

from courtesy.foundation.search.index import MESSAGES, keeper
from courtesy.language.search_terms import terms

BATCH = 2000


def file_messages(apps: Any, editor: Any) -> None:
    """What was said before is found too, in the order it was said."""
    shelf, indexed = keeper(editor.connection.vendor), apps.get_model("foundation", "Indexed")
    messages = apps.get_model("conversations", "Message").objects.exclude(author="system").order_by("at", "pk")
    rows = messages.values_list("pk", "text", "language", "sequence", "conversation__subject", "conversation__language")
    for pk, text, language, sequence, subject, spoken in rows.iterator(chunk_size=BATCH):
        row, _ = indexed.objects.get_or_create(shelf=MESSAGES, key=pk)
        shelf.put(MESSAGES, row.pk, terms(f"{text}\n{subject}" if sequence == 1 else text, language or spoken))


def note_what_breaks(apps: Any, editor: Any) -> None:
    """The answer that is due, or the first promise that is open."""
    conversations = apps.get_model("conversations", "Conversation").objects
    for pk, due in conversations.filter(due_at__isnull=False).values_list("pk", "due_at"):
        conversations.filter(pk=pk).update(breaks_at=due)
    promises = apps.get_model("conversations", "Promise").objects.filter(status__in=("open", "late"))
    for pk, due in promises.order_by("due_at").values_list("conversation", "due_at"):
        row = conversations.filter(pk=pk)
        row.filter(breaks_at__isnull=True).update(breaks_at=due)
        row.filter(breaks_at__gt=due).update(breaks_at=due)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_inbox_columns"), ("foundation", "0002_word_index")]

    operations = [
        migrations.RunPython(file_messages, migrations.RunPython.noop),
        migrations.RunPython(note_what_breaks, migrations.RunPython.noop),
    ]
