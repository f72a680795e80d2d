"""Tells Django of the room ``training``."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "courtesy.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
