"""Tells Django of the room ``foundation``."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "courtesy.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
