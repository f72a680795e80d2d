from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "courtesy.config"
    label = "config"
