from typing import Any

from django.db import migrations

from courtesy.foundation.search.index import PEOPLE, keeper
from courtesy.language.search_terms import terms


def file_people(apps: Any, editor: Any) -> None:
    """Those who were known before are found too."""
    shelf, indexed = keeper(editor.connection.vendor), apps.get_model("foundation", "Indexed")
    for customer in apps.get_model("customers", "Customer").objects.order_by("created_at").iterator(chunk_size=2000):
        points = customer.contact_points.exclude(kind="chat").values_list("value", flat=True)
        written = "\n".join([customer.name, *points]).strip()
        if written:
            row, _ = indexed.objects.get_or_create(shelf=PEOPLE, key=customer.pk)
            shelf.put(PEOPLE, row.pk, terms(written))


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial"), ("foundation", "0002_word_index")]

    operations = [migrations.RunPython(file_people, migrations.RunPython.noop)]
