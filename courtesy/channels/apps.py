"""Tells Django of the room ``channels``."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "courtesy.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"
