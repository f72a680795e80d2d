"""Passages that contradict each other, as met while customers were answered."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("knowledge", "0002_days_of_a_gap")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="KnowledgeConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=64)),
                ("older", models.CharField(max_length=300)),
                ("newer", models.CharField(max_length=300)),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_by", models.CharField(blank=True, default="", max_length=40)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("language", "key"), name="knowledge_conflict_once")
                ],
            },
        ),
    ]
