"""``courtesy journal verify``: is every line of the journal there and unchanged?"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from courtesy.config.starting import require_database
from courtesy.conversations import journal
from courtesy.conversations.models import JournalEntry


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("journal", help="check the record of everything that happened")
    acts = command.add_subparsers(metavar="ACT", required=True)
    verify = acts.add_parser("verify", help="find a changed or missing line")
    verify.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    require_database()
    breach = journal.verify()
    if breach is None:
        print(f"The journal is whole: {JournalEntry.objects.count()} lines, each follows from the one before.")
        return 0
    print(f"The journal is broken at line {breach.sequence}: {breach.problem}", file=sys.stderr)
    return 1
