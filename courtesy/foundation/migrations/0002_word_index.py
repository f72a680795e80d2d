from typing import Any

from django.db import migrations, models

from courtesy.foundation.search.index import SHELVES, make_shelves


def make(apps: Any, editor: Any) -> None:
    make_shelves(editor.connection.vendor, editor.execute)


def drop(apps: Any, editor: Any) -> None:
    for shelf in SHELVES:
        editor.execute(f"DROP TABLE found_{shelf}")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Indexed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shelf", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shelf", "key"), name="indexed_once")],
            },
        ),
        migrations.RunPython(make, drop),
    ]
