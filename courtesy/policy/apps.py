"""Tells Django of the room ``policy``."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "courtesy.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"
