"""Web addresses in articles, and what was found when they were asked last."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("knowledge", "0003_conflicts")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=1000, unique=True)),
                ("checked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, default="", max_length=100)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("dead", models.BooleanField(default=False)),
            ],
        ),
    ]
