"""``courtesy connect``: tries out the connections of a pack to the company's own systems; nothing is changed by it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from courtesy.config.commands.pack_folder import folder_of
from courtesy.config.trouble import Trouble
from courtesy.connections.calls import SYSTEMS, as_sent
from courtesy.connections.port import SystemAway
from courtesy.foundation.money import Money
from courtesy.pack.answers import UnfitAnswer, parse, read_answer
from courtesy.pack.connections import Argument, Connection, Operation
from courtesy.pack.mistakes import PackError
from courtesy.pack.model import Pack
from courtesy.pack.reading import read


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("connect", help="the company's own systems: try out the pack's connections")
    acts = command.add_subparsers(metavar="ACT", required=True)
    checking = acts.add_parser(
        "check", help="reach each system, try look-ups with values you give; an act is never carried out"
    )
    checking.add_argument("pack", nargs="?", help="folder or name; the company's own when not given")
    checking.add_argument("--only", metavar="NAME", help="only this connection, or this look-up")
    checking.add_argument(
        "--with", dest="given", action="append", default=[], metavar="NAME=VALUE", help="a value for look-ups"
    )
    checking.set_defaults(run=run_check)


def run_check(arguments: argparse.Namespace) -> int:
    try:
        pack = read(folder_of(arguments.pack))
    except PackError as error:
        raise Trouble(f"the pack has mistakes; 'courtesy pack check' names them. The first: {error}") from error
    given = dict(_pairs(arguments.given))
    if not pack.connections.by_name:
        print("The pack declares no connections.")
        return 0
    wrong = 0
    for connection in pack.connections.by_name.values():
        mine = [one for one in connection.operations if arguments.only in (None, connection.name, one.name)]
        if mine:
            wrong += not _reach(connection, mine)
            wrong += sum(not _try_out(pack, connection, one, given) for one in mine)
    return 1 if wrong else 0


def _pairs(written: Iterable[str]) -> Iterable[tuple[str, str]]:
    for pair in written:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Trouble(f"'{pair}' is not NAME=VALUE, for example --with 'phone number=555-123-2002'")
        yield name.strip(), value.strip()


def _reach(connection: Connection, operations: list[Operation]) -> bool:
    """Whether the system is there; over MCP also whether it has the tools that the pack names."""
    try:
        seen = SYSTEMS[connection.over].look_around(connection)
    except SystemAway as away:
        print(f"{connection.name}: NOT REACHED: {away}")
        return False
    missing = [one.tool for one in operations if one.tool and one.tool not in seen]
    if missing:
        print(f"{connection.name}: reached, but it has no tool {', '.join(missing)}")
        return False
    print(f"{connection.name}: reached" + ("" if connection.over == "mcp" else f", {', '.join(seen)}"))
    return True


def _try_out(pack: Pack, connection: Connection, one: Operation, given: dict[str, str]) -> bool:
    if one.changes:
        print(f"  {one.name}: an act, not tried")
        return True
    missing = [argument.name for argument in one.arguments if argument.needed and argument.name not in given]
    if missing:
        print(f"  {one.name}: not tried, give " + " ".join(f"--with '{name}=…'" for name in missing))
        return True
    currency = pack.company.currency
    values = {a.to: as_sent(_typed(a, given[a.name], currency)) for a in one.arguments if a.name in given}
    try:
        told = SYSTEMS[connection.over].ask(connection, one, values, "", timezone.now())
        if not told.found:
            print(f"  {one.name}: answers that there is no such thing")
            return True
        if told.refused:
            print(f"  {one.name}: refuses: {one.refusals[told.refused]}")
            return True
        answer = read_answer(one, parse(told.content), currency, timezone.localdate())
    except (SystemAway, UnfitAnswer) as error:
        print(f"  {one.name}: FAILED: {error}")
        return False
    lists = [f"{source}: {len(entries)}" for source, entries in answer.lists.items()]
    print(f"  {one.name}: fits: " + ", ".join([*(f"{name}: {value}" for name, value in answer.fields.items()), *lists]))
    return True


def _typed(argument: Argument, written: str, currency: str) -> Any:
    try:
        match argument.kind:
            case "number":
                return Decimal(written)
            case "money":
                return Money(Decimal(written.split()[0]), currency)
            case "date":
                return date.fromisoformat(written)
            case "yes or no":
                return written.casefold() in ("yes", "true")
    except (InvalidOperation, ValueError, IndexError) as error:
        raise Trouble(f"'{written}' is not a {argument.kind}, which '{argument.name}' must be") from error
    return written
