"""Tells Django of the room ``workforce``."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "courtesy.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
