"""Tells Django of the room ``interpreter``."""

from django.apps import AppConfig


class InterpreterConfig(AppConfig):
    name = "courtesy.interpreter"
    label = "interpreter"
    default_auto_field = "django.db.models.BigAutoField"
