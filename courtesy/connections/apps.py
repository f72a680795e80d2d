"""Tells Django of the room ``connections``."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "courtesy.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"
