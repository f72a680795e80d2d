"""Teams, as the company's pack names them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from courtesy.workforce.models import Colleague, Team


@transaction.atomic
def sync_teams(names: Iterable[str]) -> list[Team]:
    """Make a team for every name of the pack. Teams that the pack dropped stay: conversations may still be theirs."""
    return [Team.objects.get_or_create(name=name)[0] for name in names]


def join(colleague: Colleague, team: str) -> Team:
    """Put a colleague into a team; twice is once."""
    named, _ = Team.objects.get_or_create(name=team)
    named.members.add(colleague)
    return named
