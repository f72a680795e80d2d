"""Tells Django of the room ``commerce``."""

from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "courtesy.commerce"
    label = "commerce"
    default_auto_field = "django.db.models.BigAutoField"
