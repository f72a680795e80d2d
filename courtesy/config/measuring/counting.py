"""Numbers as they are given on the command line."""

from __future__ import annotations

import argparse


def at_least_one(written: str) -> int:
    """A whole number from 1 up."""
    if not (written.isascii() and written.isdigit() and int(written) >= 1):
        raise argparse.ArgumentTypeError(f"{written!r} is not a whole number from 1 up")
    return int(written)


def several(written: str) -> list[int]:
    """Whole numbers with commas: 1,10,50."""
    return [at_least_one(part.strip()) for part in written.split(",")]
