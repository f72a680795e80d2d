"""Tells Django of the room ``conversations``."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "courtesy.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
