"""The command line ``courtesy``: finds the command, runs it, and ends with an honest exit code.

0: done. 1: done, and the answer is no (a check failed, a journal is broken). 2: could not be done. 130: interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import django

from courtesy.config import logs
from courtesy.config.environment import read
from courtesy.config.trouble import Trouble

COMMANDS = (
    "serve",
    "talk",
    "pack",
    "learn",
    "connect",
    "records",
    "incident",
    "shop",
    "journal",
    "user",
    "measure",
    "check",
)
"""Modules of ``courtesy.config.commands``; each has ``add(subparsers)``, which sets ``run``."""


def parser(only: str = "") -> argparse.ArgumentParser:
    """The whole command line, or one command of it, which starts faster; Django must be set up."""
    whole = argparse.ArgumentParser(prog="courtesy", description="A customer service representative.")
    subparsers = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in [only] if only in COMMANDS else COMMANDS:
        if not (Path(__file__).parent / "commands" / f"{name}.py").is_file():
            continue
        import_module(f"courtesy.config.commands.{name}").add(subparsers)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courtesy.config.settings")
    given = list(sys.argv[1:] if arguments is None else arguments)
    serving = given[:1] == ["serve"]
    try:
        logs.configure(read("COURTESY_LOG_LEVEL") if serving else "WARNING", read("COURTESY_LOG_FORMAT"))
        django.setup()
        chosen = parser(given[0] if given else "").parse_args(given)
        return int(chosen.run(chosen))
    except Trouble as trouble:
        print(f"courtesy: {trouble}", file=sys.stderr)
        return 2
    except SystemExit as ended:
        if not isinstance(ended.code, str):  # argparse has spoken
            raise
        print(f"courtesy: {ended.code}", file=sys.stderr)  # a setting that cannot be used
        return 2
    except KeyboardInterrupt:
        print("", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, e.g. "| head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
