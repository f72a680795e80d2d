"""Colleagues come, get a password, and leave."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from courtesy.workforce.models import Colleague
from courtesy.workforce.teams import join

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are mistaken for one another when read aloud


class AlreadyKnown(Exception):
    """A colleague with this e-mail address exists."""


def one_time_password() -> str:
    """Four groups of four: easy to read out, 79 bits, meant to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def add_colleague(
    email: str,
    name: str,
    *,
    grade: str = Colleague.Grade.REPRESENTATIVE,
    teams: Iterable[str] = (),
    language: str = "en",
    password: str | None = None,
) -> tuple[Colleague, str]:
    """Add a colleague and return them with their password. Without one given, a one-time password is made that must
    be changed at the first sign-in. Raises AlreadyKnown, and ValueError for an unknown grade."""
    if grade not in Colleague.Grade.values:
        raise ValueError(f"grade must be one of {', '.join(Colleague.Grade.values)}, not {grade!r}")
    if Colleague.objects.filter(email=email.strip().lower()).exists():
        raise AlreadyKnown(email)
    first = password or one_time_password()
    colleague = Colleague.objects.create_colleague(
        email.strip(), name.strip(), first, grade=grade, language=language, must_change_password=password is None
    )
    for team in teams:
        join(colleague, team)
    return colleague, first


def set_password(colleague: Colleague, password: str) -> None:
    """Set a password the colleague chose. Raises django's ValidationError when it is too weak."""
    validate_password(password, colleague)
    colleague.set_password(password)
    colleague.must_change_password = False
    colleague.save(update_fields=["password", "must_change_password"])


def renew_password(colleague: Colleague) -> str:
    """Replace a forgotten password by a one-time password and return it."""
    password = one_time_password()
    colleague.set_password(password)
    colleague.must_change_password = True
    colleague.save(update_fields=["password", "must_change_password"])
    return password


def set_time_zone(colleague: Colleague, time_zone: str) -> None:
    """The time zone in which the desk shows and asks for times; "" for the company's."""
    colleague.time_zone = time_zone
    colleague.save(update_fields=["time_zone"])


def set_language(colleague: Colleague, language: str) -> None:
    """The language of the colleague's own screen."""
    colleague.language = language
    colleague.save(update_fields=["language"])


def leave(colleague: Colleague) -> None:
    """The colleague can no longer sign in; what they did stays in the record."""
    colleague.is_active = False
    colleague.set_unusable_password()
    colleague.save(update_fields=["is_active", "password"])
