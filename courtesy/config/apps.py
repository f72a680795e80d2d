"""Ties the rooms together once Django is set up: the pack in force, and every kind of job by name."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import import_string

from courtesy.knowledge import meaning
from courtesy.language.encoder import Encoder
from courtesy.language.encoders.choosing import chosen
from courtesy.pack import editions

JOB_MODULES = (
    "courtesy.channels.turns",
    "courtesy.channels.delivery",
    "courtesy.channels.codes",
    "courtesy.channels.email.arriving.filing",
    "courtesy.training.testing",
)
"""Imported for the kinds of job that they register, so that every process can do every job."""


def encoder_for(language: str) -> Encoder | None:
    """By the setting as it is now; loaded when it is first asked for."""
    return chosen(settings.COURTESY_ENCODER)(language)


class ConfigConfig(AppConfig):
    name = "courtesy.config"
    label = "config"

    def ready(self) -> None:
        """A channel or a module that cannot be imported stops the start, with its name."""
        editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)
        meaning.use(encoder_for, lambda: Path(settings.COURTESY_DATA) / "models")
        for module in JOB_MODULES:
            import_module(module)
        for channel in settings.COURTESY_CHANNELS.values():
            import_string(channel)
