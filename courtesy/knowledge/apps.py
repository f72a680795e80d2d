"""Tells Django of the room ``knowledge``."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "courtesy.knowledge"
    label = "knowledge"
    default_auto_field = "django.db.models.BigAutoField"
