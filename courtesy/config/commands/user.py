"""``courtesy user``: colleagues who may sign in at the desk: add, list, reset a password, leave."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from rich.console import Console
from rich.table import Table

from courtesy.config.starting import require_database
from courtesy.config.trouble import Trouble
from courtesy.workforce import colleagues
from courtesy.workforce.models import Colleague, Team

LANGUAGES = ("en", "es", "zh")


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("user", help="colleagues who may sign in at the desk")
    acts = command.add_subparsers(metavar="ACT", required=True)
    adding = acts.add_parser("add", help="add a colleague; prints a one-time password")
    adding.add_argument("email")
    adding.add_argument("name")
    adding.add_argument("--grade", choices=Colleague.Grade.values, default=Colleague.Grade.REPRESENTATIVE)
    adding.add_argument("--team", action="append", default=[], metavar="TEAM", help="may be given several times")
    adding.add_argument("--language", choices=LANGUAGES, default="en", help="of the colleague's own screen")
    adding.set_defaults(run=run_add)
    listing = acts.add_parser("list", help="everyone, with grade and teams")
    listing.set_defaults(run=run_list)
    for name, also, what, run in (
        ("reset-password", ["password"], "replace a forgotten password by a one-time password", run_password),
        ("leave", [], "the colleague can no longer sign in; what they did stays in the record", run_leave),
    ):
        one = acts.add_parser(name, aliases=also, help=what)
        one.add_argument("email")
        one.set_defaults(run=run)


def run_add(arguments: argparse.Namespace) -> int:
    require_database()
    try:
        validate_email(arguments.email)
    except ValidationError as error:
        raise Trouble(f"{arguments.email!r} is not an e-mail address") from error
    known = {team.name.casefold(): team.name for team in Team.objects.all()}
    unknown = [name for name in arguments.team if name.casefold() not in known]
    if unknown:
        raise Trouble(f"there is no team {unknown[0]!r}. Teams of the pack: {', '.join(sorted(known.values()))}")
    teams = [known[name.casefold()] for name in arguments.team]
    try:
        colleague, password = colleagues.add_colleague(
            arguments.email, arguments.name, grade=arguments.grade, teams=teams, language=arguments.language
        )
    except colleagues.AlreadyKnown as error:
        raise Trouble(f"{arguments.email} is a colleague already") from error
    print(f"{colleague.name} ({colleague.email}, {colleague.grade}) may sign in.")
    print(f"One-time password: {password}")
    print("It must be changed at the first sign-in and is shown only now.")
    return 0


def run_list(_arguments: argparse.Namespace) -> int:
    require_database()
    table = Table("e-mail", "name", "grade", "teams", "may sign in")
    for one in Colleague.objects.prefetch_related("teams").order_by("name"):
        teams = ", ".join(team.name for team in one.teams.all())
        table.add_row(one.email, one.name, one.grade, teams, "yes" if one.is_active else "no")
    Console(width=None).print(table)
    return 0


def run_password(arguments: argparse.Namespace) -> int:
    colleague = _find(arguments.email)
    print(f"One-time password for {colleague.email}: {colleagues.renew_password(colleague)}")
    return 0


def run_leave(arguments: argparse.Namespace) -> int:
    colleague = _find(arguments.email)
    colleagues.leave(colleague)
    print(f"{colleague.name} can no longer sign in.")
    return 0


def _find(email: str) -> Colleague:
    require_database()
    found = Colleague.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise Trouble(f"there is no colleague {email!r}. 'courtesy user list' shows everyone")
    return found
