"""Tells Django of the room ``customers``."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "courtesy.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"
