"""``courtesy serve``: web, background work and mail in one process."""

from __future__ import annotations

import argparse
from typing import Any

from courtesy.config import serving


def add(subparsers: Any) -> None:
    command = subparsers.add_parser("serve", help="start web, background work and mail in one process")
    command.add_argument("--no-mail", action="store_true", help="do not listen for mail nor read mailboxes")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    return serving.serve(mail=not arguments.no_mail)
